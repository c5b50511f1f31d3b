import { describe, expect, test } from 'vitest';
import type { FixtureRun, Problem } from '../../../src/fixture/result.js';
import { runVirtual } from '../../../src/fixture/run.js';
import { sameFailure } from '../../../src/sim/shrink/same.js';
import { fixtureFolder, planned } from '../../fixture/support.js';

const { write } = fixtureFolder();

async function ran(text: string): Promise<FixtureRun> {
  const [run] = planned(write(`title: { zh: 测试, en: test }\n${text}`));
  if (run === undefined) throw new Error('a run was planned');
  return runVirtual(run);
}

const passed = await ran('steps: [{ sell: { yuan: 12.80, customer: pays } }]');
const unpaid = await ran('steps: [{ sell: { yuan: 12.80, customer: refuses } }]');

function problem(more: Partial<Problem>): Problem {
  return { line: 1, column: 1, path: 'expect', expected: 'that', actual: 'this', atMs: 1_000, ...more };
}

function failed(more: Partial<Problem>, run = passed): FixtureRun {
  return { ...run, outcome: 'failed', problems: [problem(more)] };
}

const broken = (reason: string): FixtureRun => ({ ...passed, outcome: 'broken', reason });

function areSame(one: FixtureRun, other: FixtureRun): boolean {
  const same = sameFailure(one)?.(other) === true;
  expect(sameFailure(other)?.(one) === true).toBe(same);
  return same;
}

test('a run that passes has no failure that another could have too', () => {
  expect(sameFailure(passed)).toBeUndefined();
  expect(sameFailure(failed({}))?.(passed)).toBe(false);
});

describe('what must always hold, and did not, is the same', () => {
  test('by its oracle, whatever was said of it and whichever sale it was about', () => {
    const one = failed({ oracle: 'one-payment', actual: '2560 fen kept', path: 'steps[0].sell' });
    expect(areSame(one, failed({ oracle: 'one-payment', actual: '200 fen kept' }, unpaid))).toBe(true);
    expect(areSame(one, failed({ oracle: 'true-verdict', actual: '2560 fen kept', path: 'steps[0].sell' }))).toBe(
      false,
    );
    expect(areSame(one, failed({ actual: '2560 fen kept', path: 'steps[0].sell' }))).toBe(false);
  });

  test('and what breaks safety is not what only never ends', () => {
    const settles = failed({ oracle: 'settles' });
    const both = { ...settles, problems: [...settles.problems, problem({ oracle: 'one-payment' })] };
    expect(areSame(settles, both)).toBe(false);
  });
});

describe('a crash is the same', () => {
  const thrown = (error: string, by: string, line: number) =>
    broken(
      `${error}: no ${line}\n    at ${by} (file:///src/x.ts:${line}:7)\n    at next (x); steps[${line}] (line ${line})`,
    );

  test('by the error and who threw it', () => {
    expect(areSame(thrown('TypeError', 'book', 1), thrown('TypeError', 'book', 22))).toBe(true);
    expect(areSame(thrown('TypeError', 'book', 1), thrown('TypeError', 'look', 1))).toBe(false);
    expect(areSame(thrown('TypeError', 'book', 1), thrown('RangeError', 'book', 1))).toBe(false);
  });

  test('by the code that the product has for it', () => {
    const busy = broken('steps[3] (line 9): PJ_BUSY: The terminal cannot do this now: printing.');
    expect(areSame(busy, broken('steps[1] (line 4): PJ_BUSY: The terminal cannot do this now: idle.'))).toBe(true);
    expect(areSame(busy, broken('steps[3] (line 9): PJ_AMOUNT: The amount is not accepted.'))).toBe(false);
    expect(areSame(busy, broken('steps[3] (line 9): the sale coffee was not begun'))).toBe(false);
  });
});

describe('an expectation that was not met is the same', () => {
  const ticket = { path: 'expect.sales.coffee.ticket', expected: 'printed', actual: 'partial' };

  test('by its field and what is so, and by what became of the sale', () => {
    expect(areSame(failed(ticket), failed({ ...ticket, path: 'steps[4].expect.sales.tea.ticket' }))).toBe(true);
    expect(
      areSame(failed(ticket), failed({ ...ticket, path: 'expect.sales.every.ticket', actual: 'partial, of tea' })),
    ).toBe(true);
    expect(areSame(failed(ticket), failed({ ...ticket, actual: 'none' }))).toBe(false);
    expect(areSame(failed(ticket), failed({ ...ticket, path: 'expect.sales.coffee.payment' }))).toBe(false);
    expect(areSame(failed(ticket), failed(ticket, unpaid))).toBe(false);
  });

  test('with other amounts, but not with another count', () => {
    const kept = { path: 'expect.ledger.keptFen', expected: '1280', actual: '2560' };
    expect(areSame(failed(kept), failed({ ...kept, actual: '200' }))).toBe(true);
    const copies = { path: 'expect.paper.copies', expected: '0', actual: '1' };
    expect(areSame(failed(copies), failed({ ...copies, actual: '2' }))).toBe(false);
  });

  test('of something that did not come, by where the terminal stood then', () => {
    const hint = (state: string) =>
      `the terminal is in ${state} and shows "x"; the printer is ready; there are no faults`;
    const wait = { path: 'steps[3].wait', expected: 'the terminal is free, within 1 s', hint: hint('printFault') };
    expect(areSame(failed(wait), failed({ ...wait, path: 'steps[0].wait', actual: 'other states' }))).toBe(true);
    expect(areSame(failed(wait), failed({ ...wait, hint: hint('scanning') }))).toBe(false);
  });
});
