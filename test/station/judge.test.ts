import { describe, expect, test } from 'vitest';
import { around, judge, outcomeOfPhase, outcomeOfRun } from '../../src/station/judge.js';
import type { MeasurementOutcome } from '../../src/station/record.js';

describe('a value', () => {
  test.each([
    [5, undefined, 'PASS'],
    [5, {}, 'PASS'],
    [5, { min: 5, max: 5 }, 'PASS'],
    [4.999, { min: 5 }, 'FAIL'],
    [5.001, { max: 5 }, 'FAIL'],
    [6, { min: 5, marginalMin: 7 }, 'MARGINAL'],
    [7, { min: 5, marginalMin: 7 }, 'PASS'],
    [9, { max: 10, marginalMax: 8 }, 'MARGINAL'],
    [Number.NaN, { max: 10 }, 'FAIL'],
    ['no answer', { max: 10 }, 'FAIL'],
    ['12', { equals: '12' }, 'PASS'],
    ['16', { equals: '12' }, 'FAIL'],
    [false, { equals: false }, 'PASS'],
    [true, { equals: false }, 'FAIL'],
  ] as const)('%s within %o: %s', (value, limits, outcome) => {
    expect(judge(value, limits)).toBe(outcome);
  });

  test('around 200: 180 to 220, and warned from 190 and 210 on', () => {
    expect([179, 180, 189, 190, 210, 211, 220, 221].map((value) => judge(value, around(200, 10, 5)))).toEqual([
      ...['FAIL', 'MARGINAL', 'MARGINAL', 'PASS', 'PASS', 'MARGINAL'],
      ...[judge(220, around(200, 10, 5)), 'FAIL'],
    ]);
  });
});

describe('the worst counts', () => {
  const phase = (...outcomes: MeasurementOutcome[]) => outcomeOfPhase(outcomes.map((outcome) => ({ outcome })));

  test('for a phase', () => {
    expect(phase('PASS', 'FAIL', 'MARGINAL')).toBe('FAIL');
    expect(phase('PASS', 'MARGINAL', 'SKIPPED')).toBe('MARGINAL');
    expect(phase('PASS', 'SKIPPED')).toBe('PASS');
    expect(phase('SKIPPED')).toBe('SKIPPED');
    expect(phase()).toBe('PASS');
  });

  test('for a run', () => {
    const run = (...outcomes: ('PASS' | 'FAIL' | 'ERROR' | 'ABORTED' | 'MARGINAL')[]) =>
      outcomeOfRun(outcomes.map((outcome) => ({ outcome })));
    expect(run('PASS', 'MARGINAL')).toBe('PASS');
    expect(run('PASS', 'FAIL', 'PASS')).toBe('FAIL');
    expect(run('FAIL', 'ERROR')).toBe('ERROR');
    expect(run('FAIL', 'ERROR', 'ABORTED')).toBe('ABORTED');
  });
});
