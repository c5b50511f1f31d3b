import { expect } from 'vitest';
import type { TicketDocument } from '../../src/ports/ticket.js';
import type { EncodedTicket } from '../../src/printer/dialect.js';
import { type PreparedDevice, type Simulation, simulate } from '../../src/world/simulated.js';

/**
 * Everything that a ticket passes through loses its power or its cable at every single byte and at every single effect,
 * one after the other, each time in a whole new world. What must hold is read from the paper: at most one unmarked
 * complete original, and never a word in the journal that the paper does not bear out.
 */
export const DEVICES = ['epson-tm-t88v', 'xprinter-xp-58'] as const;

const SALE_FEN = 1_280;
/** Virtual time in which everything has to have settled after the outage is over. */
export const SETTLES_MS = 180_000;

/** The tickets that each of them has encoded, in order. */
const encoded = new WeakMap<Simulation, EncodedTicket[]>();

export function boot({ profile, dialect }: PreparedDevice): Simulation {
  const tickets: EncodedTicket[] = [];
  const listening = {
    answers: dialect.answers,
    finishPiece: dialect.finishPiece,
    longestCommandBytes: dialect.longestCommandBytes,
    encode(ticket: TicketDocument) {
      const encodedTicket = dialect.encode(ticket);
      tickets.push(encodedTicket);
      return encodedTicket;
    },
  };
  const simulation = simulate({ profile, dialect: listening }, { seed: 5, policy: { reprint: 'when-ready' } });
  encoded.set(simulation, tickets);
  const { world, clock } = simulation;
  world.start();
  clock.runUntil(() => world.terminal.free && world.printer.status().life === 'online');
  return simulation;
}

export function sell({ world }: Simulation): void {
  world.terminal.sell(SALE_FEN, { code: world.people.codeOf({ behaviour: 'pays' }) });
}

export function settled({ world }: Simulation): boolean {
  const [sale] = world.terminal.sales();
  return world.terminal.free && (sale === undefined || sale.payment === 'not-paid' || sale.ticket === 'printed');
}

/** All that can be read on all the paper, from top to bottom. */
function linesOn({ world }: Simulation): string[] {
  return (world.emulatedPrinter?.paper.pieces ?? []).flatMap(({ lines }) => lines);
}

/** A sale to which nothing happens: its ticket, and what it takes. */
export function cleanSale(device: PreparedDevice): { ticket: string[]; bytes: number; events: number } {
  const simulation = boot(device);
  const before = simulation.world.emulatedPrinter?.counters.receivedBytes ?? 0;
  sell(simulation);
  let events = 0;
  while (!settled(simulation) && simulation.clock.step()) events++;
  const bytes = (simulation.world.emulatedPrinter?.counters.receivedBytes ?? 0) - before;
  return { ticket: linesOn(simulation), bytes, events };
}

/** How often the whole unmarked ticket stands on the paper: a copy has its mark in the middle of it. */
function originals(lines: readonly string[], ticket: readonly string[]): number {
  let found = 0;
  for (let at = 0; at + ticket.length <= lines.length; at++) {
    if (ticket.every((line, i) => lines[at + i] === line)) found++;
  }
  return found;
}

/** Runs until everything has settled, and holds the journal against the paper. Returns the first word about the original. */
export function check(simulation: Simulation, ticket: readonly string[], at: string): string {
  const { world, clock } = simulation;
  expect(
    clock.runUntil(() => settled(simulation), SETTLES_MS),
    at,
  ).toBe(true);
  const lines = linesOn(simulation);
  expect(originals(lines, ticket), at).toBeLessThanOrEqual(1);
  const [sale, ...others] = world.terminal.sales();
  expect(others, at).toEqual([]);
  if (sale === undefined || sale.payment !== 'paid') {
    expect(lines, at).toEqual([]);
    return 'no sale';
  }
  const firstMark = lines.findIndex((line) => line.includes('补打'));
  const original = firstMark === -1 ? lines : lines.slice(0, firstMark);
  const [first, ...later] = sale.prints.filter(({ copy }) => copy === 0);
  // A job of which nothing came out may be followed by the original.
  for (const print of later.length > 0 ? [first] : []) expect(print?.result?.outcome, at).toBe('not-printed');
  const last = later.at(-1) ?? first;
  const outcome = last?.result?.outcome ?? 'none';
  if (outcome === 'printed') expect(original, at).toEqual(ticket);
  if (outcome === 'partial') expect(originals(original, ticket), at).toBe(0);
  if (outcome === 'not-printed') expect(original, at).toEqual([]);
  // What the journal calls confirmed of the first job is on the paper, in its order.
  const confirmed = first?.result !== undefined && 'block' in first.result ? first.result.block : 0;
  expect(original.slice(0, linesOf(simulation, confirmed)), at).toEqual(
    ticket.slice(0, linesOf(simulation, confirmed)),
  );
  expect(sale.prints.at(-1)?.result?.outcome, at).toBe('printed');
  // The last job is on the paper too, whole: with its marks, if it is a copy, and nothing behind it.
  const copy = firstMark === -1 ? ticket : lines.slice(-ticket.length - 2).filter((line) => !line.includes('补打'));
  expect(copy, at).toEqual(ticket);
  world.close();
  return outcome;
}

/** Lines of text in so many blocks of the first ticket. */
function linesOf(simulation: Simulation, blocks: number): number {
  return encoded.get(simulation)?.[0]?.blocks[blocks - 1]?.lines?.[1] ?? 0;
}

export function tally(outcomes: readonly string[]): string {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return `${outcomes.length} cases, ${JSON.stringify(counts)}`;
}
