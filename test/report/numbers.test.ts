import { describe, expect, test } from 'vitest';
import { durationText, numberText, tickTexts } from '../../src/report/numbers.js';

describe('a measured number', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [4_096, '4,096'],
    [115_200, '115,200'],
    [2.412, '2.412'],
    [62.6, '62.6'],
    [0.1 + 0.2, '0.3'],
    [198.71234, '198.71'],
    [12_345.678, '12,346'],
    [0.00012345, '0.00012345'],
    [-12.5, '−12.5'],
    [1e-9, '1e−9'],
    [1.5e21, '1.5e21'],
    [-2e300, '−2e300'],
    [Number.NaN, 'not a number'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ])('%d reads %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });
});

describe('the numbers at an axis', () => {
  test.each([
    [
      [0, 0.5, 1],
      ['0', '0.5', '1.0'],
    ],
    [
      [0, 20, 40],
      ['0', '20', '40'],
    ],
    [
      [98.25, 98.5, 98.75],
      ['98.25', '98.50', '98.75'],
    ],
    [
      [0, 5_000, 10_000],
      ['0', '5,000', '10,000'],
    ],
    [
      [0, 500_000, 1_000_000],
      ['0', '0.5M', '1.0M'],
    ],
    [
      [0, 2e12, 4e12],
      ['0', '2T', '4T'],
    ],
    [
      [0, 1e300],
      ['0', '1e300'],
    ],
    [
      [0, 1e-9, 2e-9],
      ['0', '1e−9', '2e−9'],
    ],
    [[7], ['7']],
    [[], []],
  ])('%j read %j', (ticks, texts) => {
    expect(tickTexts(ticks)).toEqual(texts);
  });
});

describe('a duration', () => {
  test.each([
    [0, '0 ms'],
    [2.34, '2.3 ms'],
    [820, '820 ms'],
    [999.6, '1.0 s'],
    [12_449, '12.4 s'],
    [59_960, '1 min 00 s'],
    [187_000, '3 min 07 s'],
    [3_599_600, '1 h 00 min'],
    [7_500_000, '2 h 05 min'],
  ])('of %d ms reads %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});
