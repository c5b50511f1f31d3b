import type { SalePage, SaleRecord } from '../../terminal/book.js';
import { LOCATION_ID } from './identity.js';
import { updatedAt } from './payment-view.js';
import { timestamp, yuan } from './records.js';
import type { Refund } from './refund-list.js';

/** One refund of a payment as the Refunds API shows it. */
export function refundView(page: SalePage, { id, status, nth, asked }: Refund): Readonly<Record<string, unknown>> {
  const { facts } = page;
  const task = asked?.task;
  const { reason } = task?.asked ?? {};
  return {
    id,
    status,
    location_id: LOCATION_ID,
    destination_type: 'WALLET',
    amount_money: yuan(facts.amountFen),
    payment_id: facts.saleId,
    ...(reason === undefined ? {} : { reason }),
    created_at: refundedAt(page, { nth, asked }),
    updated_at: nth === undefined && task !== undefined ? timestamp(task.updatedAtMs) : refundUpdatedAt(page, nth),
    ...(asked === undefined || task?.plain === true ? {} : { terminal_refund_id: asked.id }),
  };
}

/** When its money was first asked for. */
export function refundedAt({ facts, records }: SalePage, { nth, asked }: Pick<Refund, 'nth' | 'asked'>): string {
  const begun = nth === undefined ? undefined : records.filter(isAsking)[nth - 1];
  const task = asked?.task;
  if (begun === undefined) return timestamp(task?.createdAtMs ?? facts.openedAtMs);
  return task === undefined ? begun.at : timestamp(Math.min(task.createdAtMs, Date.parse(begun.at)));
}

/** What has come of an earlier one is what was known before the next was asked for. */
function refundUpdatedAt(page: SalePage, nth: number | undefined): string {
  const { records } = page;
  const next = nth === undefined ? undefined : records.filter(isAsking)[nth];
  return updatedAt(next === undefined ? page : { ...page, records: records.slice(0, records.indexOf(next)) });
}

function isAsking(record: SaleRecord): boolean {
  return record.kind === 'cancel-intent' && record.why === 'asked';
}
