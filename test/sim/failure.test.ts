import { expect, test } from 'vitest';
import type { FixtureRun, Problem } from '../../src/fixture/result.js';
import { failureOf } from '../../src/sim/failure.js';

const run = (
  outcome: FixtureRun['outcome'],
  problems: readonly Partial<Problem>[] = [],
  reason?: string,
): FixtureRun => ({
  id: 'a',
  file: 'a',
  title: { zh: '甲', en: 'a' },
  device: 'epson-tm-m30',
  parameters: {},
  seed: 1,
  ground: 'virtual',
  outcome,
  ...(reason === undefined ? {} : { reason }),
  problems: problems.map((problem) => ({
    line: 1,
    column: 1,
    path: 'steps',
    expected: 'one',
    actual: 'two',
    atMs: 5,
    ...problem,
  })),
  worldMs: 1,
  sales: [],
  timeline: [],
  papers: [],
  repeat: '',
});

test('a run that passed, or that could not be done here, has not failed', () => {
  expect(failureOf(run('passed'))).toBeUndefined();
  expect(failureOf(run('skipped', [], 'no ribbon'))).toBeUndefined();
});

test('a run that broke off is a crash, whatever else was found', () => {
  const broken = run('broken', [{ oracle: 'one-payment' }], 'TypeError: x is undefined');
  expect(failureOf(broken)).toEqual({ kind: 'crash', says: 'TypeError: x is undefined' });
});

test('of several the worst counts: safety, then liveness, then what the fixture itself had asked for', () => {
  expect(failureOf(run('failed', [{}, { oracle: 'settles' }, { oracle: 'one-original' }]))).toEqual({
    kind: 'safety',
    oracle: 'one-original',
    says: 'one; two',
  });
  expect(failureOf(run('failed', [{}, { oracle: 'settles' }]))).toMatchObject({ kind: 'liveness', oracle: 'settles' });
  expect(failureOf(run('failed', [{}]))).toEqual({ kind: 'expectation', says: 'one; two' });
});
