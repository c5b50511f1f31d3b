import type { Undo } from '../../ports/undo.js';
import type { JournalRecord } from '../../terminal/journal/record.js';
import type { Counter } from '../counter.js';
import type { Cloud } from './call.js';
import { paymentOf, type Taken, viewOf } from './endpoints/payments.js';
import { type Refund, refundsOf } from './refund-list.js';
import { refundView } from './refund-view.js';

/** Tells of payments and of refunds as they come to be and change, whoever asked for them: as the journals have it. */
export function watchPayments(cloud: Cloud): Undo {
  const undo = [...cloud.shop.counters.values()].map((counter) =>
    counter.world.watch({ record: (record) => heard(cloud, counter, record) }),
  );
  return () => {
    for (const one of undo) one();
  };
}

function heard(cloud: Cloud, counter: Counter, record: JournalRecord): void {
  switch (record.kind) {
    case 'authorize-intent':
      tellPayment(cloud, record.saleId, 'payment.created');
      break;
    case 'cancel-intent':
      if (record.why !== 'asked') break;
      tellPayment(cloud, record.saleId, 'payment.updated');
      tellRefund(cloud, record.saleId, 'refund.created');
      break;
    case 'payment':
      tellPayment(cloud, record.saleId, 'payment.updated');
      if (counter.facts(record.saleId)?.reversal !== undefined) tellRefund(cloud, record.saleId, 'refund.updated');
      break;
    default:
      break;
  }
}

function tellPayment(cloud: Cloud, saleId: string, type: 'payment.created' | 'payment.updated'): void {
  const taken = paymentOf(cloud, saleId);
  if (taken !== undefined) cloud.bulletin.publish(type, 'payment', saleId, { payment: viewOf(cloud, taken) });
}

function tellRefund(cloud: Cloud, saleId: string, type: 'refund.created' | 'refund.updated'): void {
  const taken = paymentOf(cloud, saleId);
  const latest = taken === undefined ? undefined : refundsOf(cloud.tasks, taken.page).find(isLatest(taken));
  if (taken === undefined || latest === undefined) return;
  cloud.bulletin.publish(type, 'refund', latest.id, { refund: refundView(taken.page, latest) });
}

/** Of the refunds of a payment the journal tells about the latest. */
function isLatest({ page }: Taken): (refund: Refund) => boolean {
  return ({ nth }) => nth === page.facts.reversalsAsked;
}
