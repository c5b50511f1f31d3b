import { Piscina } from 'piscina';
import { type Batch, type BatchResult, playBatch } from './batch.js';

/** Carries batches out, somewhere. */
export interface Bench {
  /** So many batches keep it busy. */
  readonly room: number;
  /** Runs in a batch: so many that handing it over costs nothing, so few that one can be waited for. */
  readonly batchRuns: number;
  play(batch: Batch): Promise<BatchResult>;
  close(): Promise<void>;
}

/** In this thread: for debugging, and where there is one core. Between two batches signals are heard. */
function ownThread(): Bench {
  return {
    room: 1,
    batchRuns: 5,
    async play(batch) {
      await new Promise((heard) => setImmediate(heard));
      return await playBatch(batch);
    },
    async close() {},
  };
}

/** In worker threads. Each prepares its devices once. */
function workerThreads(workers: number): Bench {
  const room = workers * 2;
  const pool = new Piscina<Batch, BatchResult>({
    filename: new URL('./worker.js', import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
    maxQueue: room,
  });
  return { room, batchRuns: 20, play: (batch) => pool.run(batch), close: () => pool.destroy() };
}

/** 0 and 1: in this thread. */
export function openBench(workers: number): Bench {
  return workers <= 1 ? ownThread() : workerThreads(workers);
}
