import { PaperjamError } from '../../base/errors.js';
import { oneLine } from '../../base/one-line.js';
import type { Counter, TillSale } from '../counter.js';
import { saleState } from './payment-state.js';
import type { Task } from './records.js';
import { behaviourOf, customOf } from './test-devices.js';
import type { Change, Work } from './work.js';

/** How long the buyer of the test device looks at the amount before he cancels. */
const HESITATES_MS = 1_000;
/** What fits on a ticket, and stands in the journal. */
const SUBJECT_MAX = 128;

/**
 * A checkout becomes a sale, with the checkout's id as its key: that stands in the journal before anybody is asked for
 * money, so a checkout has one sale at most, whatever is lost on the way.
 */
export class CheckoutWork implements Work {
  readonly wantsFree = true;
  /** Tells that there is something to look at. */
  readonly #soon: (counter: Counter) => void;
  /** Sales that are being opened, by their checkouts. */
  readonly #opening = new Set<string>();

  constructor(soon: (counter: Counter) => void) {
    this.#soon = soon;
  }

  isBegun(id: string, { saleId }: Task, counter: Counter): boolean {
    return saleId !== undefined || this.#opening.has(id) || counter.saleOf('square', id) !== undefined;
  }

  mayBeBegun({ begun, saleId }: Task): boolean {
    return begun === true || saleId !== undefined;
  }

  begin(id: string, task: Task, counter: Counter): Change {
    if (this.isBegun(id, task, counter)) return this.look(id, task, counter);
    // That the terminal is asked is written down before it is.
    if (task.begun !== true) return { begun: true };
    try {
      const { saleId } = counter.open(saleOf(id, task));
      this.#await(id, task, counter, saleId);
    } catch (error) {
      // The terminal is busy, or wants its paper first, or is out of service, or its power went: the checkout waits.
      if (!(error instanceof PaperjamError)) throw error;
    }
    return undefined;
  }

  look(id: string, task: Task, counter: Counter): Change {
    if (this.#opening.has(id)) return undefined;
    const saleId = task.saleId ?? counter.saleOf('square', id);
    if (saleId === undefined) return undefined;
    const page = counter.world.terminal.find(saleId);
    if (page === undefined) {
      if (task.saleId === undefined) this.#await(id, task, counter, saleId);
      return undefined;
    }
    return { saleId, ...saleState(page, task.cancelAsked === true) };
  }

  /** Nothing is said of a sale before it is durable. */
  #await(id: string, { asked }: Task, counter: Counter, saleId: string): void {
    this.#opening.add(id);
    counter.whenDurable(saleId, (error) => {
      this.#opening.delete(id);
      // A terminal that cannot write any more would say so again in the same moment, and for ever.
      if (error !== undefined) return;
      this.#soon(counter);
      if (behaviourOf(deviceOf(asked), 'checkout') !== 'buyer-cancels') return;
      counter.world.clock.setTimeout(() => giveUp(counter, saleId), HESITATES_MS);
    });
  }
}

function saleOf(id: string, { asked, amountFen = 0 }: Task): TillSale {
  const subject = typeof asked.note === 'string' ? subjectOf(asked.note) : '';
  const behaviour = behaviourOf(deviceOf(asked), 'checkout');
  return {
    face: 'square',
    key: id,
    amountFen,
    ...(subject === '' ? {} : { subject }),
    ...(behaviour === undefined ? {} : { custom: customOf(behaviour, amountFen) }),
  };
}

/** A note, fit for the ticket: one line, and no half characters, neither the till's nor those of the cut. */
function subjectOf(note: string): string {
  return oneLine(note, SUBJECT_MAX - 1).replaceAll(/\p{Cs}/gu, '�');
}

/** The device as it stands in what was asked for. */
export function deviceOf(asked: Task['asked']): string {
  const { device_options: options, device_id: own } = asked;
  if (typeof own === 'string') return own;
  const named =
    typeof options === 'object' && options !== null && 'device_id' in options ? options.device_id : undefined;
  return typeof named === 'string' ? named : '';
}

/** Gives the sale up if that is still possible; if it is not, the sale itself says how it ends. */
export function giveUp(counter: Counter, saleId: string): void {
  const facts = counter.facts(saleId);
  if (facts === undefined || facts.payment !== 'unknown' || facts.cancelling !== undefined) return;
  try {
    counter.abort(saleId);
  } catch (error) {
    if (!(error instanceof PaperjamError)) throw error;
  }
}
