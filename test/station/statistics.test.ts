import { describe, expect, test } from 'vitest';
import { agreed } from '../../src/station/phases/speed.js';
import { histogram, percentile, regression, rounded } from '../../src/station/statistics.js';

describe('a percentile', () => {
  test('is a value that was there, by nearest rank', () => {
    const values = [15, 20, 35, 40, 50];
    expect([5, 30, 40, 50, 100].map((p) => percentile(values, p))).toEqual([15, 20, 20, 35, 50]);
  });

  test('of hundreds is not the highest', () => {
    const values = Array.from({ length: 200 }, (_, i) => i + 1);
    expect(percentile(values, 99)).toBe(198);
  });

  test('of nothing is nothing', () => {
    expect(percentile([], 50)).toBeUndefined();
  });
});

describe('a histogram', () => {
  test('counts every value once, in bins of 1, 2 or 5 times a power of ten', () => {
    const points = histogram([0.31, 0.35, 0.52, 1.9], 10);
    expect(points).toEqual([[0.2, 2], [0.4, 1], ...[0.6, 0.8, 1, 1.2, 1.4, 1.6].map((edge) => [edge, 0]), [1.8, 1]]);
  });

  test('of equal values is one bin', () => {
    expect(histogram([4.167, 4.167])).toEqual([[4.16, 2]]);
    expect(histogram([])).toEqual([]);
  });

  test('never has more bins than wanted', () => {
    for (const most of [2, 5, 40]) {
      const points = histogram([0, 0.07, 3, 99.99, 1_000], most);
      expect(points.length).toBeLessThanOrEqual(most + 1);
      expect(points.reduce((sum, [, count]) => sum + count, 0)).toBe(5);
    }
  });
});

test('a straight line is found, whatever every measurement costs besides', () => {
  const line = regression([10, 20, 40].map((mm) => [mm, 5 * mm + 12] as const));
  expect(line?.slope).toBeCloseTo(5);
  expect(line?.intercept).toBeCloseTo(12);
  expect(
    regression([
      [3, 1],
      [3, 2],
    ]),
  ).toBeUndefined();
  expect(rounded(1.005_01, 2)).toBe(1.01);
});

describe('times of the same thing', () => {
  test('agree when three are near each other, however far off the others are', () => {
    expect(agreed([100, 140])).toBeUndefined();
    expect(agreed([100, 140, 100.5])).toBeUndefined();
    expect(agreed([100, 140, 100.5, 60, 101])).toBe(100.5);
    expect(agreed([1_000, 1_014, 1_007])).toBe(1_007);
    expect(agreed([100, 101, 104])).toBeUndefined();
  });
});
