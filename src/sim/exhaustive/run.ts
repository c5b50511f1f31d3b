import type { PaperjamError } from '../../base/errors.js';
import { loadFixtures } from '../../fixture/load.js';
import type { PlannedRun } from '../../fixture/planned.js';
import { type BatchResult, type BatchTask, type FailedCase, strike } from './batch.js';
import { type CaseOptions, casesOf } from './cases.js';
import type { NotPlayed } from './operations.js';

export interface ExhaustiveOptions extends CaseOptions {
  /** `first`: of runs that differ in the printer only, the first one. */
  readonly devices: 'each' | 'first';
}

/** One run of a fixture, and how many cases it has. */
export interface PlannedCases {
  readonly planned: PlannedRun;
  readonly cases: number;
  /** It has none, because it cannot be carried out even without a fault besides. */
  readonly notPlayed?: NotPlayed;
}

export interface ExhaustivePlan {
  readonly runs: readonly PlannedCases[];
  readonly cases: number;
  readonly errors: readonly PaperjamError[];
}

/** What came of all cases of one run. */
export interface ExhaustiveResult extends BatchResult {
  readonly id: string;
}

/** So many cases are some seconds' work. */
const BATCH_CASES = 500;

/** Reads fixtures, plays each of their runs once, and counts what can be struck in it. */
export async function planExhaustive(
  paths: readonly string[],
  { devices, pairs }: ExhaustiveOptions,
): Promise<ExhaustivePlan> {
  const { runs: all, errors } = loadFixtures(paths);
  const runs: PlannedCases[] = [];
  for (const planned of devices === 'each' ? all : firstOfEachDevice(all)) {
    const struck = await strike(planned);
    if ('outcome' in struck) runs.push({ planned, cases: 0, notPlayed: struck });
    else runs.push({ planned, cases: countOf(casesOf(struck.operations, struck.fixture, { pairs })) });
  }
  return { runs, cases: runs.reduce((sum, { cases }) => sum + cases, 0), errors };
}

/** The same in pieces for workers, in order. */
export function batchesOf({ runs }: ExhaustivePlan, { pairs }: CaseOptions): BatchTask[] {
  return runs.flatMap(({ planned: { file, id }, cases }) =>
    Array.from({ length: Math.ceil(cases / BATCH_CASES) }, (_, i) => {
      const from = i * BATCH_CASES;
      return { file, id, from, to: Math.min(from + BATCH_CASES, cases), pairs };
    }),
  );
}

/**
 * Plays all cases; `play` carries a task out, here or in a worker, as many at once as it likes. `done` hears of each
 * batch when it is over. Results are in the order of the plan, whoever was faster.
 */
export async function runExhaustive(
  plan: ExhaustivePlan,
  options: CaseOptions,
  play: (task: BatchTask) => Promise<BatchResult>,
  done: (task: BatchTask, result: BatchResult) => void = () => {},
): Promise<ExhaustiveResult[]> {
  const results = new Map<string, ExhaustiveResult>();
  const played = batchesOf(plan, options).map(async (task) => {
    const result = await play(task);
    done(task, result);
    return { task, result };
  });
  for (const { task, result } of await Promise.all(played))
    results.set(task.id, added(results.get(task.id), task, result));
  return [...results.values()];
}

function added(before: ExhaustiveResult | undefined, { id }: BatchTask, result: BatchResult): ExhaustiveResult {
  if (before === undefined) return { id, ...result };
  const failed: FailedCase[] = [...before.failed, ...result.failed];
  const { cases, skipped, cpuMs } = before;
  return { id, cases: cases + result.cases, skipped: skipped + result.skipped, failed, cpuMs: cpuMs + result.cpuMs };
}

/** Runs that differ in nothing but the parameter that is the device. */
function firstOfEachDevice(runs: readonly PlannedRun[]): PlannedRun[] {
  const seen = new Set<string>();
  return runs.filter(({ file, parameters, fixture, seed }) => {
    const others = Object.entries(parameters).filter(([, value]) => value !== fixture.device);
    const key = JSON.stringify([file, others, seed]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function countOf(all: Iterable<unknown>): number {
  let count = 0;
  for (const _ of all) count++;
  return count;
}
