import type { BatchResult } from './batch.js';
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

/** Batches that may be done and wait for one before them, for each that can be under way. */
const AHEAD = 4;

/**
 * Carries out the runs of a source until they are all done, or until somebody wants no more: then those that are under way
 * are waited for. What comes back is added in the order of the runs, so that neither the number of threads nor the load of
 * the machine makes a difference; and no thread runs far ahead of another, so that little has to be kept.
 */
export async function sweep(
  bench: Bench,
  { source, runs, goesOn = () => true, progress = () => {} }: SweepOptions,
): Promise<Totals> {
  const totals = new Totals();
  const done = new Map<number, BatchResult>();
  const underWay = new Set<Promise<void>>();
  let next = 0;
  const begin = () => {
    const count = Math.min(bench.batchRuns, runs - next);
    const batch = { source, start: next, count };
    next += count;
    const played = bench.play(batch).then((result) => {
      done.set(result.start, result);
      underWay.delete(played);
      for (let ready = done.get(totals.runs); ready !== undefined; ready = done.get(totals.runs)) {
        done.delete(ready.start);
        totals.add(ready);
      }
      progress(totals);
    });
    underWay.add(played);
  };
  const mayBegin = () =>
    next < runs && underWay.size < bench.room && next - totals.runs < bench.room * bench.batchRuns * AHEAD && goesOn();
  for (;;) {
    while (mayBegin()) begin();
    if (underWay.size === 0) return totals;
    await Promise.race(underWay);
  }
}
