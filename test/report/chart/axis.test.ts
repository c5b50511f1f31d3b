import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactAxis, extent, fitted, niceTicks, place, roundAxis, textPx } from '../../../src/report/chart/axis.js';

describe('ticks', () => {
  test('are round numbers in steps of 1, 2 or 5', () => {
    expect(niceTicks(0, 10, 6)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(niceTicks(0, 1, 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(niceTicks(3.2, 47, 6)).toEqual([10, 20, 30, 40]);
    expect(niceTicks(-1, 1, 5)).toEqual([-1, -0.5, 0, 0.5, 1]);
  });

  test('leave nothing behind of binary fractions', () => {
    expect(niceTicks(0, 0.3, 4)).toEqual([0, 0.1, 0.2, 0.3]);
  });

  test('are never more than asked for, rise, and lie within, whatever the ends', () => {
    const finite = fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((value) => (Math.abs(value) < 1e-300 ? 0 : value));
    fc.assert(
      fc.property(
        fc.array(finite, { maxLength: 5 }),
        fc.boolean(),
        fc.integer({ min: 2, max: 12 }),
        (values, zero, most) => {
          const { lo, hi } = extent(values, zero);
          expect(hi).toBeGreaterThan(lo);
          const ticks = niceTicks(lo, hi, most);
          expect(ticks.length).toBeLessThanOrEqual(most);
          expect(ticks.every((tick, i) => Number.isFinite(tick) && (i === 0 || tick > (ticks[i - 1] ?? 0)))).toBe(true);
          const slack = (hi - lo) * 1e-6;
          expect(ticks.every((tick) => tick >= lo - slack && tick <= hi + slack)).toBe(true);
        },
      ),
    );
  });
});

describe('an axis', () => {
  test('has ends even without values, without a spread, and with values that are no numbers', () => {
    expect(extent([], false)).toEqual({ lo: 0, hi: 1 });
    expect(extent([7], false)).toEqual({ lo: 3.5, hi: 10.5 });
    expect(extent([0, 0], false)).toEqual({ lo: 0, hi: 1 });
    expect(extent([-4, -4], false)).toEqual({ lo: -6, hi: -2 });
    expect(extent([Number.NaN, Number.POSITIVE_INFINITY, 3, 5], false)).toEqual({ lo: 3, hi: 5 });
    expect(extent([3, 5], true)).toEqual({ lo: 0, hi: 5 });
  });

  test('that is round ends in ticks, and shows all values', () => {
    const axis = roundAxis({ lo: 0, hi: 10_911 }, 5);
    expect(axis.ticks.map(({ text }) => text)).toEqual(['0', '5,000', '10,000', '15,000']);
    expect([axis.lo, axis.hi]).toEqual([0, 15_000]);
    expect(roundAxis({ lo: 176.7, hi: 204 }, 5).ticks.map(({ value }) => value)).toEqual([170, 180, 190, 200, 210]);
  });

  test('has only as many numbers as have room', () => {
    const span = { lo: 0, hi: 40_000 };
    for (const px of [40, 120, 300, 600]) {
      const { ticks } = exactAxis(span, px);
      const at = place(span, 0, px);
      for (const [i, tick] of ticks.slice(1).entries()) {
        const before = ticks[i];
        if (before === undefined) continue;
        const gap = at(tick.value) - at(before.value) - (textPx(tick.text) + textPx(before.text)) / 2;
        if (px > 100) expect(gap).toBeGreaterThan(0);
      }
    }
    expect(exactAxis(span, 600).ticks.length).toBeGreaterThan(exactAxis(span, 120).ticks.length);
  });

  test('keeps a value that lies beyond it at its end', () => {
    const at = place({ lo: 10, hi: 20 }, 100, 200);
    expect([at(10), at(15), at(20), at(5), at(99)]).toEqual([100, 150, 200, 100, 200]);
  });
});

test('a label that is too long ends in an ellipsis, a hanzi counting twice', () => {
  expect(fitted('EAN-13', 150)).toBe('EAN-13');
  expect(fitted('GS1 DataBar Expanded Stacked', 70)).toBe('GS1 DataB…');
  expect(fitted('汉字汉字汉字', 70)).toBe('汉字汉字…');
});
