import { inOrder } from '../in-order.js';
import type { Batch } from './batch.js';
import type { Bench } from './pool.js';
import type { RunSource } from './source.js';
import { Totals } from './totals.js';

export interface SweepOptions {
  readonly source: RunSource;
  /** So many runs at most. */
  readonly runs: number;
  /** Asked before each further batch: whether there is to be one. */
  readonly goesOn?: () => boolean;
  /** Told whenever the sum has grown. */
  readonly progress?: (totals: Totals) => void;
}

/** Carries out the runs of a source until they are all done, or until somebody wants no more. */
export async function sweep(
  bench: Bench,
  { source, runs, goesOn, progress = () => {} }: SweepOptions,
): Promise<Totals> {
  const totals = new Totals();
  await inOrder(bench, {
    tasks: batches(source, runs, bench.batchRuns),
    goesOn,
    take(result) {
      totals.add(result);
      progress(totals);
    },
  });
  return totals;
}

function* batches(source: RunSource, runs: number, batchRuns: number): Generator<Batch> {
  for (let start = 0; start < runs; start += batchRuns)
    yield { source, start, count: Math.min(batchRuns, runs - start) };
}
