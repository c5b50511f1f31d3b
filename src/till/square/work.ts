import type { Counter } from '../counter.js';
import type { CancelReason, Task } from './records.js';

/** What becomes of a task; `undefined`: it stays as it is. */
export type Change =
  | Partial<Pick<Task, 'status' | 'cancelReason' | 'saleId' | 'printsBefore' | 'begun' | 'reversalsBefore'>>
  | undefined;

/** One kind of task: what a terminal does about it. */
export interface Work {
  /** Whether it waits until the terminal is free for something new, or only until it is on. */
  readonly wantsFree: boolean;
  /**
   * Lets the terminal begin with it. What is answered at once may still be that it has not begun: the terminal is asked
   * again whenever something has changed there, and every second.
   */
  begin(id: string, task: Task, counter: Counter): Change;
  /** Whether the terminal has it, or may have it: then only the terminal knows how it ends. */
  isBegun(id: string, task: Task, counter: Counter): boolean;
  /** The same of a terminal that is not there, or whose book is not whole: by what was noted before it was asked. */
  mayBeBegun(task: Task): boolean;
  /** How it stands, by what the terminal has in its journal. */
  look(id: string, task: Task, counter: Counter): Change;
}

export function canceled(cancelReason: CancelReason): Change {
  return { status: 'CANCELED', cancelReason };
}
