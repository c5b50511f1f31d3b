import type { Wallet } from '../../ports/acquirer.js';
import type { SalePage, SaleRecord } from '../../terminal/book.js';
import { isFinal, type SaleFacts } from '../../terminal/facts.js';
import type { Counter } from '../counter.js';
import type { ToldPayment } from '../wire.js';
import type { SquareError } from './errors.js';
import { LOCATION_ID } from './identity.js';
import { isRefunded, wasCompleted } from './payment-state.js';
import { type Task, timestamp, yuan } from './records.js';

/** `WALLET` payments name their brand (API reference, DigitalWalletDetails). */
const BRANDS: Readonly<Record<Wallet, string>> = { alipay: 'ALIPAY', wechat: 'WECHAT_PAY', unionpay: 'UNKNOWN' };

type PaymentStatus = 'PENDING' | 'COMPLETED' | 'CANCELED' | 'FAILED';

const WALLET_STATUS = { PENDING: 'AUTHORIZED', COMPLETED: 'CAPTURED', CANCELED: 'VOIDED', FAILED: 'FAILED' } as const;

/** A sale whose end is not known yet is `PENDING`, whatever the till may hope. */
export function paymentStatus(facts: SaleFacts): PaymentStatus {
  if (wasCompleted(facts)) return 'COMPLETED';
  if (!isFinal(facts)) return 'PENDING';
  return facts.payment === 'not-paid' && facts.cancelling === undefined ? 'FAILED' : 'CANCELED';
}

/**
 * A sale as the Payments API shows it, whoever asked for it. There is a payment from the moment at which a platform may
 * have been asked for one: before that there is a sale, and no payment. `refundIds`: those that its
 * terminal has begun; `checkout`: the one it was made for.
 */
export function paymentView(
  page: SalePage,
  counter: Counter,
  refundIds: readonly string[],
  checkout?: Task,
): Readonly<Record<string, unknown>> {
  const { facts, records } = page;
  const { saleId, amountFen, wallet, till, subject, digital } = facts;
  const status = paymentStatus(facts);
  const tipFen = checkout?.tipFen ?? 0;
  const asked = checkout?.asked ?? {};
  const given = (field: string) => (asked[field] === undefined ? {} : { [field]: asked[field] });
  const refund = refundStatus(facts);
  return {
    id: saleId,
    created_at: timestamp(createdAtMs(facts)),
    updated_at: updatedAt(page),
    amount_money: yuan(amountFen - tipFen),
    ...(tipFen === 0 ? {} : { tip_money: yuan(tipFen) }),
    total_money: yuan(amountFen),
    ...(status === 'COMPLETED' ? { approved_money: yuan(amountFen) } : {}),
    ...(refund === 'COMPLETED' ? { refunded_money: yuan(amountFen) } : {}),
    status,
    source_type: 'WALLET',
    wallet_details: {
      status: WALLET_STATUS[status],
      brand: wallet === undefined ? 'UNKNOWN' : BRANDS[wallet],
      ...(status === 'FAILED' ? { errors: [declineOf(records)] } : {}),
    },
    location_id: LOCATION_ID,
    ...(refundIds.length === 0 ? {} : { refund_ids: refundIds }),
    ...(till?.face === 'square' ? { terminal_checkout_id: till.key } : {}),
    ...given('reference_id'),
    ...given('order_id'),
    ...given('customer_id'),
    ...given('team_member_id'),
    note: asked.note ?? subject,
    ...(status === 'COMPLETED' ? { receipt_number: saleId.slice(-4) } : {}),
    ...(digital === undefined ? {} : { receipt_url: digital.url }),
    device_details: { device_id: counter.id, device_name: `Terminal ${counter.id}` },
    application_details: { square_product: till?.face === 'square' ? 'TERMINAL_API' : 'OTHER' },
  };
}

/** When the platform was asked for it. */
export function createdAtMs({ sentAtMs, openedAtMs }: SaleFacts): number {
  return sentAtMs ?? openedAtMs;
}

/** The records that change what a payment looks like. */
const OF_THE_PAYMENT: ReadonlySet<SaleRecord['kind']> = new Set(['authorize-intent', 'cancel-intent', 'payment']);

export function updatedAt({ facts, records }: SalePage): string {
  const latest = records.findLast(({ kind }) => OF_THE_PAYMENT.has(kind));
  return latest?.at ?? timestamp(createdAtMs(facts));
}

/** Alipay's sub-codes for what Square has words of its own for. */
const DECLINES: Readonly<Record<string, string>> = {
  'ACQ.BUYER_BALANCE_NOT_ENOUGH': 'INSUFFICIENT_FUNDS',
  'ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH': 'INSUFFICIENT_FUNDS',
  'ACQ.PAYMENT_AUTH_CODE_INVALID': 'SOURCE_EXPIRED',
  'ACQ.SOUNDWAVE_PARSER_FAIL': 'SOURCE_EXPIRED',
};

/** Why the platform has taken no money. */
function declineOf(records: readonly SaleRecord[]): SquareError {
  const end = records.findLast((record) => record.kind === 'payment');
  const why = end?.kind === 'payment' ? end.why : undefined;
  const code = (why === undefined ? undefined : DECLINES[why]) ?? 'GENERIC_DECLINE';
  return { category: 'PAYMENT_METHOD_ERROR', code, detail: why ?? 'The payment was declined.' };
}

/** Each time that the money is asked back is a refund of its own: what was rejected stays so. */
export function refundIdOf(saleId: string, no: number): string {
  return no === 1 ? `${saleId}_refund` : `${saleId}_refund_${no}`;
}

export function saleOfRefund(refundId: string): string | undefined {
  return /^(.+)_refund(?:_\d+)?$/.exec(refundId)?.[1];
}

/** How the latest refund stands by the facts alone; `undefined`: nobody has asked the terminal for one. */
export function refundStatus({ payment, reversal }: SaleFacts): 'PENDING' | 'COMPLETED' | 'REJECTED' | undefined {
  if (reversal === 'refused') return 'REJECTED';
  if (reversal === undefined) return undefined;
  return payment === 'reversed' ? 'COMPLETED' : 'PENDING';
}

/** What an answer with this payment in it says for good. */
export function toldOf(facts: SaleFacts | undefined, counter: Counter): readonly ToldPayment[] {
  if (facts === undefined || facts.payment === 'unknown' || !isFinal(facts)) return [];
  return [{ world: counter.world, saleId: facts.saleId, payment: facts.payment }];
}

/** A checkout that was complete says nothing of a refund that came later. */
export function toldOfCheckout(facts: SaleFacts | undefined, counter: Counter): readonly ToldPayment[] {
  return facts === undefined || isRefunded(facts) ? [] : toldOf(facts, counter);
}
