import type { PaperjamError } from '../../base/errors.js';
import { loadFixtures } from '../../fixture/load.js';
import type { PlannedRun } from '../../fixture/planned.js';
import { type Crew, ownThread, workerThreads } from '../crew.js';
import { inOrder } from '../in-order.js';
import { bare } from './bare.js';
import { type BatchResult, type BatchTask, type FailedCase, idOfCase, playBatch, strike } from './batch.js';
import { type CaseOptions, casesOf } from './cases.js';
import type { NotPlayed } from './operations.js';
import { ExhaustiveTotals } from './totals.js';

export interface ExhaustiveOptions extends CaseOptions {
  /** Of each file: its first run; of runs that differ in the printer only, the first one; or each. */
  readonly rows: 'first' | 'differing' | 'each';
  /** Nothing but the case of this id, on whichever device. */
  readonly only?: string;
}

/** One run of a fixture, and which of its cases are to be played. */
export interface PlannedCases {
  readonly planned: PlannedRun;
  readonly from: number;
  readonly cases: number;
  /** It has none, because it cannot be carried out even without a fault besides. */
  readonly notPlayed?: NotPlayed;
}

export interface ExhaustivePlan {
  readonly runs: readonly PlannedCases[];
  /** How many runs the fixtures have, wanted or not. */
  readonly rows: number;
  readonly cases: number;
  readonly errors: readonly PaperjamError[];
}

/** So many cases are a second's work: nobody waits longer for the last ones. */
const BATCH_CASES = 200;

/**
 * Reads fixtures, plays each of their runs once, and counts what can be struck in it. `goesOn` is asked before each: of a
 * plan that nobody wants any more the rest is left out.
 */
export async function planExhaustive(
  paths: readonly string[],
  { rows, pairs, only }: ExhaustiveOptions,
  goesOn: () => boolean = () => true,
): Promise<ExhaustivePlan> {
  const { runs: all, errors } = loadFixtures(paths);
  const runs: PlannedCases[] = [];
  for (const planned of wanted(all, rows, only)) {
    await new Promise((heard) => setImmediate(heard));
    if (!goesOn()) break;
    const struck = await strike(planned);
    if ('outcome' in struck) {
      runs.push({ planned, from: 0, cases: 0, notPlayed: struck });
      continue;
    }
    const cases = casesOf(struck, { pairs });
    if (only === undefined) runs.push({ planned, from: 0, cases: countOf(cases) });
    else runs.push({ planned, ...placeOf(cases, (id) => idOfCase(planned.id, id) === only) });
  }
  return { runs, rows: all.length, cases: runs.reduce((sum, { cases }) => sum + cases, 0), errors };
}

/** The same in pieces for workers, in order. */
export function* batchesOf({ runs }: ExhaustivePlan, { pairs }: CaseOptions): Generator<BatchTask> {
  for (const { planned, from: first, cases } of runs) {
    const { file, id } = planned;
    const end = first + cases;
    for (let from = first; from < end; from += BATCH_CASES)
      yield { file, id, from, to: Math.min(from + BATCH_CASES, end), pairs };
  }
}

export interface Playing {
  /** Asked before each further batch: whether there is to be one. */
  readonly goesOn?: () => boolean;
  /** Told whenever the sum has grown. */
  readonly progress?: (totals: ExhaustiveTotals) => void;
}

/** Plays all cases of a plan, or as many as somebody wants. */
export async function runExhaustive(
  plan: ExhaustivePlan,
  options: CaseOptions,
  crew: Pick<Crew<BatchTask, BatchResult>, 'room' | 'play'>,
  { goesOn, progress = () => {} }: Playing = {},
): Promise<ExhaustiveTotals> {
  const totals = new ExhaustiveTotals(plan.rows);
  for (const { planned, notPlayed } of plan.runs) {
    if (notPlayed?.outcome === 'skipped') totals.leftOut(planned, notPlayed.reason);
    else totals.plan(planned, brokenRun(planned, notPlayed));
  }
  await inOrder(crew, {
    tasks: batchesOf(plan, options),
    goesOn,
    take(result, { id }) {
      totals.add(id, result);
      progress(totals);
    },
  });
  return totals;
}

/** 0 and 1: in this thread. */
export function openCases(workers: number): Crew<BatchTask, BatchResult> {
  return workers <= 1 ? ownThread(playBatch) : workerThreads(workers, new URL('./worker.js', import.meta.url));
}

/** A fixture that cannot be carried out as it is has failed in all its cases. */
function brokenRun(planned: PlannedRun, notPlayed: NotPlayed | undefined): FailedCase | undefined {
  if (notPlayed?.outcome !== 'broken') return undefined;
  const { id, file } = planned;
  return { kind: 'crash', says: notPlayed.reason, id: idOfCase(id, 'as it is'), file, fixture: bare(planned) };
}

function wanted(
  all: readonly PlannedRun[],
  rows: ExhaustiveOptions['rows'],
  only: string | undefined,
): readonly PlannedRun[] {
  if (only !== undefined) return all.filter(({ id }) => only.startsWith(idOfCase(id, '')));
  if (rows === 'each') return all;
  if (rows === 'differing') return firstOfEachDevice(all);
  return all.filter(({ file }, i) => all.findIndex((other) => other.file === file) === i);
}

function placeOf(
  cases: Iterable<{ readonly id: string }>,
  isIt: (id: string) => boolean,
): { from: number; cases: number } {
  let from = 0;
  for (const { id } of cases) {
    if (isIt(id)) return { from, cases: 1 };
    from++;
  }
  return { from: 0, cases: 0 };
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
