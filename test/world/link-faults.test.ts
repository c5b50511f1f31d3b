import { describe, expect, test } from 'vitest';
import type { FaultRecord } from '../../src/faults/fault.js';
import { verdictOf } from '../../src/terminal/verdict/verdict.js';
import { ticketPieces } from '../../src/world/pictures.js';
import { isSettled } from '../../src/world/settled.js';
import { type PreparedDevice, prepareDevice, type Simulation, simulate } from '../../src/world/simulated.js';
import { tally } from './outages.js';

/** One that proves by `GS ( H` and clears its buffers, and one that proves by `GS r`, and clears nothing. */
const DEVICES = ['epson-tm-t88v', 'xprinter-xp-58'] as const;

const SALE_FEN = 1_280;
/** Virtual time in which a sale settles, whatever befalls the line: three tries of a job that makes no progress. */
const SETTLES_MS = 60_000;
/** And in which, on a sound line, the ticket is printed: a printer may have to be freed, at 9,600 baud. */
const RECOVERS_MS = 180_000;

function boot(device: PreparedDevice, seed = 5): Simulation {
  const simulation = simulate(device, { seed, policy: { reprint: 'when-ready' } });
  const { world, clock } = simulation;
  world.start();
  clock.runUntil(() => world.terminal.free && world.printer.status().life === 'online');
  return simulation;
}

function sell({ world, clock }: Simulation): string {
  const saleId = world.terminal.sell(SALE_FEN, { code: world.people.codeOf({ behaviour: 'pays' }) });
  const settled = () => world.terminal.free && isSettled(world.terminal.page(saleId).facts);
  expect(clock.runUntil(settled, SETTLES_MS), `${saleId} settles`).toBe(true);
  return saleId;
}

const linesOf = ({ world }: Simulation, saleId: string) =>
  ticketPieces(world, saleId).flatMap(({ lines }) => [...lines]);

/** The ticket of a sale on a sound line: the same in every world of one seed. */
function soundTicket(device: PreparedDevice): { readonly lines: string[]; readonly bytes: number } {
  const simulation = boot(device);
  const before = simulation.world.emulatedPrinter?.counters.receivedBytes ?? 0;
  const lines = linesOf(simulation, sell(simulation));
  const after = simulation.world.emulatedPrinter?.counters.receivedBytes ?? 0;
  simulation.world.close();
  return { lines, bytes: after - before };
}

/** All that came out, in order, whoever it belongs to: a struck byte may hide the order number. */
const allLines = ({ world }: Simulation) => (world.emulatedPrinter?.paper.pieces ?? []).flatMap(({ lines }) => lines);

/** How often the whole ticket stands there without a mark. */
function originals(lines: readonly string[], ticket: readonly string[]): number {
  return lines.filter((_, at) => ticket.every((line, i) => lines[at + i] === line)).length;
}

/** Whether the end of a ticket came out: `struck` bytes of it may be others than were sent. */
function hasItsEnd(lines: readonly string[], struck: boolean): boolean {
  return lines.some((line) => (struck ? /T\S*HA|AN\S*K|YO\S*U/.test(line) : line.includes('谢谢惠顾 THANK YOU')));
}

interface Wanted {
  readonly simulation: Simulation;
  readonly ticket: readonly string[];
  readonly saleId: string;
  /** Bytes of text may be wrong: that no printer tells, and no terminal can know. */
  readonly struck: boolean;
  readonly at: string;
}

/** What must hold of a sale that has settled, whatever the line did. Returns what became of its ticket. */
function check({ simulation, ticket, saleId, struck, at }: Wanted): string {
  const { world } = simulation;
  const verdict = verdictOf(world.terminal.page(saleId));
  const [trade, ...others] = world.platform?.ledger.trades() ?? [];
  expect(others, at).toEqual([]);
  expect([verdict.payment, trade?.paidFen, trade?.refundedFen], at).toEqual(['paid', SALE_FEN, 0]);
  const lines = allLines(simulation);
  expect(originals(lines, ticket), at).toBeLessThanOrEqual(1);
  if (verdict.ticket === 'printed') expect(hasItsEnd(lines, struck), at).toBe(true);
  if (verdict.ticket === 'not-printed') expect(lines, at).toEqual([]);
  if (verdict.ticket === 'partial') expect(originals(lines, ticket), at).toBe(0);
  return verdict.ticket;
}

/** The fault is over: the ticket gets printed by itself, and the next sale's right away. */
function checkAfterwards({ simulation, saleId, at }: Wanted): void {
  const { world, clock } = simulation;
  world.faults.clearAll();
  const printed = () => world.terminal.free && world.terminal.page(saleId).facts.ticket === 'printed';
  expect(clock.runUntil(printed, RECOVERS_MS), `${at}: it gets its ticket`).toBe(true);
  const next = sell(simulation);
  expect(verdictOf(world.terminal.page(next)), at).toMatchObject({ payment: 'paid', ticket: 'printed' });
  expect(hasItsEnd(linesOf(simulation, next), false), at).toBe(true);
  world.close();
}

const STRIKES = ['link.drop', 'link.corrupt', 'link.duplicate'];

/** Each fault as it comes, and at its worst. */
const FAULTS: readonly FaultRecord[] = [
  { fault: 'link.printer-lost' },
  { fault: 'link.wrong-baud' },
  { fault: 'link.wrong-baud', when: { byte: 300 } },
  { fault: 'link.drop' },
  { fault: 'link.drop', direction: 'to-host', every: 3 },
  { fault: 'link.drop', when: { byte: 300 }, bytes: 100, every: 1, times: 1 },
  { fault: 'link.drop', share: 0.02, direction: 'both' },
  { fault: 'link.corrupt' },
  { fault: 'link.corrupt', direction: 'to-host', every: 2, bit: 4 },
  { fault: 'link.corrupt', share: 0.02, direction: 'both', bit: 6 },
  { fault: 'link.duplicate' },
  { fault: 'link.duplicate', direction: 'to-host', every: 1 },
  { fault: 'link.duplicate', share: 0.02, direction: 'both' },
  { fault: 'link.delay' },
  { fault: 'link.delay', delayMs: 1_000, jitterMs: 900 },
  { fault: 'link.delay', delayMs: 5_000, when: { byte: 300 } },
  { fault: 'link.stuck-xoff' },
  { fault: 'link.stuck-xoff', when: { byte: 500 }, for: 1_000 },
  { fault: 'link.half-open' },
  { fault: 'link.half-open', direction: 'to-printer' },
  { fault: 'link.chopped-writes' },
  { fault: 'link.chopped-writes', chunkBytes: 1, pauseMs: 20 },
];

describe.each(DEVICES)('%s', (name) => {
  test.each(FAULTS)(
    'a sale with %j: paid once, no second original, and a true word about the ticket',
    async (record) => {
      const device = await prepareDevice(name);
      const ticket = soundTicket(device).lines;
      const simulation = boot(device);
      simulation.world.faults.put(record);
      const saleId = sell(simulation);
      const struck = STRIKES.includes(record.fault);
      const wanted = { simulation, ticket, saleId, struck, at: JSON.stringify(record) };
      check(wanted);
      checkAfterwards(wanted);
    },
  );

  test.each([
    ['is lost', { fault: 'link.drop' }],
    ['is turned over', { fault: 'link.corrupt' }],
    ['comes twice', { fault: 'link.duplicate' }],
  ])('every single byte of the ticket %s, one after the other: the same', async (what, fault) => {
    const device = await prepareDevice(name);
    const { lines: ticket, bytes } = soundTicket(device);
    const outcomes: string[] = [];
    for (let byte = 1; byte < bytes; byte++) {
      const simulation = boot(device);
      simulation.world.faults.put({ ...fault, when: { byte }, every: 1, times: 1 });
      const saleId = sell(simulation);
      const wanted = { simulation, ticket, saleId, struck: true, at: `byte ${byte + 1} ${what}` };
      outcomes.push(check(wanted));
      checkAfterwards(wanted);
    }
    console.log(`${name}, a byte of the ticket ${what}: ${tally(outcomes)}`);
    expect(outcomes).toContain('printed');
    expect(outcomes).toContain('partial');
  });

  test('answers with bits turned over, from a printer that is slow, prove nothing that is not on the paper', async () => {
    const device = await prepareDevice(name);
    const outcomes: string[] = [];
    for (let seed = 1; seed <= 40; seed++) {
      const simulation = boot(device, seed);
      simulation.world.faults.put({ fault: 'printer.slow', factor: 20 });
      simulation.world.faults.put({
        fault: 'link.corrupt',
        direction: 'to-host',
        share: 0.05,
        bit: 4,
        when: { byte: 100 },
      });
      const { ticket } = simulation.world.terminal.page(sell(simulation)).facts;
      if (ticket === 'printed') expect(hasItsEnd(allLines(simulation), false), `seed ${seed}`).toBe(true);
      outcomes.push(ticket);
      simulation.world.close();
    }
    console.log(`${name}, slow, a bit of each 20th answer turned over: ${tally(outcomes)}`);
    expect(outcomes).toContain('partial');
  });
});
