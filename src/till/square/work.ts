import type { Counter } from '../counter.js';
import type { CancelReason, Task } from './records.js';

/** What becomes of a task; `undefined`: it stays as it is. */
export type Change = Partial<Pick<Task, 'status' | 'cancelReason' | 'saleId' | 'printsBefore'>> | undefined;

/** One kind of task: what a terminal does about it. */
export interface Work {
  /** Whether it waits until the terminal is free for something new, or only until it is on. */
  readonly wantsFree: boolean;
  /**
   * Lets the terminal begin with it. What is answered at once may still be that it has not begun: the terminal is asked
   * again whenever something has changed there, and every second.
   */
  begin(id: string, task: Task, counter: Counter): Change;
  /** How it stands, by what the terminal has in its journal. */
  look(id: string, task: Task, counter: Counter): Change;
}

export function canceled(cancelReason: CancelReason): Change {
  return { status: 'CANCELED', cancelReason };
}
