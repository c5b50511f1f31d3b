import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Hearing, misheard } from '../../src/links/misheard.js';

const text = (words: string) => new Uint8Array(Buffer.from(words));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('a receiver at another rate', () => {
  test('the same rate, and one that is 3 % off, hear what was sent', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        for (const rate of [9_600, 9_888, 9_312]) expect(misheard(bytes, 9_600, rate, 0x3f)).toEqual(bytes);
      }),
    );
  });

  test('half as fast: each bit is the one of two that it meets', () => {
    // Bit n of its own is in the middle at 1.5 + n, so at 3 + 2n of the sender's: 3, 5 and 7 are data, 9 is the stop bit.
    expect(hex(misheard(Uint8Array.of(0x00), 19_200, 9_600, 0x3f))).toBe('f8');
    // A lone start bit is over where the receiver looks whether it is one.
    expect(hex(misheard(Uint8Array.of(0xff), 19_200, 9_600, 0x3f))).toBe('');
    expect(hex(misheard(Uint8Array.of(0xfe), 19_200, 9_600, 0x3f))).toBe('ff');
  });

  test('twelve times as fast: every bit 0 is a byte without a stop bit', () => {
    // 0x41 is sent as 0 10000010 1: three runs of zeros; in one bit of the sender lies a whole byte and its stop bit.
    expect(hex(misheard(Uint8Array.of(0x41), 9_600, 115_200, 0x3f))).toMatch(/^(3f)+$/);
    expect(hex(misheard(Uint8Array.of(0x41), 9_600, 115_200))).toBe('');
  });

  test('it is the same each time, and ends whatever is sent', () => {
    const rate = fc.integer({ min: 300, max: 921_600 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), rate, rate, (bytes, sent, heard) => {
        const once = misheard(bytes, sent, heard, 0x3f);
        expect(misheard(bytes, sent, heard, 0x3f)).toEqual(once);
        expect(once.length).toBeLessThanOrEqual(Math.ceil((bytes.length * 10 * heard) / sent) + 1);
      }),
    );
  });
});

test('each end hears the other at its own rate, the printer with question marks; at the same rate nothing is changed', () => {
  const hearing = new Hearing();
  const bytes = text('hello');
  expect(hearing.atPrinter(bytes)).toBe(bytes);
  hearing.set({ host: 9_600, printer: 115_200 });
  expect(Buffer.from(hearing.atPrinter(bytes)).toString()).toMatch(/^\?+$/);
  hearing.set({ host: 115_200, printer: 9_600 });
  expect(hearing.atPrinter(bytes)).not.toEqual(bytes);
  expect(hearing.atHost(text('\x12'))).toHaveLength(0);
  hearing.set(undefined);
  expect(hearing.atHost(bytes)).toBe(bytes);
});
