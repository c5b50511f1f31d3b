import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type BatchResult, type BatchTask, playBatch } from '../../../src/sim/exhaustive/batch.js';
import { batchesOf, planExhaustive, runExhaustive } from '../../../src/sim/exhaustive/run.js';
import { ROOT } from '../../house/source.js';

const SHORT = join(ROOT, 'fixtures/causes/customer.skipped-scan.old-page.cancelled.yaml');
const JAM = join(ROOT, 'fixtures/causes/printer.paper-jam.yaml');

const OPTIONS = { devices: 'each', pairs: 5 } as const;

test('every case is in one batch, and whoever is faster, the results are in the order of the plan', async () => {
  const plan = await planExhaustive([SHORT, JAM], OPTIONS);
  const batches = batchesOf(plan, OPTIONS);
  expect(batches.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(plan.cases);
  const waiting: (() => void)[] = [];
  const heard: BatchTask[] = [];
  const play = ({ from, to }: BatchTask) =>
    new Promise<BatchResult>((done) => {
      waiting.push(() => done({ cases: to - from, skipped: 0, failed: [], cpuMs: 1 }));
      if (waiting.length === batches.length) for (const go of waiting.reverse()) go();
    });
  const results = await runExhaustive(plan, OPTIONS, play, (task) => heard.push(task));
  expect(heard).toHaveLength(batches.length);
  expect(results.map(({ id, cases }) => [id, cases])).toEqual(
    plan.runs.map(({ planned: { id }, cases }) => [id, cases]),
  );
});

test('what comes of a case does not depend on the batch that it is in', async () => {
  const task = { file: SHORT, id: SHORT, pairs: 5 };
  const whole = await playBatch({ ...task, from: 0, to: 60 });
  expect(whole).toMatchObject({ cases: 60, skipped: 0, failed: [] });
  const rest = await playBatch({ ...task, from: 40, to: 60 });
  const before = await playBatch({ ...task, from: 0, to: 40 });
  expect([...before.failed, ...rest.failed]).toEqual(whole.failed);
  expect(before.cases + rest.cases).toBe(60);
});

test('of rows that differ in the printer only, the first one will do', async () => {
  const each = await planExhaustive([JAM], { devices: 'each', pairs: 0 });
  const first = await planExhaustive([JAM], { devices: 'first', pairs: 0 });
  expect([each.runs.length, first.runs.length]).toEqual([15, 3]);
  expect(first.runs.map(({ planned }) => planned.parameters.line)).toEqual([1, 6, 12]);
});

test('a file that is no fixture is told, and has no cases', async () => {
  const plan = await planExhaustive([join(ROOT, 'package.json')], { devices: 'each', pairs: 0 });
  expect(plan.cases).toBe(0);
  expect(new Set(plan.errors.map(({ code }) => code))).toEqual(new Set(['PJ_FIXTURE']));
});
