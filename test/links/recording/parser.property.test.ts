import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PaperjamError } from '../../../src/base/errors.js';
import { ANY_STEPS, HEADER, plain, read, recorded, STARTED_AT } from './events.js';

describe('any recording', () => {
  test('comes back as it was told, with its times, whatever the chunks in which it is read', () => {
    fc.assert(
      fc.property(ANY_STEPS, fc.integer({ min: 1, max: 400 }), (steps, chunkBytes) => {
        const parts = recorded(steps);
        const { events, end, header } = read(Buffer.concat(parts), chunkBytes);
        expect(header).toEqual({ ...HEADER, startedAt: STARTED_AT });
        expect(events.map(plain)).toEqual(steps.map(({ event }) => event));
        const times = sums(steps.map(({ afterUs }) => afterUs));
        expect(events.map(({ atUs }) => atUs)).toEqual(times);
        const offsets = sums(parts.map(({ length }) => length));
        expect(events.map(({ offset }) => offset)).toEqual(offsets.slice(0, -2));
        expect(end).toEqual({ ended: true });
      }),
    );
  });

  test('cut off anywhere, gives every whole record before the cut, and tells what is left of the next', () => {
    fc.assert(
      fc.property(ANY_STEPS, fc.nat(), fc.integer({ min: 1, max: 400 }), (steps, cut, chunkBytes) => {
        const parts = recorded(steps);
        const file = Buffer.concat(parts);
        const length = cut % file.length;
        const { events, end, error } = read(file.subarray(0, length), chunkBytes);
        const headerBytes = parts[0]?.length ?? 0;
        if (length < headerBytes) {
          expect(error).toBeInstanceOf(PaperjamError);
          expect(error).toMatchObject({ code: 'PJ_RECORDING' });
          return;
        }
        let whole = headerBytes;
        let count = 0;
        while (whole + (parts[count + 1]?.length ?? 0) <= length) whole += parts[++count]?.length ?? 0;
        expect(events.map(plain)).toEqual(steps.slice(0, count).map(({ event }) => event));
        const torn = { offset: whole, bytes: length - whole };
        expect(end).toEqual(length === whole ? { ended: false } : { ended: false, torn });
      }),
    );
  });

  test('with zeros instead of its end, as a file system may leave it, is cut off there', () => {
    fc.assert(
      fc.property(
        ANY_STEPS,
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 1, max: 99 }),
        (steps, zeros, chunk) => {
          const file = Buffer.concat(recorded(steps, false));
          const { events, end } = read(Buffer.concat([file, Buffer.alloc(zeros)]), chunk);
          expect(events.length).toBe(steps.length);
          expect(end).toEqual({ ended: false, torn: { offset: file.length, bytes: zeros } });
        },
      ),
    );
  });

  test('with any byte changed, is never read as anything else without a word', () => {
    let damaged = 0;
    let torn = 0;
    fc.assert(
      fc.property(ANY_STEPS, fc.nat(), fc.integer({ min: 1, max: 255 }), (steps, place, flip) => {
        const parts = recorded(steps);
        const file = Buffer.concat(parts);
        const at = place % file.length;
        file[at] = (file[at] ?? 0) ^ flip;
        const { events, end, error } = read(file);
        // Everything before the record that holds the byte is as it was, and nothing more is believed.
        let before = 0;
        for (let offset = parts[0]?.length ?? 0; offset + (parts[before + 1]?.length ?? 0) <= at; before++)
          offset += parts[before + 1]?.length ?? 0;
        expect(events.map(plain)).toEqual(steps.slice(0, before).map(({ event }) => event));
        if (error === undefined) {
          torn++;
          expect(end?.torn?.bytes).toBeGreaterThan(0);
        } else {
          damaged++;
          expect(error).toBeInstanceOf(PaperjamError);
          expect(error).toMatchObject({ code: expect.stringMatching(/^PJ_RECORDING(_DAMAGED|_VERSION|)$/) });
        }
      }),
      { numRuns: 2_000 },
    );
    expect(torn).toBeLessThan(damaged / 50); // A length that grew beyond the end of the file, past its fold.
  });
});

test('any bytes at all give a clear error, or nothing', () => {
  const magic = Buffer.from('89504a520d0a1a0a01', 'hex');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (noise, begun) => {
      const { error, end } = read(begun ? Buffer.concat([magic, noise]) : noise);
      expect(end).toBeUndefined();
      expect(error).toBeInstanceOf(PaperjamError);
    }),
  );
});

/** Each with all before it. */
function sums(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}
