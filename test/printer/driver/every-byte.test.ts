import { describe, expect, test } from 'vitest';
import type { PrinterProfile } from '../../../src/ports/device.js';
import type { JobResult } from '../../../src/ports/printer.js';
import type { Dialect } from '../../../src/printer/dialect.js';
import { prepareEscpos } from '../../../src/printer/escpos/dialect.js';
import { type Bench, benchWith } from '../bench-world.js';
import { NARROW, WIDE } from '../profiles.js';
import { linesOf, numbered } from '../tickets.js';

const TICKET = numbered(25);
const LINES = linesOf(TICKET);
const COPY = numbered(9, 'COPY');
const COPY_LINES = linesOf(COPY);

/** What lies on the desk in the end: pieces that hold the whole original, and whether the copy stands alone and whole. */
function check(world: Bench, first: JobResult, profile: PrinterProfile): void {
  const { printed, pieces } = world.printer;
  const originals = printed.filter((line) => line.endsWith('LINE 25')).length;
  expect(originals).toBeLessThanOrEqual(1);
  if (first.outcome === 'printed') expect(printed.slice(0, 25)).toEqual(LINES);
  // Visibly incomplete: the last lines are held back until all others are confirmed.
  if (first.outcome === 'partial') expect(originals).toBe(0);
  if (first.outcome === 'partial' || first.outcome === 'unknown') {
    const confirmed = Math.min(first.block * 7, 25);
    expect(printed.slice(0, confirmed)).toEqual(LINES.slice(0, confirmed));
  }
  if (first.outcome === 'not-printed') expect(printed).not.toContain('LINE 1');
  // The copy: whole, at the end, and with a cutter on its own piece.
  expect(printed.slice(-9)).toEqual(COPY_LINES);
  if (profile.cutter) expect(pieces.at(-2)).toEqual(COPY_LINES);
}

/** Runs the ticket once for every byte that reaches the printer, and lets that happen at this byte. */
async function atEveryByte(
  profile: PrinterProfile,
  happens: (world: Bench) => void,
): Promise<{ cases: number; outcomes: Record<string, number> }> {
  const dialect: Dialect = await prepareEscpos(profile);
  const clean = benchWith(dialect, {}, profile);
  clean.print({ ticket: TICKET });
  const total = clean.printer.heard.length;
  const outcomes: Record<string, number> = {};
  for (let byte = 1; byte <= total; byte++) {
    const world = benchWith(dialect, {}, profile);
    world.printer.atByte = { byte, run: () => happens(world) };
    const first = world.print({ ticket: TICKET });
    outcomes[first.outcome] = (outcomes[first.outcome] ?? 0) + 1;
    world.clock.advance(6_000);
    expect(world.print({ ticket: COPY })).toMatchObject({ outcome: 'printed' });
    expect(world.results).toHaveLength(2);
    check(world, first, profile);
  }
  return { cases: total, outcomes };
}

const profiles: [string, PrinterProfile][] = [
  ['GS ( H and DLE DC4 8', WIDE],
  ['GS ( H without DLE DC4 8', { ...WIDE, clearsBuffer: false }],
  ['GS r, no DLE DC4 8, no cutter', NARROW],
];

describe.each(profiles)('at every byte of a ticket, on a printer with %s,', (_, profile) => {
  test('the cable comes out and is put back: no second original, a whole copy, and a true word', async () => {
    const { cases, outcomes } = await atEveryByte(profile, ({ clock, printer }) => {
      printer.unplug();
      clock.setTimeout(() => printer.plug(), 5_000);
    });
    console.log(`cable out at every byte: ${cases} cases, ${JSON.stringify(outcomes)}`);
    expect(outcomes.partial).toBeGreaterThan(100);
    expect(outcomes.unknown).toBeGreaterThan(10);
  });

  test('the printer goes off and on: the same', async () => {
    const { cases, outcomes } = await atEveryByte(profile, ({ printer }) => printer.powerCycle(700));
    console.log(`printer off and on at every byte: ${cases} cases, ${JSON.stringify(outcomes)}`);
    expect(outcomes.partial).toBeGreaterThan(100);
  });

  test('the printer falls silent for a while: the same', async () => {
    const { cases, outcomes } = await atEveryByte(profile, ({ clock, printer }) => {
      printer.script.mute = true;
      clock.setTimeout(() => {
        printer.script.mute = false;
      }, 4_000);
    });
    console.log(`printer silent from every byte: ${cases} cases, ${JSON.stringify(outcomes)}`);
    expect(outcomes.partial).toBeGreaterThan(100);
  });
});

test('a line that loses bytes never hangs a job, and `printed` is only said of a ticket whose end is there', async () => {
  const dialect = await prepareEscpos(WIDE);
  for (const losesEvery of [500, 211, 97, 53, 29, 13, 7]) {
    for (let shift = 0; shift < 40; shift++) {
      const world = benchWith(dialect, {}, WIDE, (printer) => {
        printer.script.losesEvery = losesEvery;
      });
      world.clock.advance(shift * 37);
      const result = world.print({ ticket: TICKET });
      if (result.outcome === 'printed') expect(world.printer.printed.length).toBeGreaterThanOrEqual(20);
    }
  }
});
