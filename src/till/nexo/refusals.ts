import type { ErrorCondition } from './message.js';

/** Why a payment did not come about, in Adyen's words: the condition to act on, and a reason and a message to log. */
export interface Refusal {
  readonly condition: ErrorCondition;
  readonly reason: string;
  readonly message: string;
}

const refusal = (condition: ErrorCondition, reason: string, message = reason): Refusal => ({
  condition,
  reason,
  message,
});

const DECLINED = '214 Declined online';

/**
 * What Alipay's sub codes are called there. Conditions, reasons and messages as the test environment has them (Adyen:
 * testing POS payments, simulating declined payments; Terminal API refusal reasons); which of them fits a sub code is
 * this house's choice. What is not named here is declined, without more.
 */
const OF_SUB_CODE: Readonly<Record<string, Refusal>> = {
  'ACQ.BUYER_BALANCE_NOT_ENOUGH': refusal('Refusal', '210 Not enough balance', 'NOT_ENOUGH_BALANCE'),
  'ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH': refusal('Refusal', '210 Not enough balance', 'NOT_ENOUGH_BALANCE'),
  'ACQ.BUYER_ENABLE_STATUS_FORBID': refusal('Refusal', '199 Card blocked', 'BLOCK_CARD'),
  'ACQ.MOBILE_PAYMENT_SWITCH_OFF': refusal('Refusal', '199 Card blocked', 'BLOCK_CARD'),
  'ACQ.USER_FACE_PAYMENT_SWITCH_OFF': refusal('Refusal', '199 Card blocked', 'BLOCK_CARD'),
  'ACQ.PAYMENT_AUTH_CODE_INVALID': refusal('Refusal', '228 Card expired', 'CARD_EXPIRED'),
  'ACQ.AUTH_TOKEN_IS_NOT_EXIST': refusal('Refusal', '228 Card expired', 'CARD_EXPIRED'),
  'ACQ.TOTAL_FEE_EXCEED': refusal('Refusal', DECLINED, 'INVALID_AMOUNT'),
  'ACQ.AMOUNT_OR_CURRENCY_ERROR': refusal('Refusal', DECLINED, 'INVALID_AMOUNT'),
  'ACQ.BEYOND_PAY_RESTRICTION': refusal('Refusal', DECLINED, 'INVALID_AMOUNT'),
  'ACQ.BUYER_NOT_EXIST': refusal('InvalidCard', DECLINED, 'INVALID_CARD'),
  'ACQ.NOT_SUPPORT_PAYMENT_INST': refusal('InvalidCard', DECLINED, 'INVALID_CARD'),
  'ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE': refusal('InvalidCard', DECLINED, 'INVALID_CARD'),
  'ACQ.PAYER_UNMATCHED': refusal('WrongPIN', '129 Invalid online PIN', 'INVALID_PIN'),
  'ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR': refusal(
    'Refusal',
    '211 Withdrawal amount exceeded',
    'WITHDRAWAL_AMOUNT_EXCEEDED',
  ),
  'ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR': refusal(
    'Refusal',
    '211 Withdrawal amount exceeded',
    'WITHDRAWAL_AMOUNT_EXCEEDED',
  ),
  'ACQ.PAYMENT_REQUEST_HAS_RISK': refusal('Refusal', DECLINED, 'ISSUER_SUSPECTED_FRAUD'),
};

/** The terminal's own reasons, as they stand in its journal. */
const OF_TERMINAL: Readonly<Record<string, Refusal>> = {
  cashier: refusal('Cancel', '108 Shopper cancelled tx'),
  'no-code': refusal('Cancel', 'Timed out', 'No payment code was shown in time'),
  'buyer-did-not-confirm': refusal('Cancel', '102 Shopper cancelled pin entry', 'Shopper cancelled pin entry'),
  TRADE_CLOSED: refusal('Cancel', '102 Shopper cancelled pin entry', 'Shopper cancelled pin entry'),
  // The payment was surely cancelled, so this is no unknown outcome.
  'no-answer': refusal('UnreachableHost', 'Acquirer Error', 'The platform did not answer; the payment was cancelled'),
  'power-cut': refusal('DeviceOut', 'Power lost', 'The terminal lost its power before the platform was asked'),
  unprinted: refusal('DeviceOut', 'Receipt not printed', 'The payment was reversed since its ticket did not come out'),
};

/** The till itself has given the payment up. */
export const ABORTED = refusal('Aborted', '104 Merchant cancelled tx');

/** `why`: as the journal has it of a payment that did not come about. */
export function refusalOf(why: string | undefined): Refusal {
  const own = OF_TERMINAL[why ?? ''] ?? OF_SUB_CODE[why ?? ''];
  return own ?? refusal('Refusal', DECLINED, why ?? 'DECLINED');
}
