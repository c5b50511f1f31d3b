import type { SalePage } from '../../terminal/book.js';
import type { StripeError } from './refusal.js';

/**
 * Why a payment did not come about, in Stripe's words. `api`: it was declined, and `last_payment_error` says so; `reader`:
 * it did not get that far (docs.stripe.com/terminal/payments/collect-card-payment, «Handle payment failures»).
 */
export interface Failure {
  readonly origin: 'api' | 'reader';
  readonly code: string;
  readonly declineCode?: string;
  readonly message: string;
}

/** Stripe's decline codes for what Alipay says of a payment for good (docs.stripe.com/declines/codes). */
const DECLINE_CODES: Readonly<Record<string, string>> = {
  'ACQ.BUYER_BALANCE_NOT_ENOUGH': 'insufficient_funds',
  'ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH': 'insufficient_funds',
  'ACQ.PAYMENT_AUTH_CODE_INVALID': 'expired_card',
  'ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR': 'expired_card',
  'ACQ.TRADE_HAS_CLOSE': 'processing_error',
  'ACQ.PAYMENT_FAIL': 'generic_decline',
  'ACQ.BUYER_ENABLE_STATUS_FORBID': 'call_issuer',
  'ACQ.BUYER_NOT_EXIST': 'invalid_account',
  'ACQ.PAYER_UNMATCHED': 'incorrect_pin',
  'ACQ.ERROR_BUYER_CERTIFY_LEVEL_LIMIT': 'online_or_offline_pin_required',
  'ACQ.USER_FACE_PAYMENT_SWITCH_OFF': 'pin_try_exceeded',
  'ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR': 'withdrawal_count_limit_exceeded',
  'ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR': 'card_velocity_exceeded',
  'ACQ.ERROR_BALANCE_PAYMENT_DISABLE': 'lost_card',
  'ACQ.PAYMENT_REQUEST_HAS_RISK': 'stolen_card',
  'ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE': 'card_not_supported',
  'ACQ.NOT_SUPPORT_PAYMENT_INST': 'card_not_supported',
  'ACQ.MOBILE_PAYMENT_SWITCH_OFF': 'service_not_allowed',
  'ACQ.CURRENCY_NOT_SUPPORT': 'currency_not_supported',
  'ACQ.AMOUNT_OR_CURRENCY_ERROR': 'invalid_amount',
  'ACQ.TOTAL_FEE_EXCEED': 'invalid_amount',
  'ACQ.PRODUCT_AMOUNT_LIMIT_ERROR': 'invalid_amount',
  'ACQ.BUYER_SELLER_EQUAL': 'transaction_not_allowed',
  'ACQ.SELLER_BEEN_BLOCKED': 'transaction_not_allowed',
  'ACQ.MERCHANT_STATUS_NOT_NORMAL': 'transaction_not_allowed',
  'ACQ.ACCESS_FORBIDDEN': 'transaction_not_allowed',
};

/** The decline code behind which a sub code of the platform stands in a test: the first that is listed above. */
export function subCodeFor(declineCode: string): string {
  const found = Object.entries(DECLINE_CODES).find(([, code]) => code === declineCode);
  if (found === undefined) throw new Error(`no sub code of the platform stands for ${declineCode}`);
  return found[0];
}

const DECLINED = 'Your card was declined.';

/** `code` and sentence of those that are not plain `card_declined` (docs.stripe.com/testing, docs.stripe.com/error-codes). */
const OWN_WORDS: Readonly<Record<string, readonly [code: string, message: string]>> = {
  insufficient_funds: ['card_declined', 'Your card has insufficient funds.'],
  expired_card: ['expired_card', 'Your card has expired.'],
  processing_error: ['processing_error', 'An error occurred while processing your card. Try again in a little bit.'],
};

function declined(subCode: string): Failure {
  const declineCode = DECLINE_CODES[subCode] ?? 'generic_decline';
  const [code, message] = OWN_WORDS[declineCode] ?? ['card_declined', DECLINED];
  return { origin: 'api', code, declineCode, message };
}

const AT_READER: Readonly<Record<string, Failure>> = {
  cashier: { origin: 'reader', code: 'customer_canceled', message: 'The payment was canceled at the reader.' },
  'no-code': { origin: 'reader', code: 'card_read_timed_out', message: 'No payment code was presented in time.' },
  'power-cut': {
    origin: 'reader',
    code: 'connection_error',
    message: 'The reader restarted before the payment began.',
  },
};

const GIVEN_UP: Readonly<Record<string, Failure>> = {
  cashier: { origin: 'reader', code: 'customer_canceled', message: 'The payment was canceled at the reader.' },
  'no-answer': {
    origin: 'api',
    code: 'payment_method_provider_timeout',
    message: 'The payment platform did not answer in time, and the payment was canceled.',
  },
  'buyer-did-not-confirm': {
    origin: 'api',
    code: 'payment_intent_payment_attempt_expired',
    message: 'The customer did not confirm the payment in time.',
  },
  unprinted: {
    origin: 'api',
    code: 'payment_intent_payment_attempt_failed',
    message: 'The ticket could not be printed, so the money was returned to the customer.',
  },
};

/** What the journal says of a sale that ended without being paid. */
export function failureOf({ facts, records }: SalePage): Failure {
  const ended = records.findLast((record) => record.kind === 'payment');
  if (ended?.by === 'nothing-sent') {
    const known = AT_READER[ended.why ?? ''];
    if (known !== undefined) return known;
  }
  const given = GIVEN_UP[facts.cancelling ?? ''];
  if (given !== undefined) return given;
  const refused = records.findLast((record) => record.kind === 'platform-answer' && record.outcome === 'refused');
  if (refused?.kind === 'platform-answer' && refused.call === 'authorize') return declined(refused.code ?? '');
  return {
    origin: 'api',
    code: 'payment_method_customer_decline',
    message: 'The customer declined the payment.',
  };
}

/** As it stands in `last_payment_error` and `action.api_error`. */
export function errorOf({ code, declineCode, message }: Failure): StripeError {
  return {
    type: 'card_error',
    code,
    ...(declineCode === undefined ? {} : { decline_code: declineCode }),
    message,
  };
}
