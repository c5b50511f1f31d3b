import { describe, expect, test } from 'vitest';
import type { Measurement } from '../../src/station/record.js';
import {
  countsOf,
  countsText,
  deviceName,
  limitsText,
  oneLine,
  resultText,
  valueText,
} from '../../src/station/words.js';

const measured = (more: Partial<Measurement>): Measurement => ({ name: 'a', title: 'A', outcome: 'PASS', ...more });

describe('a measurement in words', () => {
  test.each<[Partial<Measurement>, string]>([
    [{ value: 12.5, unit: 'ms', limits: { max: 10 } }, '12.5 ms, wanted ≤ 10 ms'],
    [{ value: 958.4, unit: 'bytes/s', limits: { min: 940, max: 960 } }, '958.4 bytes/s, wanted 940 … 960 bytes/s'],
    [{ value: 99, unit: '%', limits: { min: 98 } }, '99 %, wanted ≥ 98 %'],
    [{ value: false, limits: { equals: true } }, 'no, wanted yes'],
    [{ value: '1e', limits: { equals: '12' } }, '1e, wanted 12'],
    [{ value: 5, limits: { min: 1, equals: 5 } }, '5, wanted ≥ 1 and = 5'],
    [{ value: 4_096, unit: 'bytes' }, '4,096 bytes'],
    [{ limits: { max: 10 }, unit: 'ms', outcome: 'SKIPPED' }, 'no value, wanted ≤ 10 ms'],
  ])('%j reads %s', (more, words) => {
    expect(resultText(measured(more))).toBe(words);
  });

  test('is not rounded to the very limit that it misses', () => {
    expect(valueText(measured({ value: 97.99996, limits: { min: 98 }, outcome: 'FAIL' }))).toBe('97.99996');
    expect(valueText(measured({ value: 98.00004, limits: { min: 98 }, outcome: 'PASS' }))).toBe('98');
  });
});

test('limits that are not there have no words', () => {
  expect([limitsText(undefined), limitsText({})]).toEqual(['', '']);
});

test('measurements are counted by what became of them', () => {
  const counts = countsOf([
    measured({}),
    measured({}),
    measured({ outcome: 'FAIL' }),
    measured({ outcome: 'SKIPPED' }),
  ]);
  expect(countsText(counts)).toBe('2 passed, 1 failed, 1 skipped');
  expect(countsText(countsOf([]))).toBe('nothing measured');
});

test('a device is called as it calls itself, or else by its profile', () => {
  const dut = { profile: 'xprinter-xp-58', printer: 'emulated' };
  expect(deviceName({ dut })).toBe('xprinter-xp-58');
  expect(deviceName({ dut: { ...dut, maker: 'EPSON', model: 'TM-m30' } })).toBe('EPSON TM-m30');
  expect(deviceName({ dut: { ...dut, maker: ' ', model: '' } })).toBe('xprinter-xp-58');
});

test('what others wrote commands no terminal and breaks no line', () => {
  expect(oneLine('a\u001b[31mb\r\nc\u202ed\u2028e\u0000 ')).toBe('a [31mb c d e');
});
