import { expect, test } from 'vitest';
import type { SaleFacts } from '../../src/terminal/facts.js';
import { Counter } from '../../src/till/counter.js';
import { Shop } from '../../src/till/shop.js';
import { createSimulation } from '../../src/world/simulated.js';

const SALE = { face: 'nexo', key: 'POS1/0001', amountFen: 1_280 } as const;

async function shop() {
  const simulation = await createSimulation();
  const { world, clock } = simulation;
  world.start();
  clock.advance(2_000);
  return { ...simulation, counter: new Counter(world) };
}

test('a till that asks for money gets a customer after a moment, and hears how it ended', async () => {
  const { counter, clock } = await shop();
  const { saleId, repeated } = counter.open(SALE);
  expect(repeated).toBe(false);
  const heard: unknown[] = [];
  counter.whenDurable(saleId, (error) => heard.push(error ?? 'durable'));
  counter.whenPaymentFinal(saleId, undefined, (facts) => heard.push(facts?.payment));
  counter.whenAnswered(saleId, undefined, (facts) => heard.push(facts?.ticket));
  clock.advance(990);
  expect(heard).toEqual(['durable']);
  clock.advance(20_000);
  expect(heard).toEqual(['durable', 'paid', 'printed']);
});

test('the same key never begins a second sale, durable or not, behind a power cut too', async () => {
  const { counter, clock, world } = await shop();
  const { saleId } = counter.open(SALE);
  expect(counter.open(SALE)).toEqual({ saleId, repeated: true });
  clock.advance(20_000);
  world.powerCut();
  clock.advance(2_000);
  expect(counter.open(SALE)).toEqual({ saleId, repeated: true });
  expect(counter.saleOf('nexo', SALE.key)).toBe(saleId);
  expect(world.platform?.ledger.trades()).toHaveLength(1);
});

test('a key that stands for something else already is refused', async () => {
  const { counter, clock } = await shop();
  const { saleId } = counter.open({ ...SALE, of: 'twelve yuan' });
  expect(counter.open({ ...SALE, of: 'twelve yuan' })).toEqual({ saleId, repeated: true }); // Not durable yet.
  clock.advance(100);
  expect(counter.open({ ...SALE, of: 'twelve yuan' })).toEqual({ saleId, repeated: true });
  expect(() => counter.open({ ...SALE, of: 'twenty yuan' })).toThrow(/^The key POS1\/0001 was used for the sale T01/);
});

test('a power cut before the sale was durable takes it, and whoever waits for it is told', async () => {
  const { counter, world, clock } = await shop();
  const heard: unknown[] = [];
  const { saleId } = counter.open(SALE);
  counter.whenDurable(saleId, (error) => heard.push(error?.message));
  counter.whenAnswered(saleId, undefined, (facts) => heard.push(facts));
  world.powerOff(1_000, { unsynced: 'lost' });
  clock.advance(2_000);
  expect(heard).toEqual([expect.stringContaining(`before the sale ${saleId} was in its journal`), undefined]);
  expect(counter.open(SALE).repeated).toBe(false);
});

test('a power cut while the sale is being opened leaves no key behind', async () => {
  const { counter, world, clock } = await shop();
  world.faults.put({ fault: 'terminal.power-cut', when: { journal: 'sale-opened', at: 'append' }, unsynced: 'lost' });
  expect(() => counter.open(SALE)).toThrow('before the sale');
  clock.advance(2_000);
  expect(counter.open(SALE).repeated).toBe(false);
});

test('a power cut is told of once, when the power goes, and power says how it is', async () => {
  const { counter, world, clock } = await shop();
  let losses = 0;
  counter.onPowerLoss(() => losses++);
  world.powerOff(5_000);
  expect([losses, counter.power]).toEqual([1, 'off']);
  clock.advance(5_001);
  expect([losses, counter.power]).toEqual([1, 'on']);
  world.powerCut();
  expect([losses, counter.power]).toEqual([2, 'on']);
});

test('a sale is given up in time, and not when it is over', async () => {
  const { counter, clock } = await shop();
  const { saleId } = counter.open({ ...SALE, custom: 'none' });
  clock.advance(500);
  counter.abort(saleId);
  const heard: (SaleFacts | undefined)[] = [];
  counter.whenAnswered(saleId, undefined, (facts) => heard.push(facts));
  clock.advance(500);
  expect(heard).toMatchObject([{ payment: 'not-paid' }]);
  expect(() => counter.abort(saleId)).toThrow(`the payment of ${saleId} is not-paid`);
});

test('a paid sale is reversed, and whoever waits for it hears so', async () => {
  const { counter, clock } = await shop();
  const { saleId } = counter.open(SALE);
  clock.advance(20_000);
  const heard: unknown[] = [];
  counter.reverse(saleId);
  counter.whenReversed(saleId, 0, undefined, (facts) => heard.push(facts?.payment, facts?.reversal));
  expect(heard).toEqual([]);
  clock.advance(5_000);
  expect(heard).toEqual(['reversed', 'asked']);
  expect(() => counter.reverse(saleId)).toThrow(/has gone back already/);
});

test('what a till got once stays delivered, whatever is lost later', async () => {
  const { counter, clock } = await shop();
  const { saleId } = counter.open(SALE);
  counter.lost('nexo', saleId);
  clock.advance(20_000);
  expect(counter.facts(saleId)?.delivery).toBe('lost');
  counter.delivered('nexo', saleId);
  clock.advance(10);
  counter.lost('nexo', saleId);
  clock.advance(10);
  expect(counter.facts(saleId)?.delivery).toBe('delivered');
});

test('a shop finds the terminal of a sale by its order number', async () => {
  const one = await createSimulation();
  const shop = new Shop([one.world]);
  one.world.start();
  one.clock.advance(2_000);
  const { saleId } = shop.first.open(SALE);
  expect(shop.whoseSale(saleId)).toBeUndefined();
  one.clock.advance(10);
  expect(shop.whoseSale(saleId)?.id).toBe('T01');
  expect(() => new Shop([one.world, one.world])).toThrow('a number of its own');
});

test('a reversal that was refused before is no answer to one that is asked for now', async () => {
  const { counter, clock, world } = await shop();
  const { saleId } = counter.open(SALE);
  clock.advance(20_000);
  world.faults.put({ fault: 'platform.cancel-refused' });
  counter.reverse(saleId);
  clock.advance(3_600_000);
  expect(counter.facts(saleId)).toMatchObject({ payment: 'paid', reversal: 'refused', reversalsAsked: 1 });
  world.faults.clearAll();
  const heard: unknown[] = [];
  counter.reverse(saleId);
  counter.whenReversalAsked(saleId, 1, (error) => heard.push(error ?? 'asked'));
  counter.whenReversed(saleId, 1, undefined, (facts) => heard.push(facts?.payment));
  expect(heard).toEqual([]);
  clock.advance(10_000);
  expect(heard).toEqual(['asked', 'reversed']);
});

test('a power cut that takes a reversal before the journal had it is told to whoever waits', async () => {
  const { counter, clock, world } = await shop();
  const { saleId } = counter.open(SALE);
  clock.advance(20_000);
  const heard: unknown[] = [];
  counter.reverse(saleId);
  counter.whenReversalAsked(saleId, 0, (error) => heard.push(error?.message));
  counter.whenReversed(saleId, 0, undefined, (facts) => heard.push(facts?.payment));
  world.powerOff(1_000, { unsynced: 'lost' });
  clock.advance(5_000);
  expect(heard).toEqual([expect.stringContaining('nothing was asked of the platform'), 'paid']);
});

test('a terminal that cannot store anything tells whoever repeats a key so', async () => {
  const { counter, clock, world } = await shop();
  world.faults.put({ fault: 'terminal.disk-full', when: 'now' });
  const { saleId } = counter.open(SALE);
  clock.advance(1_000);
  const heard: unknown[] = [];
  expect(counter.open(SALE)).toEqual({ saleId, repeated: true });
  counter.whenDurable(saleId, (error) => heard.push(error?.message));
  counter.whenAnswered(saleId, undefined, (facts) => heard.push(facts));
  expect(heard).toEqual([expect.stringContaining('no room'), undefined]);
});

test('a key that is repeated while the power is off is still its own', async () => {
  const { counter, world } = await shop();
  const { saleId } = counter.open({ ...SALE, of: 'twelve yuan' });
  world.powerOff(5_000, { unsynced: 'kept' });
  expect(counter.open({ ...SALE, of: 'twelve yuan' })).toEqual({ saleId, repeated: true });
});

test('an answer that a power cut has taken is noted when the power is back', async () => {
  const { counter, world, clock } = await shop();
  const { saleId } = counter.open(SALE);
  clock.advance(20_000);
  world.powerOff(5_000);
  counter.lost('nexo', saleId);
  clock.advance(10_000);
  expect(counter.facts(saleId)?.delivery).toBe('lost');
});
