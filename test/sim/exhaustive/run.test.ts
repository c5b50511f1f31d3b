import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type BatchResult, type BatchTask, playBatch } from '../../../src/sim/exhaustive/batch.js';
import { casesLines } from '../../../src/sim/exhaustive/report.js';
import { batchesOf, planExhaustive, runExhaustive } from '../../../src/sim/exhaustive/run.js';
import type { ExhaustiveTotals } from '../../../src/sim/exhaustive/totals.js';
import { ROOT } from '../../house/source.js';

const SHORT = join(ROOT, 'fixtures/causes/customer.skipped-scan.old-page.cancelled.yaml');
const JAM = join(ROOT, 'fixtures/causes/printer.paper-jam.yaml');

const OPTIONS = { rows: 'each', pairs: 4 } as const;

test('every case is in one batch, and whoever is faster, the sum is in the order of the plan', async () => {
  const plan = await planExhaustive([SHORT, JAM], OPTIONS);
  const batches = [...batchesOf(plan, OPTIONS)];
  expect(batches.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(plan.cases);
  const waiting: (() => void)[] = [];
  const heard: number[] = [];
  let begun = 0;
  const play = ({ from, to }: BatchTask) =>
    new Promise<BatchResult>((done) => {
      waiting.push(() => done({ cases: to - from, skipped: 0, hollow: [], failed: [], tookMs: 1 }));
      if (++begun % 4 === 0 || begun === batches.length) for (const go of waiting.splice(0).reverse()) go();
    });
  const progress = ({ cases }: ExhaustiveTotals) => heard.push(cases);
  const totals = await runExhaustive(plan, OPTIONS, { room: 4, play }, { progress });
  expect(heard).toHaveLength(batches.length);
  expect(totals.runs.map(({ id, cases }) => [id, cases])).toEqual(
    plan.runs.map(({ planned: { id }, cases }) => [id, cases]),
  );
});

test('when nobody wants more, what was begun counts', async () => {
  const plan = await planExhaustive([JAM], OPTIONS);
  const play = async ({ from, to }: BatchTask) => ({ cases: to - from, skipped: 0, hollow: [], failed: [], tookMs: 1 });
  let wanted = 3;
  const totals = await runExhaustive(plan, OPTIONS, { room: 1, play }, { goesOn: () => wanted-- > 0 });
  expect(totals.cases).toBe(600);
});

test('one case is played by itself when its id is known', async () => {
  const id = `${SHORT} + power cut at event 3`;
  const plan = await planExhaustive([SHORT, JAM], { ...OPTIONS, only: id });
  const [batch] = batchesOf(plan, OPTIONS);
  expect([plan.cases, batch?.file, (batch?.to ?? 0) - (batch?.from ?? 0)]).toEqual([1, SHORT, 1]);
  expect((await planExhaustive([SHORT], { ...OPTIONS, only: `${id}0000` })).cases).toBe(0);
});

test('a fixture that breaks by itself is a failure, and the worst one', async () => {
  const plan = await planExhaustive([SHORT], OPTIONS);
  const [first] = plan.runs;
  if (first === undefined) throw new Error('it has a run');
  const { planned } = first;
  const notPlayed = { outcome: 'broken', reason: 'the wait never ended' } as const;
  const broken = { ...plan, cases: 0, runs: [{ planned, from: 0, cases: 0, notPlayed }] };
  const totals = await runExhaustive(broken, OPTIONS, {
    room: 1,
    play: () => Promise.reject(new Error('nothing to play')),
  });
  expect(totals.failures).toMatchObject([{ kind: 'crash', says: 'the wait never ended', id: `${SHORT} + as it is` }]);
  expect([...totals.failed]).toEqual([['crash', 1]]);
});

test('a run that cannot be played is told with its reason, and has no cases', async () => {
  const plan = await planExhaustive([SHORT], OPTIONS);
  const [first] = plan.runs;
  if (first === undefined) throw new Error('it has a run');
  const notPlayed = { outcome: 'skipped', reason: 'the printer is not emulated' } as const;
  const left = { ...plan, cases: 0, runs: [{ planned: first.planned, from: 0, cases: 0, notPlayed }] };
  const none = { room: 1, play: () => Promise.reject(new Error('nothing to play')) };
  const totals = await runExhaustive(left, OPTIONS, none);
  expect(totals.notPlayed).toEqual([{ id: SHORT, reason: 'the printer is not emulated' }]);
  const lines = casesLines({ totals, cpuMs: 1, tookMs: 1, pairs: 4, kept: new Map(), stopped: false });
  expect(lines).toContain(`not played: ${SHORT}: the printer is not emulated`);
  expect(lines).toContain('0 cases of 0 of 1 rows');
});

test('what comes of a case does not depend on the batch that it is in', async () => {
  const task = { file: SHORT, id: SHORT, pairs: 5 };
  const whole = await playBatch({ ...task, from: 0, to: 60 });
  expect(whole).toMatchObject({ cases: 60, skipped: 0, hollow: [], failed: [] });
  const rest = await playBatch({ ...task, from: 40, to: 60 });
  const before = await playBatch({ ...task, from: 0, to: 40 });
  expect([...before.failed, ...rest.failed]).toEqual(whole.failed);
  expect(before.cases + rest.cases).toBe(60);
});

test('of rows that differ in the printer only, the first one will do', async () => {
  const each = await planExhaustive([JAM], { rows: 'each', pairs: 0 });
  const first = await planExhaustive([JAM], { rows: 'differing', pairs: 0 });
  expect([each.runs.length, each.rows, first.runs.length, first.rows]).toEqual([15, 15, 3, 15]);
  expect(first.runs.map(({ planned }) => planned.parameters.line)).toEqual([1, 6, 12]);
});

test('a file that is no fixture is told, and has no cases', async () => {
  const plan = await planExhaustive([join(ROOT, 'package.json')], { rows: 'each', pairs: 0 });
  expect(plan.cases).toBe(0);
  expect(new Set(plan.errors.map(({ code }) => code))).toEqual(new Set(['PJ_FIXTURE']));
});
