import type { z } from 'zod';
import type { SalePage } from '../../../terminal/book.js';
import type { Counter } from '../../counter.js';
import type { Answered, Call, Cloud, Endpoint } from '../call.js';
import { notFound, Refusal } from '../errors.js';
import { LOCATION_ID } from '../identity.js';
import { pageOf } from '../page.js';
import { parse } from '../parse.js';
import { createdAtMs, paymentView, toldOf, updatedAt } from '../payment-view.js';
import { refundsOf } from '../refund-list.js';
import { LIST_PAYMENTS } from '../schemas.js';

/** A page of 100 is the longest; whoever wants more gets that. */
export const PAGE_MAX = 100;
export const YEAR_MS = 365 * 24 * 60 * 60_000;

/** A sale, and where it was made. */
export interface Taken {
  readonly counter: Counter;
  readonly page: SalePage;
}

export const PAYMENT_ENDPOINTS: readonly Endpoint[] = [
  { method: 'GET', path: '/v2/payments', aim: () => ({ kind: 'status' }), handle: list },
  {
    method: 'GET',
    path: '/v2/payments/:id',
    aim: ({ shop }, id) => ({ kind: 'status', world: shop.whoseSale(id)?.world }),
    handle: get,
  },
];

function get(cloud: Cloud, call: Call): Answered {
  const taken = paymentOf(cloud, call.id);
  if (taken === undefined) {
    return notFound(`Could not find payment with id: ${call.id.slice(0, 80)}`, 'payment_id');
  }
  return call.reply({ payment: viewOf(cloud, taken) }, ...toldOf(taken.page.facts, taken.counter));
}

/** The payment of a sale, whoever asked for it: there is one once the platform may have been asked. */
export function paymentOf({ shop }: Cloud, saleId: string): Taken | undefined {
  const counter = shop.whoseSale(saleId);
  const page = counter?.world.terminal.find(saleId);
  return counter === undefined || page?.facts.sent !== true ? undefined : { counter, page };
}

export function viewOf({ tasks }: Cloud, { counter, page }: Taken): Readonly<Record<string, unknown>> {
  const { till } = page.facts;
  const refundIds = refundsOf(tasks, page).flatMap(({ id, nth }) => (nth === undefined ? [] : [id]));
  return paymentView(page, counter, refundIds, till?.face === 'square' ? tasks.get(till.key) : undefined);
}

/** The payments of all terminals that are at hand: the newest of each. */
export function payments({ shop }: Cloud): Taken[] {
  return [...shop.counters.values()].flatMap((counter) =>
    counter.world.terminal.sales().flatMap(({ saleId, sent }): Taken[] => {
      const page = sent ? counter.world.terminal.find(saleId) : undefined;
      return page === undefined ? [] : [{ counter, page }];
    }),
  );
}

function list(cloud: Cloud, call: Call): Answered {
  const query = parse(LIST_PAYMENTS, call.input);
  if (query instanceof Refusal) return query;
  const { cursor, limit = PAGE_MAX, sort_order: order = 'DESC', sort_field: field = 'CREATED_AT' } = query;
  const matches = filterOf(query, cloud.shop.clock.now());
  const listed = payments(cloud)
    .filter(matches)
    .map((thing) => {
      const { facts } = thing.page;
      const atMs = field === 'CREATED_AT' ? createdAtMs(facts) : Date.parse(updatedAt(thing.page));
      return { id: facts.saleId, atMs, thing };
    });
  const paged = pageOf(listed, { cursor, limit: Math.min(limit || PAGE_MAX, PAGE_MAX), order });
  if (paged instanceof Refusal) return paged;
  const views = paged.page.map((taken) => viewOf(cloud, taken));
  const told = paged.page.flatMap(({ counter, page }) => toldOf(page.facts, counter));
  const next = paged.cursor === undefined ? {} : { cursor: paged.cursor };
  return call.reply({ ...(views.length === 0 ? {} : { payments: views }), ...next }, ...told);
}

function filterOf(query: z.infer<typeof LIST_PAYMENTS>, nowMs: number): (taken: Taken) => boolean {
  const { location_id: location, total, last_4: last4, card_brand: brand } = query;
  const created = within(query.begin_time, query.end_time, nowMs - YEAR_MS);
  const updated = within(query.updated_at_begin_time, query.updated_at_end_time, Number.NEGATIVE_INFINITY);
  // No payment here is by card.
  if (last4 !== undefined || brand !== undefined || (location ?? LOCATION_ID) !== LOCATION_ID) return () => false;
  return ({ page }) =>
    created(createdAtMs(page.facts)) &&
    updated(Date.parse(updatedAt(page))) &&
    (total === undefined || page.facts.amountFen === total);
}

export function within(
  from: string | undefined,
  to: string | undefined,
  fromMsElse: number,
): (atMs: number) => boolean {
  const fromMs = from === undefined ? fromMsElse : Date.parse(from);
  const toMs = to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to);
  return (atMs) => atMs >= fromMs && atMs <= toMs;
}
