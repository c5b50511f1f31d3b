import { PaperjamError } from '../../base/errors.js';
import type { PrintAttempt, SaleFacts } from '../../terminal/facts.js';
import type { Counter } from '../counter.js';
import type { Task } from './records.js';
import { type Change, canceled, type Work } from './work.js';

/** Whether a terminal can be reached: it is on, and that is all there is to it. */
export class PingWork implements Work {
  readonly wantsFree = false;

  begin(): Change {
    return { status: 'COMPLETED' };
  }

  isBegun(): boolean {
    return false;
  }

  mayBeBegun(): boolean {
    return false;
  }

  look(): Change {
    return undefined;
  }
}

/**
 * A receipt: the original if none can be out yet, else a copy that is marked as such; that is the terminal's own rule. A
 * ticket that does not come out keeps it in progress, as the sheet that waits for paper does: until somebody has it printed
 * at the terminal, or its time is up, or it is given up.
 */
export class ReceiptWork implements Work {
  readonly wantsFree = true;
  /** The terminal has been asked to print, and its journal does not say so yet. */
  readonly #asked = new Map<string, Counter>();

  begin(id: string, task: Task, counter: Counter): Change {
    const facts = factsOf(task, counter);
    if (facts === undefined) return undefined;
    // How many attempts there had been is written down before there is one more.
    if (task.printsBefore === undefined) return { status: 'IN_PROGRESS', printsBefore: facts.prints.length };
    if (this.#asked.has(id) || attemptsOf(task, facts).length > 0) return this.look(id, task, counter);
    this.#asked.set(id, counter); // First: a power cut may come while the terminal is being asked.
    try {
      counter.reprint(facts.saleId);
    } catch (error) {
      this.#asked.delete(id);
      if (!(error instanceof PaperjamError)) throw error;
      // The money has gone back meanwhile: there is nothing to give a receipt for.
      if (error.code === 'PJ_NO_TICKET') return canceled('SELLER_CANCELED');
    }
    return undefined;
  }

  /** Until it is out it may be given up: only paper is at stake. */
  isBegun(): boolean {
    return false;
  }

  mayBeBegun({ printsBefore }: Task): boolean {
    return printsBefore !== undefined;
  }

  look(id: string, task: Task, counter: Counter): Change {
    const facts = factsOf(task, counter);
    if (facts === undefined) return undefined;
    const attempts = attemptsOf(task, facts);
    if (attempts.length > 0) this.#asked.delete(id);
    if (attempts.some(isOut)) return { status: 'COMPLETED' };
    if (isPrinting(task, facts)) return undefined;
    if (task.cancelAsked === true) return canceled('SELLER_CANCELED');
    if (attempts.length > 0 && (facts.ticketLeft || facts.declined)) return canceled('SELLER_CANCELED');
    if (counter.world.clock.now() >= task.deadlineMs && !this.#asked.has(id)) return canceled('TIMED_OUT');
    return undefined;
  }

  /** A power cut has taken from the terminal what was not in its journal. */
  forget(counter: Counter): void {
    for (const [id, terminal] of this.#asked) if (terminal === counter) this.#asked.delete(id);
  }

  /** Whether a ticket is on its way to the paper, so that nothing can be said of it yet. */
  isUnderWay(id: string, task: Task, counter: Counter): boolean {
    const facts = factsOf(task, counter);
    return this.#asked.has(id) || (facts !== undefined && isPrinting(task, facts));
  }
}

function factsOf({ saleId }: Task, counter: Counter): SaleFacts | undefined {
  return saleId === undefined ? undefined : counter.facts(saleId);
}

function attemptsOf({ printsBefore }: Task, { prints }: SaleFacts): readonly PrintAttempt[] {
  return printsBefore === undefined ? [] : prints.slice(printsBefore);
}

function isPrinting(task: Task, facts: SaleFacts): boolean {
  const latest = attemptsOf(task, facts).at(-1);
  return latest !== undefined && latest.result === undefined;
}

/** A printer that cannot say what it did has done it as far as anybody knows; a person has the last word. */
function isOut({ result, seen }: PrintAttempt): boolean {
  if (seen !== undefined) return seen === 'complete';
  return result?.outcome === 'printed' || result?.outcome === 'unconfirmed';
}
