import type { Crew } from './crew.js';

export interface InOrder<Task, Result> {
  readonly tasks: Iterable<Task>;
  /** Asked before each further task: whether there is to be one. */
  readonly goesOn?: () => boolean;
  /** Told of each result, in the order of the tasks. */
  readonly take: (result: Result, task: Task) => void;
}

/** Tasks that may be done and wait for one before them, for each that can be under way. */
const AHEAD = 4;

/**
 * Carries tasks out until they are all done, or until somebody wants no more: then those that are under way are waited
 * for. What comes back is taken in the order of the tasks, so that neither the number of threads nor the load of the machine
 * makes a difference; and no thread runs far ahead of another, so that little has to be kept.
 */
export async function inOrder<Task, Result>(
  crew: Pick<Crew<Task, Result>, 'room' | 'play'>,
  { tasks, goesOn = () => true, take }: InOrder<Task, Result>,
): Promise<void> {
  const all = tasks[Symbol.iterator]();
  const done = new Map<number, () => void>();
  const underWay = new Set<Promise<void>>();
  let begun = 0;
  let taken = 0;
  const begin = (task: Task) => {
    const number = begun++;
    const played = crew.play(task).then((result) => {
      done.set(number, () => take(result, task));
      underWay.delete(played);
      for (let ready = done.get(taken); ready !== undefined; ready = done.get(taken)) {
        done.delete(taken++);
        ready();
      }
    });
    underWay.add(played);
  };
  for (let left = true; ; ) {
    while (left && underWay.size < crew.room && begun - taken < crew.room * AHEAD && goesOn()) {
      const next = all.next();
      if (next.done === true) left = false;
      else begin(next.value);
    }
    if (underWay.size === 0) return;
    await Promise.race(underWay);
  }
}
