import { Piscina } from 'piscina';

/** Carries tasks out, somewhere. Both are plain data. */
export interface Crew<Task, Result> {
  /** So many tasks keep it busy. */
  readonly room: number;
  play(task: Task): Promise<Result>;
  close(): Promise<void>;
}

/** In this thread: for debugging, and where there is one core. Between two tasks signals are heard. */
export function ownThread<Task, Result>(play: (task: Task) => Promise<Result>): Crew<Task, Result> {
  return {
    room: 1,
    async play(task) {
      await new Promise((heard) => setImmediate(heard));
      return await play(task);
    },
    async close() {},
  };
}

/** In worker threads, each of which runs the module of this address: its default export carries a task out. */
export function workerThreads<Task, Result>(workers: number, module: URL): Crew<Task, Result> {
  const room = workers * 2;
  const pool = new Piscina<Task, Result>({
    filename: module.href,
    minThreads: workers,
    maxThreads: workers,
    maxQueue: room,
  });
  return { room, play: (task) => pool.run(task), close: () => pool.destroy() };
}
