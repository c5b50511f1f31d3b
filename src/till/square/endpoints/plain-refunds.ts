import type { z } from 'zod';
import type { Answered, Call, Cloud, Endpoint } from '../call.js';
import { notFound, Refusal } from '../errors.js';
import { LOCATION_ID } from '../identity.js';
import { pageOf } from '../page.js';
import { parse } from '../parse.js';
import { saleOfRefund, toldOf } from '../payment-view.js';
import { nextRefundNo, type Refund, refundsOf } from '../refund-list.js';
import { refundedAt, refundView } from '../refund-view.js';
import { LIST_REFUNDS, REFUND_PAYMENT } from '../schemas.js';
import { createOnce, newTask } from './create.js';
import { PAGE_MAX, paymentOf, payments, type Taken, within, YEAR_MS } from './payments.js';
import { refundable } from './refunds.js';

/** A refund that no till sends to a terminal waits for one a day long. */
const PATIENCE = 'P1D';

/** The Refunds API: the same money, without a terminal in it as far as the till is concerned. */
export const REFUND_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v2/refunds',
    aim: ({ shop }, _id, body) => {
      const paymentId = REFUND_PAYMENT.safeParse(body).data?.payment_id;
      return { kind: 'reversal', world: paymentId === undefined ? undefined : shop.whoseSale(paymentId)?.world };
    },
    handle: create,
  },
  { method: 'GET', path: '/v2/refunds', aim: () => ({ kind: 'status' }), handle: list },
  {
    method: 'GET',
    path: '/v2/refunds/:id',
    aim: ({ shop }, id) => ({ kind: 'status', world: shop.whoseSale(saleOfRefund(id) ?? '')?.world }),
    handle: get,
  },
];

function create(cloud: Cloud, call: Call): Answered {
  const body = parse(REFUND_PAYMENT, call.input);
  if (body instanceof Refusal) return body;
  const { idempotency_key, ...asked } = body;
  return createOnce(cloud, call, {
    kind: 'refund',
    key: `refunds ${idempotency_key}`,
    asked,
    make: (fresh) => {
      const at = refundable(cloud, asked.payment_id, asked.amount_money, '');
      if (at instanceof Refusal) return at;
      const device = { counter: at.counter, behaviour: undefined };
      return {
        ...newTask(cloud, { ...fresh, asked }, device, PATIENCE),
        saleId: asked.payment_id,
        refundNo: nextRefundNo(cloud.tasks, at.page),
        plain: true,
      };
    },
    show: (id) => {
      const taken = paymentOf(cloud, asked.payment_id);
      const refund = taken === undefined ? undefined : found(cloud, taken, (one) => one.asked?.id === id);
      if (refund === undefined) return notFound(`Could not find payment with id: ${asked.payment_id}`, 'payment_id');
      return call.reply({ refund });
    },
  });
}

function get(cloud: Cloud, call: Call): Answered {
  const saleId = saleOfRefund(call.id);
  const taken = saleId === undefined ? undefined : paymentOf(cloud, saleId);
  const refund = taken === undefined ? undefined : found(cloud, taken, ({ id }) => id === call.id);
  if (taken === undefined || refund === undefined) {
    return notFound(`Could not find refund with id: ${call.id.slice(0, 80)}`, 'refund_id');
  }
  return call.reply({ refund }, ...toldOf(taken.page.facts, taken.counter));
}

function found(
  { tasks }: Cloud,
  { page }: Taken,
  isIt: (refund: Refund) => boolean,
): Readonly<Record<string, unknown>> | undefined {
  const refund = refundsOf(tasks, page).find(isIt);
  return refund === undefined ? undefined : refundView(page, refund);
}

function list(cloud: Cloud, call: Call): Answered {
  const query = parse(LIST_REFUNDS, call.input);
  if (query instanceof Refusal) return query;
  const { cursor, limit = PAGE_MAX, sort_order: order = 'DESC', sort_field: field = 'CREATED_AT' } = query;
  const matches = filterOf(query, cloud.shop.clock.now());
  const all = payments(cloud).flatMap((taken) =>
    refundsOf(cloud.tasks, taken.page).map((refund) => ({ refund, taken })),
  );
  const listed = all.flatMap(({ refund, taken }) => {
    const view = refundView(taken.page, refund);
    const createdAtMs = Date.parse(refundedAt(taken.page, refund));
    const times = { createdAtMs, updatedAtMs: Date.parse(String(view.updated_at)) };
    if (!matches(refund.status, times)) return [];
    return [{ id: refund.id, atMs: field === 'CREATED_AT' ? createdAtMs : times.updatedAtMs, thing: { view, taken } }];
  });
  const paged = pageOf(listed, { cursor, limit: Math.min(limit || PAGE_MAX, PAGE_MAX), order });
  if (paged instanceof Refusal) return paged;
  const refunds = paged.page.map(({ view }) => view);
  const told = paged.page.flatMap(({ taken }) => toldOf(taken.page.facts, taken.counter));
  const next = paged.cursor === undefined ? {} : { cursor: paged.cursor };
  return call.reply({ ...(refunds.length === 0 ? {} : { refunds }), ...next }, ...told);
}

interface Times {
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

function filterOf(query: z.infer<typeof LIST_REFUNDS>, nowMs: number): (status: string, times: Times) => boolean {
  const created = within(query.begin_time, query.end_time, nowMs - YEAR_MS);
  const updated = within(query.updated_at_begin_time, query.updated_at_end_time, Number.NEGATIVE_INFINITY);
  if ((query.location_id ?? LOCATION_ID) !== LOCATION_ID) return () => false;
  if ((query.source_type ?? 'WALLET') !== 'WALLET') return () => false;
  return (status, { createdAtMs, updatedAtMs }) =>
    created(createdAtMs) && updated(updatedAtMs) && (query.status === undefined || query.status === status);
}
