import type { SalePage } from '../../terminal/book.js';
import { isFinal, type SaleFacts } from '../../terminal/facts.js';
import type { CancelReason, TaskStatus } from './records.js';

/** How far a sale has come, as a checkout says it. Nothing of it is final before the payment is. */
export interface SaleState {
  readonly status: TaskStatus;
  readonly cancelReason?: CancelReason;
}

/** Whether the money went back, or is going back, because somebody asked for that after the sale had been paid. */
export function isRefunded({ reversal }: SaleFacts): boolean {
  return reversal === 'asked';
}

/** Whether the sale was paid and stands, or stood until its money was asked back: a till may have been told so. */
export function wasCompleted(facts: SaleFacts): boolean {
  return isRefunded(facts) || (facts.payment === 'paid' && isFinal(facts));
}

/** `bySeller`: the till has asked to cancel it. */
export function saleState({ facts, records }: Pick<SalePage, 'facts' | 'records'>, bySeller: boolean): SaleState {
  if (wasCompleted(facts)) return { status: 'COMPLETED' };
  if (isFinal(facts))
    return { status: 'CANCELED', cancelReason: bySeller ? 'SELLER_CANCELED' : whyCanceled(facts, records) };
  const canceling = facts.payment === 'unknown' && facts.cancelling !== undefined;
  return { status: bySeller || canceling ? 'CANCEL_REQUESTED' : 'IN_PROGRESS' };
}

/** Square knows three reasons; what the terminal itself gave up is one of time. */
function whyCanceled({ cancelling }: SaleFacts, records: SalePage['records']): CancelReason {
  if (cancelling === 'no-answer' || cancelling === 'buyer-did-not-confirm') return 'TIMED_OUT';
  // By policy a sale without a ticket does not stand: the seller's rule.
  if (cancelling === 'unprinted') return 'SELLER_CANCELED';
  // The cancel key of the terminal itself.
  if (cancelling === 'cashier') return 'BUYER_CANCELED';
  const end = records.findLast((record) => record.kind === 'payment');
  const nothingSent = end?.kind === 'payment' && end.by === 'nothing-sent' ? end.why : undefined;
  if (nothingSent === 'no-code' || nothingSent === 'power-cut') return 'TIMED_OUT';
  // The cancel key again, or the platform has refused what the buyer wanted to pay with.
  return 'BUYER_CANCELED';
}
