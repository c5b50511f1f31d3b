import { describe, expect, test } from 'vitest';
import type { JobResult } from '../../../src/ports/printer.js';
import type { Dialect, TicketBlock } from '../../../src/printer/dialect.js';
import { type Bench, benchWith } from '../bench-world.js';
import { WIDE } from '../profiles.js';

const PROFILE = { ...WIDE, baud: 9_600, speedMmPerS: 100, receiveBufferBytes: 512, checkpoint: 'none' } as const;

/** Ten blocks of 100 bytes and 20 mm: 104 ms on the wire, and a quarter of a second of printing by the profile. */
const BLOCKS: TicketBlock[] = Array.from({ length: 10 }, (_, i) => ({
  name: `block ${i}`,
  bytes: Buffer.from(`${`${i}`.repeat(98)}\r\n`),
  lines: [i + 1, i + 1],
  paperMm: 20,
  cuts: i === 9 ? 1 : 0,
}));

/** A language that knows none of the driver's questions, and prints what it does not know. */
const MUTE: Dialect = {
  answers: 'nothing',
  encode: () => ({ blocks: BLOCKS, lines: 10 }),
  finishPiece: Buffer.from('<finish>'),
  longestCommandBytes: 5,
};

function world(): Bench & { sentBlocks(): number } {
  const made = benchWith(MUTE, {}, PROFILE);
  return { ...made, sentBlocks: () => made.printer.heard.split('\n').length - 1 };
}

describe('a printer whose language knows no questions', () => {
  test('is sent none: zeros that end a command, and tickets', () => {
    const { clock, driver, print, printer } = world();
    clock.advance(10_000);
    expect(driver.status()).toMatchObject({ ready: true, life: 'online', proof: 'none', faults: [] });
    print();
    clock.advance(10_000);
    const ticket = BLOCKS.map(({ bytes }) => Buffer.from(bytes).toString()).join('');
    expect(printer.heard).toBe(`\0\0\0\0\0${ticket}`);
  });

  test('gets its ticket in its own time, and it is unconfirmed', () => {
    const { clock, print } = world();
    clock.advance(100);
    const startMs = clock.now();
    expect(print()).toEqual({ outcome: 'unconfirmed', blocks: 10 });
    // 200 mm at 100 mm/s, and a quarter more in case it is slower than it says; the cut; the first block on the wire.
    expect(clock.now() - startMs).toBeGreaterThan(2_500 + 500);
    expect(clock.now() - startMs).toBeLessThan(2_500 + 500 + 500);
  });

  test('is sent no more than its buffer holds, and the end only when all else must be out', () => {
    const { clock, start, sentBlocks } = world();
    clock.advance(100);
    start();
    clock.advance(5);
    expect(sentBlocks()).toBe(2); // 256 of 512 bytes are left free.
    clock.advance(104 + 250);
    expect(sentBlocks()).toBe(3);
    clock.advance(250 * 8 - 50);
    expect(sentBlocks()).toBe(9);
    clock.advance(100);
    expect(sentBlocks()).toBe(10);
  });

  test('is obeyed when it asks for a pause, and what was under way takes its time anew', () => {
    const { clock, printer, results, start, sentBlocks } = world();
    clock.advance(100);
    start();
    clock.advance(200);
    printer.say(0x13);
    clock.advance(8_000);
    expect(sentBlocks()).toBe(2);
    printer.say(0x11);
    clock.advance(200);
    expect(sentBlocks()).toBe(2);
    clock.advance(60);
    expect(sentBlocks()).toBe(3);
    clock.advance(10_000);
    expect(results).toEqual([{ outcome: 'unconfirmed', blocks: 10 }]);
  });

  test('that never ends its pause: partial, stalled; whatever else it says is not understood', () => {
    const { clock, printer, results, start } = world();
    clock.advance(100);
    start();
    clock.advance(200);
    printer.say(0x13);
    for (const byte of [0x12, 0x12, 0x12, 0x12, 0x00, 0x37, 0x22, 0x20, 0x20, 0x20, 0x20, 0x00]) printer.say(byte);
    clock.advance(20_000);
    expect(results).toEqual([{ outcome: 'partial', block: 0, blocks: 10, reason: 'stalled' }]);
  });

  test('with all of it sent and a pause that never ends: unknown', () => {
    const { clock, printer, results, start, sentBlocks } = world();
    clock.advance(100);
    start();
    clock.runUntil(() => sentBlocks() === 10, 10_000);
    printer.say(0x13);
    clock.advance(20_000);
    expect(results).toEqual([{ outcome: 'unknown', block: 0, blocks: 10, reason: 'stalled' }]);
  });

  test('whose cable comes out: partial, and the next ticket begins by ending the command and the piece', () => {
    const { clock, print, printer, results, start } = world();
    clock.advance(100);
    start();
    clock.advance(600);
    printer.unplug();
    clock.advance(2_000);
    expect(results).toEqual([{ outcome: 'partial', block: 0, blocks: 10, reason: 'link-lost' }]);
    printer.plug();
    clock.advance(5_000);
    const before = printer.heard.length;
    expect(print().outcome).toBe('unconfirmed');
    expect(printer.heard.slice(before).startsWith('\0\0\0\0\0<finish>000')).toBe(true);
  });

  test('that is not there: not printed', () => {
    const { print, printer } = world();
    printer.unplug();
    expect(print()).toEqual({ outcome: 'not-printed', blocks: 10, reason: 'link-lost' } satisfies JobResult);
  });

  test('two tickets follow each other without a piece of paper between them', () => {
    const { print, printer } = world();
    print();
    print();
    expect(printer.heard).not.toContain('<finish>');
  });
});
