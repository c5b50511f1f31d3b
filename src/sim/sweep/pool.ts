import { type Crew, ownThread, workerThreads } from '../crew.js';
import { type Batch, type BatchResult, playBatch } from './batch.js';

/** Carries the batches of a sweep out. */
export interface Bench extends Crew<Batch, BatchResult> {
  /** Runs in a batch: so many that handing it over costs nothing, so few that one can be waited for. */
  readonly batchRuns: number;
}

/** 0 and 1: in this thread. Else each worker prepares its devices once. */
export function openBench(workers: number): Bench {
  if (workers <= 1) return { ...ownThread(playBatch), batchRuns: 5 };
  return { ...workerThreads<Batch, BatchResult>(workers, new URL('./worker.js', import.meta.url)), batchRuns: 20 };
}
