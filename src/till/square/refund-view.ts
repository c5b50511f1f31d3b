import type { SalePage } from '../../terminal/book.js';
import { LOCATION_ID } from './identity.js';
import { refundIdOf, refundStatus, updatedAt } from './payment-view.js';
import { isOver, type Task, timestamp, yuan } from './records.js';

/** The latest that was asked of a payment's money through Square, if anything was. */
export interface AskedBack {
  readonly id: string;
  readonly task: Task;
}

/**
 * The refund of a payment as the Refunds API shows it, whoever has asked for it. `undefined`: there is none, and no more
 * than a terminal's refund that was called off before it began.
 */
export function refundView(
  page: SalePage,
  asked: AskedBack | undefined,
): Readonly<Record<string, unknown>> | undefined {
  const { facts, records } = page;
  const status = refundStatus(facts) ?? pendingStatus(asked?.task);
  if (status === undefined) return undefined;
  const begun = records.findLast((record) => record.kind === 'cancel-intent' && record.why === 'asked');
  const task = asked?.task;
  const { reason } = task?.asked ?? {};
  return {
    id: refundIdOf(facts.saleId),
    status,
    location_id: LOCATION_ID,
    destination_type: 'WALLET',
    amount_money: yuan(facts.amountFen),
    payment_id: facts.saleId,
    ...(reason === undefined ? {} : { reason }),
    created_at: refundedAt(page, task),
    updated_at: begun === undefined && task !== undefined ? timestamp(task.updatedAtMs) : updatedAt(page),
    ...(asked === undefined || task?.plain === true ? {} : { terminal_refund_id: asked.id }),
  };
}

/** When its money was first asked for. */
export function refundedAt({ facts, records }: SalePage, task: Task | undefined): string {
  const begun = records.findLast((record) => record.kind === 'cancel-intent' && record.why === 'asked');
  if (begun === undefined) return timestamp(task?.createdAtMs ?? facts.openedAtMs);
  return task === undefined ? begun.at : timestamp(Math.min(task.createdAtMs, Date.parse(begun.at)));
}

/** Before the terminal has begun. */
function pendingStatus(task: Task | undefined): 'PENDING' | 'FAILED' | undefined {
  if (task === undefined) return undefined;
  if (!isOver(task)) return 'PENDING';
  return task.plain === true && task.status === 'CANCELED' ? 'FAILED' : undefined;
}
