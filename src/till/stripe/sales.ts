import { isFinal, type SaleFacts } from '../../terminal/facts.js';
import type { Counter } from '../counter.js';
import type { Shop } from '../shop.js';
import type { ToldPayment } from '../wire.js';
import { saleIdIn } from './ids.js';
import type { Attempt, Intent } from './store.js';

/** A durable sale, and whose it is. */
export interface Sale {
  readonly counter: Counter;
  readonly facts: SaleFacts;
}

export const FACE = 'stripe' as const;

/** By which the journal knows the sale of an attempt. */
export const keyOf = (intentId: string, n: number) => `${intentId}/${n}`;

/** The PaymentIntent that a sale belongs to; one that other tills, or people, have made is one by itself. */
export function intentIdOf({ saleId, till }: SaleFacts): string {
  return till?.face === FACE ? till.key.slice(0, till.key.lastIndexOf('/')) : `pi_${saleId}`;
}

/** It was paid for good; all of it may have gone back since, because somebody asked for that. */
export function wasPaid(facts: SaleFacts): boolean {
  return facts.reversal !== undefined || (facts.payment === 'paid' && isFinal(facts));
}

/** Nothing more will come of the payment, and a till may be told so. */
export function isOver(facts: SaleFacts): boolean {
  return wasPaid(facts) || isFinal(facts);
}

/** What an answer that shows this sale's end tells of it. */
export function toldOf({ counter, facts }: Sale): ToldPayment | undefined {
  if (facts.payment === 'unknown' || !isFinal(facts)) return undefined;
  return { world: counter.world, saleId: facts.saleId, payment: facts.payment };
}

/** The sales of all terminals, as this protocol names them. */
export class Sales {
  constructor(readonly shop: Shop) {}

  find(saleId: string): Sale | undefined {
    const counter = this.shop.whoseSale(saleId);
    const facts = counter?.facts(saleId);
    return counter === undefined || facts === undefined ? undefined : { counter, facts };
  }

  /** The sale of an attempt. Without facts: it is not durable yet. */
  ofAttempt(intent: Intent, { n, terminalId }: Attempt) {
    const counter = this.shop.counter(terminalId);
    const saleId = counter?.saleOf(FACE, keyOf(intent.id, n));
    if (counter === undefined || saleId === undefined) return undefined;
    return { counter, saleId, facts: counter.facts(saleId) };
  }

  /**
   * Whether nobody can say what became of an attempt that has no sale at hand: its terminal is not there, or is out of
   * service, and then its book is not whole. Only a whole journal says that an attempt never began.
   */
  isAway({ terminalId }: Attempt): boolean {
    const counter = this.shop.counter(terminalId);
    return counter === undefined || counter.world.terminal.failure !== undefined;
  }

  /** A sale that was begun in another protocol, or by hand, by the id of the PaymentIntent that it is here. */
  foreign(intentId: string): Sale | undefined {
    const sale = this.find(saleIdIn(intentId, 'pi') ?? '');
    return sale?.facts.till?.face === FACE ? undefined : sale;
  }

  /** Those that are at hand, oldest first. */
  all(): Sale[] {
    const sales = [...this.shop.counters.values()].flatMap((counter) =>
      counter.world.terminal.sales().map((facts) => ({ counter, facts })),
    );
    return sales.sort((a, b) => a.facts.openedAtMs - b.facts.openedAtMs);
  }
}
