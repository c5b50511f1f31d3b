import { PaperjamError } from '../../base/errors.js';
import type { SaleFacts } from '../../terminal/facts.js';
import type { Counter } from '../counter.js';
import type { Task } from './records.js';
import { type Change, canceled, type Work } from './work.js';

/** The whole money of a sale goes back. Whether it has is said by the sale, and by nothing else. */
export class RefundWork implements Work {
  readonly wantsFree = true;
  /** The terminal has been asked, and its journal does not say so yet. */
  readonly #asked = new Map<string, Counter>();
  /** Those of which it was noted in this run that the terminal will be asked, and it has not been. */
  readonly #noted = new Set<string>();

  begin(id: string, task: Task, counter: Counter): Change {
    const { saleId } = task;
    const facts = saleId === undefined ? undefined : counter.facts(saleId);
    if (saleId === undefined || facts === undefined || this.#asked.has(id)) return undefined;
    const { reversalsBefore } = task;
    if (reversalsBefore === undefined || this.#noted.has(id)) {
      const known = endedByOthers(facts);
      if (known !== undefined) return known;
      // How often that had been asked is written down before it is asked once more.
      this.#noted.add(id);
      if (reversalsBefore !== facts.reversalsAsked) return { reversalsBefore: facts.reversalsAsked };
    }
    const known = this.look(id, task, counter);
    if (known !== undefined) return known;
    this.#asked.set(id, counter); // First: a power cut may come while the terminal is being asked.
    this.#noted.delete(id);
    try {
      counter.reverse(saleId);
    } catch (error) {
      this.#asked.delete(id);
      if (!(error instanceof PaperjamError)) throw error;
      // There is no money of it to go back any more, whoever has seen to that.
      if (error.code === 'PJ_NOT_NOW') return this.look(id, task, counter) ?? canceled('SELLER_CANCELED');
      this.#noted.add(id);
    }
    return undefined;
  }

  look(id: string, task: Task, counter: Counter): Change {
    const facts = task.saleId === undefined ? undefined : counter.facts(task.saleId);
    if (facts === undefined) return undefined;
    const { reversalsBefore } = task;
    if (reversalsBefore === undefined || this.#noted.has(id)) return endedByOthers(facts);
    const { reversalsAsked, reversal, payment } = facts;
    if (reversalsAsked <= reversalsBefore) return undefined;
    this.#asked.delete(id);
    // Another is asked for only once this one was refused.
    if (reversalsAsked > reversalsBefore + 1 || reversal === 'refused') return canceled('SELLER_CANCELED');
    return { status: payment === 'reversed' ? 'COMPLETED' : 'IN_PROGRESS' };
  }

  /** A power cut has taken from the terminal what was not in its journal. */
  forget(counter: Counter): void {
    for (const [id, terminal] of this.#asked) if (terminal === counter) this.#asked.delete(id);
  }

  isBegun(id: string, task: Task, counter: Counter): boolean {
    if (task.status !== 'PENDING' || this.#asked.has(id)) return true;
    const { reversalsBefore, saleId } = task;
    if (reversalsBefore === undefined || saleId === undefined || this.#noted.has(id)) return false;
    // What the power has cut off may be in the journal all the same: the next boot tells.
    return counter.power === 'off' || (counter.facts(saleId)?.reversalsAsked ?? 0) > reversalsBefore;
  }

  mayBeBegun({ status, reversalsBefore }: Task): boolean {
    return status !== 'PENDING' || reversalsBefore !== undefined;
  }
}

/** The money has gone back because somebody else has asked for that: this refund returns none. */
function endedByOthers({ payment, reversal }: SaleFacts): Change {
  return payment === 'reversed' && reversal === 'asked' ? canceled('SELLER_CANCELED') : undefined;
}
