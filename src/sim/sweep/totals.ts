import { createHash } from 'node:crypto';
import { type Coverage, coverageOf, mergeCoverages } from '../graph/coverage.js';
import type { BatchResult, Seen, SweepFailure } from './batch.js';

/** Failures that are kept with their words; all are counted. */
const FAILURES_KEPT = 1_000;

/** The sum of a sweep so far. Batches are added in the order of their runs, so that it depends on nothing else. */
export class Totals {
  runs = 0;
  sales = 0;
  virtualMs = 0;
  records = 0;
  repeated = 0;
  /** How many of each kind of fault struck. */
  readonly faults = new Map<string, number>();
  readonly marks = new Map<string, Seen>();
  /** What the terminal's machine did in all runs. */
  coverage: Coverage = mergeCoverages([]);
  /** The first ones. */
  readonly failures: SweepFailure[] = [];
  /** How many there were of each kind. */
  readonly failed = new Map<SweepFailure['kind'], number>();
  readonly #hash = createHash('sha256');

  add(result: BatchResult): void {
    const { start, count, sales, virtualMs, records, repeated, faults, marks, coverage, failures, hashes } = result;
    if (start !== this.runs) throw new Error(`runs ${start} and on were added behind ${this.runs} runs`);
    this.runs += count;
    this.sales += sales;
    this.virtualMs += virtualMs;
    this.records += records;
    this.repeated += repeated;
    for (const [name, times] of Object.entries(faults)) this.faults.set(name, (this.faults.get(name) ?? 0) + times);
    for (const [mark, { runs, first }] of Object.entries(marks)) {
      const known = this.marks.get(mark);
      this.marks.set(mark, { runs: runs + (known?.runs ?? 0), first: known?.first ?? first });
    }
    this.coverage = mergeCoverages([this.coverage, coverageOf(coverage)]);
    for (const failure of failures) {
      this.failed.set(failure.kind, (this.failed.get(failure.kind) ?? 0) + 1);
      if (this.failures.length < FAILURES_KEPT) this.failures.push(failure);
    }
    for (const hash of hashes) this.#hash.update(`${hash}\n`);
  }

  /** SHA-256 in hex over the hashes of all runs so far. */
  get hash(): string {
    return this.#hash.copy().digest('hex');
  }

  get faultsBitten(): number {
    return [...this.faults.values()].reduce((sum, times) => sum + times, 0);
  }

  get failuresInAll(): number {
    return [...this.failed.values()].reduce((sum, times) => sum + times, 0);
  }
}
