import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounder } from '../../../src/sim/shrink/simpler.js';

test('a number is said in rounder ones, the easiest first', () => {
  expect(rounder(37_412)).toEqual([0, 1, 10_000, 30_000, 40_000, 37_000, 38_000]);
  expect(rounder(6)).toEqual([0, 1, 3]);
  expect(rounder(0.35)).toEqual([0, 0.1, 0.3, 0.4, 1]);
  expect(rounder(-250)).toEqual([0, -1, -100, -200, -300]);
  expect(rounder(0)).toEqual([]);
});

test('rounder numbers come to an end, whichever is taken', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.array(fc.nat(), { minLength: 200, maxLength: 200 }),
      (from, picks) => {
        let at = from;
        for (const pick of picks) at = rounder(at).at(pick % Math.max(rounder(at).length, 1)) ?? at;
        expect(rounder(at)).toEqual([]);
        expect(at).toBe(0);
      },
    ),
  );
});
