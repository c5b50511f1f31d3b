import type { PlannedRun } from '../../fixture/planned.js';
import type { RunFailure } from '../failure.js';
import type { BatchResult, FailedCase } from './batch.js';

/** Failures that are kept with their words; all are counted. */
const FAILURES_KEPT = 1_000;

/** Ids of hollow cases that are kept; all are counted. */
const HOLLOW_KEPT = 100;

/** A run that has no cases, because its printer cannot be emulated or its fixture wants what is not possible there. */
export interface NotPlayedRun {
  readonly id: string;
  readonly reason: string;
}

/** What came of the cases of one run so far. */
export interface RunTotals {
  readonly id: string;
  readonly file: string;
  cases: number;
  /** Cases whose fault is not possible on the device. */
  skipped: number;
  /** Cases in which not everything that was added began. */
  hollow: number;
  failed: number;
  /** How long the threads took that played them, in ms. */
  tookMs: number;
}

/** The sum of exhaustive mode so far. Batches are added in their order, so that it depends on nothing else. */
export class ExhaustiveTotals {
  readonly #runs = new Map<string, RunTotals>();
  /** The first ones. */
  readonly failures: FailedCase[] = [];
  /** How many there were of each kind. */
  readonly failed = new Map<RunFailure['kind'], number>();
  readonly notPlayed: NotPlayedRun[] = [];
  /** The first of the cases in which not everything that was added began. */
  readonly hollowIds: string[] = [];
  cases = 0;
  skipped = 0;
  hollow = 0;

  /** `rows`: how many runs the fixtures have, wanted or not. */
  constructor(readonly rows: number) {}

  /** A run whose cases will come. `broken`: it has none, and that is a failure. */
  plan({ id, file }: PlannedRun, broken: FailedCase | undefined): void {
    this.#runs.set(id, { id, file, cases: 0, skipped: 0, hollow: 0, failed: 0, tookMs: 0 });
    if (broken !== undefined) this.#fail(id, broken);
  }

  /** A run that cannot be played here. */
  leftOut({ id }: PlannedRun, reason: string): void {
    this.notPlayed.push({ id, reason });
  }

  add(id: string, { cases, skipped, hollow, failed, tookMs }: BatchResult): void {
    const run = this.#run(id);
    run.cases += cases;
    run.skipped += skipped;
    run.tookMs += tookMs;
    run.hollow += hollow.length;
    this.cases += cases;
    this.skipped += skipped;
    this.hollow += hollow.length;
    this.hollowIds.push(...hollow.slice(0, HOLLOW_KEPT - this.hollowIds.length));
    for (const failure of failed) this.#fail(id, failure);
  }

  /** In the order of the plan. */
  get runs(): readonly RunTotals[] {
    return [...this.#runs.values()];
  }

  get failuresInAll(): number {
    return [...this.failed.values()].reduce((sum, times) => sum + times, 0);
  }

  #fail(id: string, failure: FailedCase): void {
    this.#run(id).failed++;
    this.failed.set(failure.kind, (this.failed.get(failure.kind) ?? 0) + 1);
    if (this.failures.length < FAILURES_KEPT) this.failures.push(failure);
  }

  #run(id: string): RunTotals {
    const run = this.#runs.get(id);
    if (run === undefined) throw new Error(`the run ${id} was not planned`);
    return run;
  }
}
