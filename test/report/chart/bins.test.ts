import { describe, expect, test } from 'vitest';
import { binsOf, coarser } from '../../../src/report/chart/bins.js';

describe('bins', () => {
  test('are as wide as the narrowest step, so that those left out stay empty', () => {
    expect(
      binsOf([
        [4, 1],
        [0, 5],
        [1, 3],
      ]),
    ).toEqual([
      { from: 0, to: 1, count: 5 },
      { from: 1, to: 2, count: 3 },
      { from: 4, to: 5, count: 1 },
    ]);
  });

  test('of which there is one are wide enough to be seen', () => {
    expect(binsOf([[20, 7]])).toEqual([{ from: 20, to: 22, count: 7 }]);
    expect(binsOf([[0, 7]])).toEqual([{ from: 0, to: 1, count: 7 }]);
  });

  test('pass over what is no number or no count, and add up what comes twice', () => {
    expect(
      binsOf([
        ['x', 1],
        [Number.NaN, 1],
        [1, Number.NaN],
        [1, -2],
        [1, 2],
        [1, 3],
        [2, 0],
      ]),
    ).toEqual([
      { from: 1, to: 2, count: 5 },
      { from: 2, to: 3, count: 0 },
    ]);
  });

  test('of which there are too many are taken together, and lose no count', () => {
    const fine = binsOf(Array.from({ length: 100_000 }, (_, i) => [i, 1] as const));
    const coarse = coarser(fine, 120);
    expect(coarse.length).toBeLessThanOrEqual(120);
    expect(coarse.reduce((sum, { count }) => sum + count, 0)).toBe(100_000);
    expect(coarse[0]).toEqual({ from: 0, to: 834, count: 834 });
  });

  test('that lie far apart are no reason to make as many as would fit between them', () => {
    expect(
      coarser(
        binsOf([
          [0, 1],
          [1, 1],
          [1e12, 1],
        ]),
        120,
      ),
    ).toHaveLength(2);
  });
});
