import { describe, expect, test } from 'vitest';
import { FAULTS } from '../../src/faults/catalogue.js';
import { verdictOf } from '../../src/terminal/verdict/verdict.js';
import { ticketPieces } from '../../src/world/pictures.js';
import { whenSettled } from '../../src/world/settled.js';
import { createSimulation, prepareDevice, type Simulation, simulate } from '../../src/world/simulated.js';

interface Case {
  readonly fault: string;
  readonly device?: string;
  readonly ticket: 'printed' | 'partial' | 'not-printed' | 'unknown';
  readonly cause?: string;
  readonly withinMs: number;
  /** Complete originals that a person can read when the sale has settled. */
  readonly originals: 0 | 1;
}

/**
 * What a sale ends with when the printer, or its line, has this fault at its usual moment. No status tells of what is wrong
 * with the ink: there the terminal believes that it printed, as a real one does, and only a person sees the paper.
 */
const CASES: readonly Case[] = [
  { fault: 'printer.paper-jam', ticket: 'partial', cause: 'printer.paper-jam', withinMs: 2_000, originals: 0 },
  { fault: 'printer.paper-out', ticket: 'partial', cause: 'printer.paper-out', withinMs: 2_000, originals: 0 },
  { fault: 'printer.paper-near-end', ticket: 'printed', withinMs: 2_000, originals: 1 },
  { fault: 'printer.cover-open', ticket: 'partial', cause: 'printer.cover-open', withinMs: 2_000, originals: 0 },
  { fault: 'printer.cutter-error', ticket: 'unknown', cause: 'printer.cutter', withinMs: 2_000, originals: 1 },
  { fault: 'printer.overheat', ticket: 'partial', cause: 'printer.overheat', withinMs: 15_000, originals: 0 },
  { fault: 'printer.unrecoverable-error', ticket: 'partial', cause: 'printer.broken', withinMs: 2_000, originals: 0 },
  { fault: 'printer.offline', ticket: 'partial', cause: 'printer.offline', withinMs: 2_000, originals: 0 },
  { fault: 'printer.power-off', ticket: 'partial', cause: 'printer.no-answer', withinMs: 5_000, originals: 0 },
  { fault: 'printer.hang', ticket: 'partial', cause: 'printer.no-answer', withinMs: 5_000, originals: 0 },
  { fault: 'printer.mute', ticket: 'not-printed', cause: 'printer.no-answer', withinMs: 5_000, originals: 0 },
  { fault: 'printer.slow', ticket: 'printed', withinMs: 15_000, originals: 1 },
  { fault: 'printer.dead-dots', ticket: 'printed', withinMs: 2_000, originals: 1 },
  { fault: 'printer.faded', ticket: 'printed', withinMs: 2_000, originals: 0 },
  { fault: 'printer.upside-down-paper', ticket: 'printed', withinMs: 2_000, originals: 0 },
  { fault: 'printer.wrong-code-page', ticket: 'printed', withinMs: 2_000, originals: 0 },
  { fault: 'printer.ribbon-broken', device: 'epson-tm-u220', ticket: 'printed', withinMs: 15_000, originals: 0 },
  { fault: 'link.printer-lost', ticket: 'partial', cause: 'link.printer-lost', withinMs: 2_000, originals: 0 },
  { fault: 'link.wrong-baud', ticket: 'not-printed', cause: 'printer.no-answer', withinMs: 5_000, originals: 0 },
];

async function boot(device: string | undefined): Promise<Simulation> {
  const simulation = await createSimulation(device === undefined ? {} : { device });
  simulation.world.start();
  simulation.clock.runUntil(() => simulation.world.terminal.free);
  return simulation;
}

function sell({ world, clock }: Simulation): string {
  const saleId = world.terminal.sell(1_280, { code: world.people.codeOf({ behaviour: 'pays' }) });
  let settled = false;
  whenSettled(world, saleId, 600_000, () => {
    settled = true;
  });
  clock.runUntil(() => settled);
  return saleId;
}

function completeOriginals({ world }: Simulation, saleId: string): number {
  return ticketPieces(world, saleId).filter(
    ({ lines }) => lines.some((line) => line.includes('谢谢惠顾')) && !lines.some((line) => line.includes('补打')),
  ).length;
}

test('every fault of the printer and its line is here', () => {
  const names = FAULTS.map(({ name }) => name).filter((name) => /^(printer|link)\./.test(name));
  expect(CASES.map(({ fault }) => fault).sort()).toEqual(names.sort());
});

describe.each(CASES)('a sale with $fault', ({ fault, device, ticket, cause, withinMs, originals }) => {
  test(`is paid, its ticket ${ticket}, and mended it gets a confirmed one`, async () => {
    const simulation = await boot(device);
    const { world, clock } = simulation;
    const { id } = world.faults.put({ fault });
    const startMs = clock.now();
    const saleId = sell(simulation);
    const verdict = verdictOf(world.terminal.page(saleId));
    expect(verdict).toMatchObject({ payment: 'paid', ticket });
    expect(verdict.cause?.id).toBe(cause);
    expect(clock.now() - startMs).toBeLessThan(withinMs);
    expect(completeOriginals(simulation, saleId)).toBe(originals);

    world.faults.clear(id);
    clock.runUntil(() => world.printer.status().ready);
    clock.advance(30_000); // What was held comes out, what is hot cools.
    world.terminal.reprint(saleId);
    clock.runUntil(() => world.terminal.free && world.terminal.page(saleId).facts.ticket !== 'pending');
    expect(verdictOf(world.terminal.page(saleId))).toMatchObject({ payment: 'paid', ticket: 'printed' });
    expect(completeOriginals(simulation, saleId)).toBeLessThanOrEqual(1);
    expect(world.platform?.ledger.trades()).toHaveLength(1);
  });
});

test('a roll that ends in the middle of the ticket: near end first, then partial; with paper loaded, a copy', async () => {
  const simulation = await boot(undefined);
  const { world, clock } = simulation;
  const { id } = world.faults.put({ fault: 'printer.paper-near-end', leftMm: 30 });
  clock.advance(1_000);
  expect(world.printer.status()).toMatchObject({ ready: true, paperNearEnd: true });
  const saleId = sell(simulation);
  expect(verdictOf(world.terminal.page(saleId))).toMatchObject({
    ticket: 'partial',
    cause: { id: 'printer.paper-out' },
  });
  world.faults.clear(id);
  clock.runUntil(() => world.printer.status().ready);
  expect(world.printer.status().paperNearEnd).toBe(false);
});

test.each(['sunmi-58', 'xprinter-xp-58', 'gprinter-gp-58', 'epson-tm-t88v'])(
  'the same jam on %s has the same verdict',
  async (device) => {
    const simulation = await boot(device);
    simulation.world.faults.put({ fault: 'printer.paper-jam' });
    const saleId = sell(simulation);
    expect(verdictOf(simulation.world.terminal.page(saleId))).toMatchObject({
      payment: 'paid',
      ticket: 'partial',
      cause: { id: 'printer.paper-jam' },
    });
  },
);

/** A printer whose memory switch says "busy while offline" takes no questions then: what it said before has to do. */
test.each([
  ['epson-tm-m30', 'dtr', 'printer.paper-out'],
  ['epson-tm-m30', 'xon/xoff', 'printer.paper-out'],
  ['sunmi-58', 'dtr', 'printer.no-answer'],
  ['sunmi-58', 'xon/xoff', 'printer.paper-out'],
] as const)('%s, busy while offline by %s, without paper: settles as %s', async (device, flowControl, cause) => {
  const { profile, dialect } = await prepareDevice(device);
  const simulation = simulate({ profile: { ...profile, busyWhen: 'full or offline', flowControl }, dialect });
  const { world, clock } = simulation;
  world.start();
  clock.runUntil(() => world.terminal.free);
  const { id } = world.faults.put({ fault: 'printer.paper-out' });
  const startMs = clock.now();
  const saleId = sell(simulation);
  expect(verdictOf(world.terminal.page(saleId))).toMatchObject({
    payment: 'paid',
    ticket: 'partial',
    cause: { id: cause },
  });
  expect(clock.now() - startMs).toBeLessThan(10_000);
  world.faults.clear(id);
  clock.runUntil(() => world.printer.status().ready);
});

test('XOFF in the middle of a job holds the driver, XON lets it go on: the ticket is whole', async () => {
  const { profile, dialect } = await prepareDevice('epson-tm-m30');
  const small = { ...profile, flowControl: 'xon/xoff', receiveBufferBytes: 512, overrun: 'dropped' } as const;
  const simulation = simulate({ profile: small, dialect });
  const { world, clock } = simulation;
  world.start();
  clock.runUntil(() => world.terminal.free);
  world.faults.put({ fault: 'printer.slow', factor: 5 });
  const saleId = sell(simulation);
  expect(verdictOf(world.terminal.page(saleId))).toMatchObject({ payment: 'paid', ticket: 'printed' });
  expect(completeOriginals(simulation, saleId)).toBe(1);
});
