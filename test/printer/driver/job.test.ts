import { describe, expect, test } from 'vitest';
import { VIRTUAL_EPOCH_MS } from '../../../src/ground/virtual-clock.js';
import { bench } from '../bench-world.js';
import { NARROW, WIDE } from '../profiles.js';
import { linesOf, numbered, SHOP_TICKET } from '../tickets.js';

const ASK = '\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04';

describe('a job', () => {
  test('is printed when the printer confirmed its last block', async () => {
    const { print, printer } = await bench();
    expect(print()).toEqual({ outcome: 'printed', blocks: 4, confirmedBy: 'GS ( H' });
    expect(printer.pieces).toEqual([linesOf(numbered(25)), []]);
  });

  test('with Chinese, sizes and a QR code is printed too', async () => {
    const { print } = await bench();
    expect(print({ ticket: SHOP_TICKET })).toEqual({ outcome: 'printed', blocks: 6, confirmedBy: 'GS ( H' });
  });

  test('begins when the printer, asked afresh, said that it is well', async () => {
    const { clock, printer, start } = await bench({ idlePollMs: 0 });
    clock.advance(60_000);
    const before = printer.heard.length;
    start();
    clock.advance(0.5);
    expect(printer.heard.slice(before)).toBe(ASK);
    clock.advance(1);
    expect(printer.heard.slice(before + ASK.length).startsWith('\x1b@\x1da\x0e\x1c&LINE 1\r\n')).toBe(true);
  });

  test('sends each block with a request for a process ID, as many as the buffer holds, the last one only after all others', async () => {
    const { clock, printer, start } = await bench();
    clock.advance(100);
    printer.script.confirmsNothing = true;
    start();
    clock.advance(400);
    const [, ...ids] = printer.processIds(); // The first was asked for on opening.
    expect(ids).toHaveLength(3);
    for (const id of ids.slice(0, 2)) printer.say(0x37, 0x22, ...id, 0x00);
    clock.advance(10);
    expect(printer.processIds()).toHaveLength(4); // Block 3 is not confirmed, so block 4 waits.
    expect(printer.heard).not.toContain('LINE 22');
    printer.say(0x37, 0x22, ...(ids[2] ?? []), 0x00);
    clock.advance(10);
    expect(printer.processIds()).toHaveLength(5);
    expect(printer.heard).toContain('LINE 22');
  });

  test.each([
    // Blocks of 74, 72 and 74 bytes with their requests; 256 bytes are left free, or half of a small buffer.
    [100, 1],
    [290, 1],
    [292, 2],
    [438, 2],
    [440, 3],
  ])('with a receive buffer of %i bytes sends %i blocks ahead', async (receiveBufferBytes, ahead) => {
    const { clock, printer, start } = await bench({}, { ...WIDE, receiveBufferBytes });
    clock.advance(100);
    printer.script.confirmsNothing = true;
    start();
    clock.advance(400);
    expect(printer.processIds()).toHaveLength(1 + ahead);
  });

  test('ends when a confirmation is left out: the block may be missing, as after a moment without power', async () => {
    const { clock, printer, start, results } = await bench();
    clock.advance(100);
    start();
    // The first response is lost on the wire.
    printer.beforeLine.set(8, () => {
      printer.script.confirmsNothing = false;
    });
    printer.script.confirmsNothing = true;
    clock.advance(5_000);
    expect(results).toEqual([{ outcome: 'partial', block: 0, blocks: 4, reason: 'no-answer' }]);
  });

  test('has its own process IDs: what is said about another job, or about nothing, moves nothing', async () => {
    const { clock, print, printer, start, results } = await bench();
    print();
    const old = printer.processIds();
    expect(old).toHaveLength(5);
    printer.script.confirmsNothing = true;
    start();
    clock.advance(200);
    for (const id of old) printer.say(0x37, 0x22, ...id, 0x00);
    printer.say(0x37, 0x22, 0x20, 0x20, 0x20, 0x20, 0x00);
    clock.advance(60_000);
    expect(results[1]).toEqual({ outcome: 'partial', block: 0, blocks: 4, reason: 'stalled' });
  });

  test('takes its word once, through the clock, never from inside print', async () => {
    const { clock, driver } = await bench();
    let told = 0;
    driver.print({ jobId: 'a', ticket: numbered(1) }, () => told++);
    expect(told).toBe(0);
    clock.advance(60_000);
    expect(told).toBe(1);
  });

  test('waits for the jobs before it', async () => {
    const { clock, driver, printer } = await bench();
    const order: string[] = [];
    for (const mark of ['FIRST', 'SECOND', 'THIRD']) {
      driver.print({ jobId: mark, ticket: numbered(9, mark) }, ({ outcome }) => order.push(`${mark} ${outcome}`));
    }
    clock.advance(10_000);
    expect(order).toEqual(['FIRST printed', 'SECOND printed', 'THIRD printed']);
    expect(printer.pieces.map((piece) => piece[0])).toEqual(['FIRST 1', 'SECOND 1', 'THIRD 1', undefined]);
  });

  test('may be asked for from inside the word about the one before', async () => {
    const { clock, driver } = await bench();
    const told: string[] = [];
    driver.print({ jobId: 'a', ticket: numbered(1) }, () => {
      told.push('a');
      driver.print({ jobId: 'b', ticket: numbered(1) }, ({ outcome }) => told.push(`b ${outcome}`));
      expect(told).toEqual(['a']);
    });
    clock.advance(10_000);
    expect(told).toEqual(['a', 'b printed']);
  });

  test('that this printer cannot print is refused at once, in words, and nothing is sent', async () => {
    const { clock, driver, printer } = await bench({ idlePollMs: 0 });
    clock.advance(100);
    const before = printer.heard;
    const ticket = { elements: [{ kind: 'qr', data: '' } as const] };
    expect(() => driver.print({ jobId: 'a', ticket }, () => {})).toThrow('The ticket cannot be printed');
    clock.advance(1_000);
    expect(printer.heard).toBe(before);
  });

  test('under way when the driver is closed ends without a word, and closing again does nothing', async () => {
    const { clock, driver, results, start } = await bench();
    start();
    start();
    clock.advance(100);
    driver.close();
    driver.close();
    start();
    clock.advance(120_000);
    expect(results).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  test('leaves no timers behind', async () => {
    const { clock, print } = await bench({ idlePollMs: 0 });
    for (let i = 0; i < 5; i++) print();
    clock.advance(1_000);
    expect(clock.pending).toBe(0);
  });

  test('takes few looks at a printer that gets on with it', async () => {
    const { print, printer, clock } = await bench({ idlePollMs: 0 });
    clock.advance(100);
    const before = printer.heard.length;
    print();
    expect(printer.heard.slice(before).split(ASK).length - 1).toBe(1);
    expect(clock.now() - VIRTUAL_EPOCH_MS).toBeLessThan(1_000);
  });
});

describe('a job on a printer proved by GS r', () => {
  test('sends one block at a time, each followed by GS r 1, and is printed when the last is answered', async () => {
    const { print, printer } = await bench({}, NARROW);
    expect(print()).toEqual({ outcome: 'printed', blocks: 4, confirmedBy: 'GS r' });
    expect(printer.printed).toEqual(linesOf(numbered(25)));
    expect(printer.heard).toContain('LINE 7\r\n\x1dr\x01LINE 8\r\n');
    expect(printer.heard.endsWith('LINE 25\r\n\x1bd\x02\x1bd\x04\x1dr\x01')).toBe(true);
    expect(printer.heard).not.toContain('\x1d(H');
  });

  test('believes no answer before a first one came and some quiet after it: answers to an earlier life may be under way', async () => {
    const { clock, printer, start } = await bench({}, NARROW);
    printer.script.confirmsNothing = true;
    clock.advance(100);
    start();
    clock.advance(1_000);
    printer.say(0x00);
    clock.advance(290);
    printer.say(0x00); // Stale, and late.
    clock.advance(290);
    expect(printer.heard).not.toContain('LINE');
    clock.advance(20);
    expect(printer.heard).toContain('LINE 1');
  });

  test('does not take the answer `paper end` for a confirmation', async () => {
    const { clock, printer, start, results } = await bench({}, NARROW);
    clock.advance(100);
    start();
    clock.advance(400);
    printer.script.confirmsNothing = true;
    clock.advance(500);
    printer.say(0x0c);
    clock.advance(120_000);
    expect(results[0]).toMatchObject({ outcome: 'partial', reason: 'stalled' });
  });
});
