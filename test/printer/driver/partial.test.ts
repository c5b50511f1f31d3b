import { describe, expect, test } from 'vitest';
import { type Bench, bench } from '../bench-world.js';
import { NARROW, WIDE } from '../profiles.js';
import type { ScriptedPrinter } from '../scripted-printer.js';
import { linesOf, numbered } from '../tickets.js';

const CLEAR = '\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08';
const ASK = '\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04';
const RECOVER = '\x10\x05\x02';
const COPY = numbered(25, 'COPY');

/** Something happens to the printer before it prints that line. */
async function beforeLine(line: number, happens: (printer: ScriptedPrinter) => void, profile = WIDE): Promise<Bench> {
  const world = await bench({}, profile);
  world.clock.advance(100);
  world.printer.beforeLine.set(line, () => happens(world.printer));
  return world;
}

describe('a fault in mid-ticket', () => {
  test('a jam reported during the third block ends the job partial at block 2 and clears the rest', async () => {
    const { clock, print, printer } = await beforeLine(17, (p) => p.jam());
    expect(print()).toEqual({ outcome: 'partial', block: 2, blocks: 4, reason: 'mechanical-error' });
    expect(printer.printed).toEqual(linesOf(numbered(25)).slice(0, 16));
    clock.advance(50);
    const end = printer.heard.slice(printer.heard.lastIndexOf(CLEAR));
    expect(end).toBe(CLEAR + RECOVER); // Nothing but real-time commands after the clear, and the error is helped on.
    expect(printer.heard).not.toContain('LINE 22');
  });

  test.each([
    ['paper-out', [0x1a, 0x32, 0x12, 0x72], [0x18, 0x00, 0x0c, 0x00]],
    ['cover-open', [0x1a, 0x16, 0x12, 0x12], [0x38, 0x00, 0x00, 0x00]],
    ['cutter-error', [0x1a, 0x52, 0x1a, 0x12], [0x18, 0x08, 0x00, 0x00]],
    ['unrecoverable-error', [0x1a, 0x52, 0x32, 0x12], [0x18, 0x20, 0x00, 0x00]],
    ['offline', [0x1a, 0x12, 0x12, 0x12], [0x18, 0x00, 0x00, 0x00]],
  ] as const)('%s is the reason, and how far it got is told', async (reason, answers, asb) => {
    const { print } = await beforeLine(10, (p) => p.fault([...answers], [...asb]));
    expect(print()).toEqual({ outcome: 'partial', block: 1, blocks: 4, reason });
  });

  test('in the first block leaves block 0', async () => {
    const { print } = await beforeLine(6, (p) => p.jam());
    expect(print()).toEqual({ outcome: 'partial', block: 0, blocks: 4, reason: 'mechanical-error' });
  });

  test('in the last block leaves what became of it unknown: all was sent', async () => {
    const { print } = await beforeLine(24, (p) => p.paperOut());
    expect(print()).toEqual({ outcome: 'unknown', block: 3, blocks: 4, reason: 'paper-out' });
  });

  test('that the printer does not push is found by asking', async () => {
    const { clock, print, printer } = await beforeLine(10, (p) => p.jam(), NARROW);
    expect(print()).toEqual({ outcome: 'partial', block: 1, blocks: 4, reason: 'mechanical-error' });
    clock.advance(10);
    expect(printer.heard.endsWith(RECOVER)).toBe(true); // This model has no DLE DC4 8.
  });

  test('an XON that nobody waited for says that it was switched on: the job ends, and nothing of it is sent any more', async () => {
    const { clock, print, printer } = await beforeLine(10, (p) => p.say(0x11));
    const startMs = clock.now();
    expect(print()).toEqual({ outcome: 'partial', block: 1, blocks: 4, reason: 'no-answer' });
    expect(clock.now() - startMs).toBeLessThan(1_000);
    expect(printer.heard).not.toContain('LINE 22');
  });

  test('an answer to GS r that says paper end confirms nothing', async () => {
    const { print } = await beforeLine(
      2,
      (p) => {
        p.script.confirmsNothing = true;
        p.say(0x0c);
      },
      NARROW,
    );
    expect(print()).toMatchObject({ outcome: 'partial', block: 0, reason: 'stalled' });
  });

  test('answers to GS r that were missing may still come: the next job waits as long as one may take', async () => {
    const { clock, print, printer, start } = await beforeLine(
      2,
      (p) => {
        p.script.confirmsNothing = true;
      },
      NARROW,
    );
    expect(print()).toMatchObject({ outcome: 'partial', block: 0, reason: 'stalled' });
    clock.advance(1_000);
    printer.script.confirmsNothing = false;
    printer.script.lineMs = 1_000;
    start({ ticket: COPY });
    const before = printer.heard.length;
    clock.runUntil(() => printer.heard.slice(before).includes('\x1dr\x01'), 10_000);
    clock.advance(1_000); // Longer than the usual quiet, and no longer than an answer may take.
    expect(printer.heard).not.toContain('COPY');
    printer.say(0x00);
    clock.advance(2_000);
    expect(printer.heard).toContain('COPY 1');
    expect(printer.heard).not.toContain('COPY 9');
  });

  test('that passes within 300 ms is none', async () => {
    const world = await beforeLine(10, (p) => {
      p.coverOpen();
      world.clock.setTimeout(() => p.well(), 250);
    });
    expect(world.print().outcome).toBe('printed');
  });

  test('is believed when it is asked about: an ASB made of noise stops nothing', async () => {
    const { print } = await beforeLine(10, (p) => p.say(0x38, 0x00, 0x00, 0x00));
    expect(print().outcome).toBe('printed');
  });

  test('a near end is none: the ticket goes on, and the status tells', async () => {
    const { print, driver } = await beforeLine(10, (p) => {
      p.script.answers = [0x12, 0x12, 0x12, 0x1e];
      p.say(0x10, 0x00, 0x03, 0x00);
    });
    expect(print().outcome).toBe('printed');
    expect(driver.status()).toMatchObject({ ready: true, faults: [], paperNearEnd: true });
  });

  test('heat passes by itself: the job waits, and goes on', async () => {
    const world = await beforeLine(10, (p) => {
      p.fault([0x1a, 0x52, 0x52, 0x12], [0x18, 0x40, 0x00, 0x00]);
      world.clock.setTimeout(() => p.well(), 6_000);
    });
    expect(world.print().outcome).toBe('printed');
    expect(world.printer.pieces[0]).toEqual(linesOf(numbered(25)));
  });

  test('heat that does not pass ends the job after 10 s', async () => {
    const { print } = await beforeLine(10, (p) => p.fault([0x1a, 0x52, 0x52, 0x12], [0x18, 0x40, 0x00, 0x00]));
    expect(print()).toEqual({ outcome: 'partial', block: 1, blocks: 4, reason: 'overheat' });
  });
});

describe('a printer that falls silent in mid-ticket', () => {
  test('though it may print on, ends the job within 2.5 s: partial, no answer', async () => {
    const world = await beforeLine(10, (p) => {
      p.script.mute = true;
    });
    const startMs = world.clock.now();
    expect(world.print()).toEqual({ outcome: 'partial', block: 1, blocks: 4, reason: 'no-answer' });
    expect(world.clock.now() - startMs).toBeLessThan(2_700);
  });

  test('in the last block: unknown', async () => {
    const { print } = await beforeLine(23, (p) => {
      p.script.mute = true;
    });
    expect(print()).toEqual({ outcome: 'unknown', block: 3, blocks: 4, reason: 'no-answer' });
  });

  test('that answers but confirms nothing more: stalled after 10 s', async () => {
    const world = await beforeLine(10, (p) => {
      p.script.confirmsNothing = true;
    });
    const startMs = world.clock.now();
    expect(world.print()).toEqual({ outcome: 'partial', block: 1, blocks: 4, reason: 'stalled' });
    expect(world.clock.now() - startMs).toBeLessThan(11_000);
  });

  test('that asked for a pause and never ends it: stalled', async () => {
    const { print, printer } = await beforeLine(3, (p) => p.say(0x13));
    expect(print()).toEqual({ outcome: 'partial', block: 3, blocks: 4, reason: 'stalled' });
    expect(printer.heard).not.toContain('LINE 22');
  });

  test('that confirms so slowly that the job outlasts its deadline: stalled', async () => {
    const world = await bench({ jobDeadlineMs: 12_000 });
    world.printer.script.lineMs = 900;
    expect(world.print()).toMatchObject({ outcome: 'partial', reason: 'stalled' });
  });

  test('and speaks up later changes nothing that was said', async () => {
    const world = await bench();
    world.clock.advance(100);
    world.printer.script.confirmsNothing = true;
    expect(world.print()).toEqual({ outcome: 'partial', block: 0, blocks: 4, reason: 'stalled' });
    for (const id of world.printer.processIds()) world.printer.say(0x37, 0x22, ...id, 0x00);
    world.clock.advance(60_000);
    expect(world.results).toHaveLength(1);
  });
});

describe('a printer that is switched off and on in mid-ticket', () => {
  test('for 3 s: no answer; for half a second: it answers and has forgotten the job', async () => {
    const long = await beforeLine(10, (p) => p.powerCycle(3_000));
    expect(long.print()).toEqual({ outcome: 'partial', block: 1, blocks: 4, reason: 'no-answer' });
    const short = await beforeLine(10, (p) => p.powerCycle(500));
    expect(short.print()).toEqual({ outcome: 'partial', block: 1, blocks: 4, reason: 'stalled' });
  });

  test('is asked for its status again: what it was told is gone', async () => {
    const { clock, printer, driver } = await bench();
    clock.advance(100);
    printer.powerCycle(4_000);
    clock.advance(10_000);
    expect(driver.status().ready).toBe(true);
    printer.coverOpen();
    clock.advance(2); // An automatic status; no question is asked so soon.
    expect(driver.status().faults).toEqual(['cover-open']);
  });
});

describe('the job after one that left a piece of paper unfinished', () => {
  test('clears, waits for the word, then cuts first: partial original and copy are two pieces', async () => {
    const world = await beforeLine(10, (p) => p.paperOut());
    const { clock, print, printer } = world;
    print();
    clock.advance(5_000);
    printer.well();
    const before = printer.heard.length;
    expect(print({ ticket: COPY }).outcome).toBe('printed');
    expect(printer.pieces).toEqual([linesOf(numbered(25)).slice(0, 9), linesOf(COPY), []]);
    const sent = printer.heard.slice(before).replaceAll(ASK, '');
    expect(sent.startsWith(`${CLEAR}\x1b@\r\n\x1dVB\0\x1b@\x1da\x0e\x1c&COPY 1\r\n`)).toBe(true);
  });

  test('after a jam needs no more than the cause gone: DLE ENQ 2 is sent every second meanwhile', async () => {
    const { clock, print, printer } = await beforeLine(10, (p) => p.jam());
    print();
    clock.advance(10_000);
    const enquiries = printer.heard.split(RECOVER).length - 1;
    expect(enquiries).toBeGreaterThanOrEqual(9);
    expect(enquiries).toBeLessThanOrEqual(11);
    printer.recoverable = true;
    clock.advance(1_100);
    expect(print({ ticket: COPY }).outcome).toBe('printed');
    expect(printer.pieces).toEqual([linesOf(numbered(25)).slice(0, 9), linesOf(COPY), []]);
  });

  test('and the one after that begin without ado', async () => {
    const { print, printer, clock } = await beforeLine(10, (p) => p.paperOut());
    print();
    printer.well();
    clock.advance(1_000);
    print({ ticket: COPY });
    const before = printer.heard.length;
    print({ ticket: COPY });
    expect(printer.heard.slice(before)).not.toContain(CLEAR);
    expect(printer.pieces).toHaveLength(4);
  });

  test('on a model that cannot clear: zeros end what its parser is stuck in, and a feed parts the pieces', async () => {
    const { clock, print, printer } = await beforeLine(10, (p) => p.jam(), NARROW);
    print();
    printer.recoverable = true;
    clock.advance(3_000);
    const before = printer.heard.length;
    expect(print({ ticket: COPY })).toEqual({ outcome: 'printed', blocks: 4, confirmedBy: 'GS r' });
    const sent = printer.heard.slice(before).replaceAll(ASK, '');
    expect(sent.startsWith(`${'\0'.repeat(1_016)}\x1dr\x01\x1b@\r\n\x1bd\x04\x1b@\x1da\0\x1c&COPY 1\r\n`)).toBe(true);
    expect(printer.printed).toEqual([...linesOf(numbered(25)).slice(0, 9), ...linesOf(COPY)]);
  });

  test('goes on when the printer does not say that it is clear, after asking twice', async () => {
    const { clock, print, printer } = await beforeLine(10, (p) => p.paperOut());
    print();
    printer.script.cannotClear = true;
    printer.well();
    clock.advance(3_000);
    const before = printer.heard.length;
    expect(print({ ticket: COPY }).outcome).toBe('printed');
    expect(printer.heard.slice(before).split(CLEAR).length - 1).toBe(2);
  });

  test('may be of another life, and told to a job that could not begin: the next one does it', async () => {
    const { clock, print, printer } = await bench();
    printer.pieces = [['left from before']];
    printer.coverOpen();
    expect(print({ ticket: COPY, clearFirst: true }).outcome).toBe('not-printed');
    printer.well();
    clock.advance(1_000);
    expect(print({ ticket: numbered(25) }).outcome).toBe('printed');
    expect(printer.pieces).toEqual([['left from before'], linesOf(numbered(25)), []]);
  });

  test('may be of another life: then it is told so, and does the same', async () => {
    const { print, printer } = await bench();
    printer.pieces = [['left from before']];
    expect(print({ ticket: COPY, clearFirst: true }).outcome).toBe('printed');
    expect(printer.pieces).toEqual([['left from before'], linesOf(COPY), []]);
  });
});
