import { z } from 'zod';
import type { World } from '../../../world/world.js';
import type { Call } from '../call.js';
import type { Cloud } from '../cloud.js';
import type { FormObject } from '../form.js';
import { chargeIdOf, saleIdIn } from '../ids.js';
import { amount, choice, expand, merged, metadata, paging, parse, words } from '../params.js';
import { giveBack, madeBefore, whenReturned } from '../refunding.js';
import { invalid, missing, readerTrouble } from '../refusal.js';
import type { Sale } from '../sales.js';
import { page } from '../views/list.js';
import { ofCharge, ofIntent, type Route } from './route.js';

const ONE = z.strictObject(expand);
const CHARGES = z.strictObject({ payment_intent: words().optional(), ...paging });
const REFUNDS = z.strictObject({ charge: words().optional(), payment_intent: words().optional(), ...paging });

/** Which sale, and how it is to be given back: for refunds through the API, and at the reader. */
export const REFUND = {
  charge: words().optional(),
  payment_intent: words().optional(),
  amount: amount().optional(),
  metadata: metadata().optional(),
  ...expand,
};
const CREATE = z.strictObject({
  reason: choice('duplicate', 'fraudulent', 'requested_by_customer').optional(),
  ...REFUND,
});

export const CHARGE_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/v1/charges', kind: 'status', handle: listCharges },
  {
    method: 'GET',
    path: '/v1/charges/:',
    kind: 'status',
    world: ofCharge,
    handle: (cloud, call) => {
      parse(ONE, call.params);
      const sale = cloud.sales.find(saleIdIn(call.id, 'ch') ?? '');
      const charge = sale === undefined ? undefined : cloud.views.charge(sale, call.tell);
      if (charge === undefined) throw missing('charge', call.id);
      call.answer(charge);
    },
  },
  {
    method: 'GET',
    path: '/v1/charges/:/refunds',
    kind: 'status',
    world: ofCharge,
    handle: (cloud, call) => {
      const paged = parse(z.strictObject(paging), call.params);
      const sale = saleOf(cloud, { charge: call.id });
      const url = `/v1/charges/${call.id}/refunds`;
      call.answer(page(url, cloud.refunds.of(sale), paged, (refund) => cloud.views.refund(refund, call.tell)));
    },
  },
  { method: 'POST', path: '/v1/refunds', kind: 'reversal', world: ofParams, handle: create },
  { method: 'GET', path: '/v1/refunds', kind: 'status', handle: listRefunds },
  {
    method: 'GET',
    path: '/v1/refunds/:',
    kind: 'status',
    world: ofCharge,
    handle: (cloud, call) => {
      parse(ONE, call.params);
      call.answer(cloud.views.refund(cloud.refunds.get(call.id), call.tell));
    },
  },
];

/** The terminal of the sale that `charge` or `payment_intent` names. */
export function ofParams(
  cloud: Cloud,
  _ids: readonly string[],
  { charge, payment_intent: intent }: FormObject,
): World | undefined {
  if (typeof intent === 'string') return ofIntent(cloud, [intent]);
  return typeof charge === 'string' ? ofCharge(cloud, [charge]) : undefined;
}

/** Throws a `StripeRefusal` unless exactly one of both names a sale. */
export function saleOf(
  { sales, intents }: Cloud,
  {
    charge,
    payment_intent: intentId,
  }: { readonly charge?: string | undefined; readonly payment_intent?: string | undefined },
): Sale {
  if (charge !== undefined && intentId !== undefined) {
    throw invalid('You may only specify one of these parameters: charge, payment_intent.', {
      code: 'parameters_exclusive',
    });
  }
  if (intentId !== undefined) {
    const { sale, status, away, kept } = intents.stateOf(intents.get(intentId, 'payment_intent'));
    if (sale?.facts.sent === true) return sale;
    if (away || kept === 'paid') throw readerTrouble('terminal_reader_offline');
    throw invalid(
      `This PaymentIntent (${intentId}) does not have a successful charge to refund: its status is ${status}.`,
      {
        code: 'charge_not_refundable',
        param: 'payment_intent',
      },
    );
  }
  if (charge === undefined) {
    throw invalid('One of the following params should be provided for this request: payment_intent or charge.', {
      code: 'parameter_missing',
    });
  }
  const sale = sales.find(saleIdIn(charge, 'ch') ?? '');
  if (sale?.facts.sent !== true) throw missing('charge', charge, 'charge');
  return sale;
}

function listCharges(cloud: Cloud, call: Call): void {
  const { payment_intent: intentId, ...paged } = parse(CHARGES, call.params);
  const charges = cloud.sales
    .all()
    .filter((sale) => sale.facts.sent)
    .map((sale) => ({ id: chargeIdOf(sale.facts.saleId), sale }))
    .filter(({ sale }) => intentId === undefined || cloud.views.charge(sale, () => {})?.payment_intent === intentId);
  call.answer(page('/v1/charges', charges, paged, ({ sale }) => cloud.views.charge(sale, call.tell) ?? {}));
}

function listRefunds(cloud: Cloud, call: Call): void {
  const { charge, payment_intent: intentId, ...paged } = parse(REFUNDS, call.params);
  const refunds = cloud.refunds.all().filter((refund) => {
    const view = cloud.views.refund(refund, () => {});
    return (charge ?? view.charge) === view.charge && (intentId ?? view.payment_intent) === view.payment_intent;
  });
  call.answer(page('/v1/refunds', refunds, paged, (refund) => cloud.views.refund(refund, call.tell)));
}

function create(cloud: Cloud, call: Call): void {
  const given = parse(CREATE, call.params);
  const sale = saleOf(cloud, given);
  const request = { amount: given.amount, reason: given.reason, metadata: merged({}, given.metadata) };
  const { saleId } = sale.facts;
  const showNth = (nth: number) => {
    const refund = cloud.refunds.nth(cloud.sales.find(saleId) ?? sale, nth);
    if (refund === undefined) return call.refuse(missing('refund', saleId));
    call.answer(cloud.views.refund(refund, call.tell));
  };
  const before = madeBefore(cloud, call, sale, request);
  if (before !== undefined) return void showNth(before.nth);
  giveBack(cloud, call, sale, request, (refusal, nth) => {
    if (refusal !== undefined) return call.refuse(refusal);
    whenReturned(sale, nth, () => showNth(nth));
  });
}
