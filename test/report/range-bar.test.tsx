import { describe, expect, test } from 'vitest';
import { markup } from '../../src/report/page.js';
import { RangeBar, rangePlaces } from '../../src/report/range-bar.js';

const kinds = (range: Parameters<typeof rangePlaces>[0], value?: number) =>
  rangePlaces(range, value)?.zones.map(({ kind }) => kind);
const where = (range: Parameters<typeof rangePlaces>[0], value: number) => rangePlaces(range, value)?.value;

describe('the bar of a value and its limits', () => {
  test('has a zone for each judgement, in their order', () => {
    expect(kinds({ min: 10, max: 20 })).toEqual(['bad', 'good', 'bad']);
    expect(kinds({ min: 10, marginalMin: 12, marginalMax: 18, max: 20 })).toEqual([
      'bad',
      'near',
      'good',
      'near',
      'bad',
    ]);
    expect(kinds({ max: 20 })).toEqual(['good', 'bad']);
    expect(kinds({ max: 20, marginalMax: 15 })).toEqual(['good', 'near', 'bad']);
    expect(kinds({ min: 10, marginalMin: 12 })).toEqual(['bad', 'near', 'good']);
  });

  test('shows a value in the zone that it is judged by', () => {
    for (const [range, value, kind] of [
      [{ min: 10, max: 20 }, 15, 'good'],
      [{ min: 10, max: 20 }, 9.9, 'bad'],
      [{ min: 10, max: 20, marginalMax: 18 }, 19, 'near'],
      [{ max: 20, marginalMax: 15 }, 16, 'near'],
      [{ max: 20 }, 21, 'bad'],
      [{ min: 98 }, 97.9, 'bad'],
      [{ min: 98 }, 98.1, 'good'],
      [{ min: -20, max: 60 }, -12.5, 'good'],
      [{ max: -5 }, -4, 'bad'],
      [{ max: -5 }, -40, 'good'],
    ] as const) {
      const places = rangePlaces(range, value);
      const at = places?.value?.at ?? -1;
      expect(places?.zones.find(({ from, to }) => from <= at && at <= to)?.kind, JSON.stringify([range, value])).toBe(
        kind,
      );
    }
  });

  test('points beyond its end to a value that lies far out', () => {
    expect(where({ min: 10, max: 20 }, 1_000)).toEqual({ at: 1, beyond: 'right' });
    expect(where({ min: 10, max: 20 }, -1_000)).toEqual({ at: 0, beyond: 'left' });
    expect(where({ max: 20 }, 1e300)).toEqual({ at: 1, beyond: 'right' });
  });

  test('is none without a limit, and has no mark without a value', () => {
    expect(rangePlaces({}, 5)).toBe(undefined);
    expect(rangePlaces({ marginalMax: 5 }, 5)).toBe(undefined);
    expect(where({ max: 5 }, Number.NaN)).toBe(undefined);
    expect(
      markup(
        <p>
          <RangeBar range={{}} value={5} words="5" />
        </p>,
      ),
    ).toBe('<p></p>');
  });

  test('is drawn from limits that leave no room between them, or lie at zero', () => {
    for (const range of [{ min: 5, max: 5 }, { min: 0, max: 0 }, { max: 0 }, { min: 0 }, { min: 5, max: 1 }]) {
      for (const value of [undefined, 0, 5, -5]) {
        const svg = markup(<RangeBar range={range} value={value} words="words" />);
        expect(svg).not.toMatch(/NaN|Infinity|width="-/);
      }
    }
  });
});
