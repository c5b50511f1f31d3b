import type { SaleFacts } from '../../terminal/facts.js';
import type { Shelf } from '../shelf.js';
import { type Failure, failureOf } from './declines.js';
import { missing } from './refusal.js';
import { FACE, isOver, keyOf, type Sale, type Sales, wasPaid } from './sales.js';
import { type Attempt, type Intent, KINDS, type Steer } from './store.js';

/** Where a PaymentIntent is (docs.stripe.com/payments/paymentintents/lifecycle). */
export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  /** At a reader. It is that from the command on, so that nobody takes a payment under way for one that can be made anew. */
  | 'processing'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled';

export interface IntentState {
  readonly status: IntentStatus;
  /** The latest sale, once it is durable. */
  readonly sale?: Sale;
  /** Why the latest attempt was not paid. */
  readonly failure?: Failure;
  /** What is kept of the latest attempt, whose terminal cannot say any more how it ended. */
  readonly kept?: Attempt['settled'];
  /** The terminal of the latest attempt cannot be asked, and how that ended is not known. */
  readonly away?: true;
}

/**
 * PaymentIntents. What was agreed on stands on the shelf; what became of it is read from the journals, each time: there is
 * one truth, and it says `processing` for as long as it does not know.
 */
export class Intents {
  /** Attempts that are on their way to a reader, by the keys that their sales will have. */
  readonly opening = new Set<string>();
  /** Codes that were shown before the payment was confirmed (collect_payment_method). They live a minute. */
  readonly collected = new Map<string, { readonly code: string; readonly steer?: Steer | undefined }>();

  constructor(
    readonly shelf: Shelf,
    readonly sales: Sales,
  ) {}

  /** Throws a `StripeRefusal`. A sale that was not begun here is a PaymentIntent too. */
  get(id: string, param = 'intent'): Intent {
    const intent = this.find(id);
    if (intent === undefined) throw missing('payment_intent', id, param);
    return intent;
  }

  find(id: string): Intent | undefined {
    const kept = this.shelf.get(KINDS.intent, id);
    if (kept !== undefined) return kept;
    const sale = this.sales.foreign(id);
    return sale === undefined ? undefined : asIntent(id, sale.facts);
  }

  put(intent: Intent, kept?: (error?: Error) => void): void {
    this.shelf.put(KINDS.intent, intent.id, intent, kept);
  }

  /** The same with one attempt changed. */
  change(intentId: string, n: number, change: Partial<Attempt>): void {
    const intent = this.get(intentId);
    const attempts = intent.attempts.map((attempt) => (attempt.n === n ? { ...attempt, ...change } : attempt));
    this.put({ ...intent, attempts });
  }

  /** Oldest first. */
  all(): Intent[] {
    const foreign = this.sales.all().filter(({ facts }) => facts.till?.face !== FACE);
    const intents = [
      ...this.shelf.all(KINDS.intent),
      ...foreign.map(({ facts }) => asIntent(`pi_${facts.saleId}`, facts)),
    ];
    return intents.sort((a, b) => a.createdMs - b.createdMs);
  }

  stateOf(intent: Intent): IntentState {
    const attempt = intent.attempts.at(-1);
    if (attempt === undefined) {
      const sale = this.sales.foreign(intent.id);
      return sale === undefined ? this.#unsold(intent) : this.#foreign(sale);
    }
    const found = this.sales.ofAttempt(intent, attempt);
    const away = this.sales.isAway(attempt);
    if (found === undefined) {
      if (this.opening.has(keyOf(intent.id, attempt.n))) return { status: 'processing' };
      return away ? this.#away(intent, attempt) : this.#unsold(intent);
    }
    const { counter, facts } = found;
    if (facts === undefined) return { status: 'processing' };
    const sale = { counter, facts };
    if (!isOver(facts)) return away ? { ...this.#away(intent, attempt), sale } : { status: 'processing', sale };
    if (intent.cancel?.state === 'done') return { status: 'canceled', sale };
    if (wasPaid(facts)) return { status: paidStatus(intent), sale };
    return { status: this.#waiting(intent), sale, ...(attempt.calledOff === true ? {} : why(sale)) };
  }

  /** The same as it was, or is, with one of its attempts, whatever came later. */
  stateWith(intent: Intent, n: number): IntentState {
    return this.stateOf({ ...intent, attempts: intent.attempts.filter((attempt) => attempt.n <= n) });
  }

  /** Unknown is never failed: without a kept end it is being processed, and nobody tries it anew. */
  #away(intent: Intent, { settled }: Attempt): IntentState {
    if (settled === undefined) return { status: 'processing', away: true };
    if (intent.cancel?.state === 'done') return { status: 'canceled', kept: settled };
    return { status: settled === 'paid' ? paidStatus(intent) : this.#waiting(intent), kept: settled };
  }

  #unsold(intent: Intent): IntentState {
    return { status: intent.cancel === undefined ? this.#waiting(intent) : 'canceled' };
  }

  #waiting({ id }: Intent): IntentStatus {
    return this.collected.has(id) ? 'requires_confirmation' : 'requires_payment_method';
  }

  /** Nobody can try once more here what another till has begun. */
  #foreign(sale: Sale): IntentState {
    if (!isOver(sale.facts)) return { status: 'processing', sale };
    return wasPaid(sale.facts) ? { status: 'succeeded', sale } : { status: 'canceled', sale, ...why(sale) };
  }
}

function paidStatus({ captureMethod, capturedMs }: Intent): IntentStatus {
  return captureMethod !== 'manual' || capturedMs !== undefined ? 'succeeded' : 'requires_capture';
}

function why({ counter, facts }: Sale): { failure?: Failure } {
  const page = counter.world.terminal.find(facts.saleId);
  return page === undefined ? {} : { failure: failureOf(page) };
}

function asIntent(id: string, { amountFen, openedAtMs, subject }: SaleFacts): Intent {
  return {
    id,
    createdMs: openedAtMs,
    amount: amountFen,
    captureMethod: 'automatic',
    types: ['card_present'],
    allowedTypes: null,
    description: subject,
    receiptEmail: null,
    statementDescriptor: null,
    statementDescriptorSuffix: null,
    transferGroup: null,
    metadata: {},
    attempts: [],
  };
}
