import { PaperjamError } from '../../base/errors.js';
import type { Counter } from '../counter.js';
import type { Task } from './records.js';
import { type Change, canceled, type Work } from './work.js';

/** The whole money of a sale goes back. Whether it has is said by the sale, and by nothing else. */
export class RefundWork implements Work {
  readonly wantsFree = true;
  /** The terminal has been asked, and its journal does not say so yet. */
  readonly #asked = new Map<string, Counter>();

  begin(id: string, task: Task, counter: Counter): Change {
    const { saleId } = task;
    if (saleId === undefined || this.#asked.has(id)) return undefined;
    const known = this.look(id, task, counter);
    if (known !== undefined) return known;
    this.#asked.set(id, counter); // First: a power cut may come while the terminal is being asked.
    try {
      counter.reverse(saleId);
    } catch (error) {
      this.#asked.delete(id);
      if (!(error instanceof PaperjamError)) throw error;
      // There is no money of it to go back any more, whoever has seen to that.
      if (error.code === 'PJ_NOT_NOW') return this.look(id, task, counter) ?? canceled('SELLER_CANCELED');
    }
    return undefined;
  }

  look(id: string, task: Task, counter: Counter): Change {
    const facts = task.saleId === undefined ? undefined : counter.facts(task.saleId);
    if (facts?.reversal === 'asked') {
      this.#asked.delete(id);
      return { status: facts.payment === 'reversed' ? 'COMPLETED' : 'IN_PROGRESS' };
    }
    // An earlier refusal says nothing of a refund that the terminal has not begun.
    if (task.status === 'PENDING') return undefined;
    return facts?.reversal === 'refused' ? canceled('SELLER_CANCELED') : undefined;
  }

  /** A power cut has taken from the terminal what was not in its journal. */
  forget(counter: Counter): void {
    for (const [id, terminal] of this.#asked) if (terminal === counter) this.#asked.delete(id);
  }

  isBegun(id: string, task: Task, counter: Counter): boolean {
    return task.status !== 'PENDING' || this.#asked.has(id) || this.look(id, task, counter) !== undefined;
  }
}
