import type { Counter } from '../counter.js';
import { deviceMetadata } from './device-view.js';
import { APPLICATION_ID, LOCATION_ID } from './identity.js';
import { refundIdOf } from './payment-view.js';
import { numberOf, type Task, timestamp } from './records.js';

/** A task as the Terminal API shows it: what was asked for, with what has become of it. */
export function taskView(id: string, task: Task, counter: Counter | undefined): Readonly<Record<string, unknown>> {
  const { asked, status, cancelReason, createdAtMs, updatedAtMs } = task;
  return {
    id,
    ...asked,
    ...resultsOf(task, counter),
    status,
    ...(cancelReason === undefined ? {} : { cancel_reason: cancelReason }),
    created_at: timestamp(createdAtMs),
    updated_at: timestamp(updatedAtMs),
    app_id: APPLICATION_ID,
    location_id: LOCATION_ID,
  };
}

function resultsOf(task: Task, counter: Counter | undefined): Readonly<Record<string, unknown>> {
  const { kind, saleId, asked, status, tipFen = 0 } = task;
  switch (kind) {
    case 'checkout': {
      // There is a payment as soon as a platform may have been asked for one.
      const sent = saleId !== undefined && counter?.facts(saleId)?.sent === true;
      const tip = tipFen === 0 ? {} : { tip_money: { amount: tipFen, currency: 'CNY' } };
      return { ...tip, ...(sent ? { payment_ids: [saleId] } : {}) };
    }
    case 'action':
      return asked.type === 'PING' && status === 'COMPLETED' && counter !== undefined
        ? { device_metadata: deviceMetadata(counter) }
        : {};
    case 'refund':
      return status === 'COMPLETED' && saleId !== undefined ? { refund_id: refundIdOf(saleId, numberOf(task)) } : {};
  }
}
