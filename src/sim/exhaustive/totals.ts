import type { PlannedRun } from '../../fixture/planned.js';
import type { RunFailure } from '../failure.js';
import type { BatchResult, FailedCase } from './batch.js';

/** Failures that are kept with their words; all are counted. */
const FAILURES_KEPT = 1_000;

/** What came of the cases of one run so far. */
export interface RunTotals {
  readonly id: string;
  readonly file: string;
  cases: number;
  /** Cases whose fault is not possible on the device. */
  skipped: number;
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
  cases = 0;
  skipped = 0;

  /** A run whose cases will come. `broken`: it has none, and that is a failure. */
  plan({ id, file }: PlannedRun, broken: FailedCase | undefined): void {
    this.#runs.set(id, { id, file, cases: 0, skipped: 0, failed: 0, tookMs: 0 });
    if (broken !== undefined) this.#fail(id, broken);
  }

  add(id: string, { cases, skipped, failed, tookMs }: BatchResult): void {
    const run = this.#run(id);
    run.cases += cases;
    run.skipped += skipped;
    run.tookMs += tookMs;
    this.cases += cases;
    this.skipped += skipped;
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
