import { describe, expect, test } from 'vitest';
import type { FaultRecord } from '../../src/faults/fault.js';
import type { JournalRecord } from '../../src/terminal/journal/record.js';
import { ticketPieces } from '../../src/world/pictures.js';
import { prepareDevice, simulate } from '../../src/world/simulated.js';

const device = await prepareDevice('epson-tm-m30');
/** Nobody answers the terminal: it has only what it is told without asking. */
const DEAF: FaultRecord[] = [
  { fault: 'platform.answer-lost' },
  { fault: 'platform.answer-lost', method: 'alipay.trade.query', times: 100 },
];

function shop(...faults: FaultRecord[]) {
  const simulation = simulate(device, { notify: true, pacing: false });
  const { world, clock } = simulation;
  world.start();
  clock.runUntil(() => world.terminal.free && world.printer.status().life === 'online');
  for (const fault of faults) world.faults.put(fault);
  const sell = (behaviour: 'pays' | 'confirms' = 'pays') =>
    world.terminal.sell(1_280, { code: world.people.codeOf({ behaviour, afterMs: 7_000 }) });
  const facts = (saleId: string) => world.terminal.page(saleId).facts;
  const kinds = (saleId: string) =>
    world.terminal.page(saleId).records.map((record) => (record.kind === 'payment' ? says(record) : record.kind));
  const taken = () =>
    world.platform?.notices.map(({ attempt, taken }) => `${attempt} ${taken ? 'taken' : 'not taken'}`);
  return { ...simulation, sell, facts, kinds, taken };
}

const says = ({ fact, by }: Extract<JournalRecord, { kind: 'payment' }>) => `${fact} by ${by}`;

describe('a notice that a sale is paid', () => {
  test('settles the sale while it is being settled, and the ticket is printed once', () => {
    const { sell, clock, facts, kinds, taken, world } = shop(...DEAF);
    const saleId = sell();
    clock.advance(1_500);
    expect(facts(saleId)).toMatchObject({ payment: 'paid', ticket: 'printed' });
    clock.advance(1_000_000);
    expect(kinds(saleId)).toEqual([
      'sale-opened',
      'authorize-intent',
      'notified',
      'paid by notify',
      'print-intent',
      'print-result',
      'platform-answer', // The SDK gives up waiting for the answer that was lost: noted, and nothing comes of it.
    ]);
    expect(ticketPieces(world, saleId)).toHaveLength(1);
    expect(taken()).toEqual(['1 taken']);
  });

  test('is recorded only when the sale is settled already, and it repeats', () => {
    const { sell, clock, kinds, world } = shop({ fault: 'platform.notify-twice' });
    const saleId = sell();
    clock.advance(60_000);
    expect(kinds(saleId)).toEqual([
      'sale-opened',
      'authorize-intent',
      'paid by authorize',
      'print-intent',
      'print-result',
      'notified',
      'notified',
    ]);
    expect(ticketPieces(world, saleId)).toHaveLength(1);
    const ids = world.terminal.page(saleId).records.flatMap((one) => (one.kind === 'notified' ? [one.noticeId] : []));
    expect(new Set(ids).size).toBe(1);
  });

  test('is recorded only while the sale is being cancelled: the money goes back', () => {
    const { sell, clock, facts, kinds, world } = shop(...DEAF, { fault: 'platform.cancel-lost', what: 'request' });
    const saleId = sell('confirms');
    clock.advance(500);
    world.terminal.cancel(); // The request is still on its way, as far as the terminal knows.
    clock.advance(9_000);
    expect(facts(saleId)).toMatchObject({ payment: 'unknown', cancelling: 'cashier' });
    expect(kinds(saleId)).toContain('notified');
    clock.advance(100_000);
    expect(facts(saleId)).toMatchObject({ payment: 'reversed', ticket: 'none', prints: [] });
  });

  test('is recorded only when the cancel is done and its answer is lost: the money has gone back', () => {
    const { sell, clock, facts, kinds, world } = shop(
      { fault: 'platform.pays-late' },
      { fault: 'platform.cancel-lost', times: 1 },
    );
    const saleId = sell();
    clock.advance(1);
    clock.runUntil(() => kinds(saleId).includes('notified'));
    expect(world.terminal.state).toBe('reversing.calling');
    clock.advance(100_000);
    expect(facts(saleId)).toMatchObject({ payment: 'reversed', ticket: 'none', prints: [] });
    expect(world.platform?.ledger.trade(saleId)).toMatchObject({ paidFen: 1_280, refundedFen: 1_280 });
  });

  test('is recorded only once the guard task has the sale, after a power cut too', () => {
    const { sell, clock, facts, kinds, world } = shop(
      ...DEAF,
      { fault: 'platform.cancel-lost', what: 'request', times: 4 },
      { fault: 'platform.notify-late', delayMs: 100_000 },
    );
    const saleId = sell('confirms');
    clock.advance(1);
    clock.runUntil(() => facts(saleId).unresolved);
    expect(kinds(saleId)).not.toContain('notified');
    world.powerCut();
    clock.advance(40_000);
    expect(kinds(saleId)).toContain('notified');
    expect(facts(saleId)).toMatchObject({ payment: 'unknown', unresolved: true });
    clock.advance(1_000_000);
    expect(facts(saleId)).toMatchObject({ payment: 'reversed', prints: [] });
  });

  test('counts after a power cut for a sale that the journal holds as open', () => {
    const { sell, clock, facts, kinds, world } = shop(...DEAF);
    const saleId = sell('confirms');
    clock.advance(5_000);
    world.powerCut();
    clock.advance(3_500);
    expect(facts(saleId)).toMatchObject({ payment: 'paid' });
    expect(kinds(saleId)).toContain('paid by notify');
    clock.advance(60_000);
    expect(ticketPieces(world, saleId)).toHaveLength(1);
  });

  test('that meets a terminal without power comes again after 4 minutes', () => {
    const { sell, clock, facts, taken, world } = shop({ fault: 'platform.notify-late', delayMs: 2_000 });
    const saleId = sell();
    clock.advance(1_000);
    world.terminal.stop();
    clock.advance(60_000);
    expect(taken()).toEqual(['1 not taken']);
    world.powerCut();
    clock.advance(300_000);
    expect(taken()).toEqual(['1 not taken', '2 taken']);
    expect(facts(saleId)).toMatchObject({ payment: 'paid' });
  });

  test('is said to be taken only when it is in the journal', () => {
    const { sell, clock, taken, world, flash } = shop();
    sell();
    clock.advance(900);
    flash().sync = (done) => clock.setTimeout(() => done(new Error('worn out')), 0);
    clock.advance(10_000);
    expect(world.terminal.failure).toBeDefined();
    expect(taken()).toEqual(['1 not taken']);
  });
});

describe('a notice that is not to be believed', () => {
  test.each<[FaultRecord, number]>([
    [{ fault: 'platform.wrong-amount', method: 'notify', times: 100 }, 1],
    [{ fault: 'platform.bad-signature', method: 'notify', times: 100 }, 0],
    [{ fault: 'platform.notify-lost' }, 0],
  ])('%j: the terminal asks as if there were none, and what came in is in the journal', (record, recorded) => {
    const { sell, clock, facts, kinds } = shop({ fault: 'platform.answer-lost' }, record);
    const saleId = sell();
    clock.advance(9_000);
    expect(facts(saleId).payment).toBe('unknown');
    clock.advance(30_000);
    expect(kinds(saleId)).toContain('paid by query');
    expect(kinds(saleId).filter((kind) => kind === 'notified')).toHaveLength(recorded);
  });
});

test('notices out of order: that the money went back comes first, and neither changes what the cancel said', () => {
  const { sell, clock, facts, world } = shop(...DEAF, { fault: 'platform.notify-out-of-order' });
  const saleId = sell();
  clock.advance(2_000);
  world.terminal.cancel();
  clock.advance(100_000);
  const notices = world.terminal.page(saleId).records.filter((record) => record.kind === 'notified');
  expect(notices).toMatchObject([{ outcome: 'closed' }, { outcome: 'paid' }]);
  expect(facts(saleId)).toMatchObject({ payment: 'reversed', prints: [] });
});

test('a late notice of a sale that was reversed long ago changes nothing', () => {
  const { sell, clock, facts, kinds } = shop(
    { fault: 'platform.pays-late' },
    { fault: 'platform.notify-late', delayMs: 3_600_000 },
  );
  const saleId = sell();
  clock.advance(60_000);
  const before = facts(saleId);
  expect(before.payment).toBe('reversed');
  clock.advance(4_000_000);
  expect(facts(saleId)).toEqual(before);
  // Paid and closed, each twice: the first attempt was not taken for an hour.
  expect(kinds(saleId).filter((kind) => kind === 'notified')).toHaveLength(4);
});
