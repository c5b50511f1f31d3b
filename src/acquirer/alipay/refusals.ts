/**
 * alipay.trade.pay's sub codes that say for good: no money moved, and none will. Everything that is not in this list is
 * unknown. From the vendor's table of business errors (opendocs.alipay.com, alipay.trade.pay).
 *
 * Left out on purpose, since the order number may have been paid, or may still be: SYSTEM_ERROR, TRADE_HAS_SUCCESS,
 * CONTEXT_INCONSISTENT, TRADE_BUYER_NOT_MATCH and TRADE_STATUS_ERROR (there is a trade, and it is not this one's answer),
 * PULL_MOBILE_CASHIER_FAIL (the trade waits, and the customer may find it in the app).
 */
export const FINAL_PAY_REFUSALS: ReadonlySet<string> = new Set([
  // The code, or the trade, cannot be paid with any more.
  'ACQ.PAYMENT_AUTH_CODE_INVALID',
  'ACQ.AUTH_TOKEN_IS_NOT_EXIST',
  'ACQ.TRADE_HAS_CLOSE',
  'ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR',
  'ACQ.PAYMENT_FAIL',
  // The buyer cannot pay.
  'ACQ.BUYER_BALANCE_NOT_ENOUGH',
  'ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH',
  'ACQ.ERROR_BALANCE_PAYMENT_DISABLE',
  'ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE',
  'ACQ.NOT_SUPPORT_PAYMENT_INST',
  'ACQ.BUYER_SELLER_EQUAL',
  'ACQ.BUYER_ENABLE_STATUS_FORBID',
  'ACQ.BUYER_NOT_EXIST',
  'ACQ.BUYER_NOT_MAINLAND_CERT',
  'ACQ.NOT_CERTIFIED_USER',
  'ACQ.ERROR_BUYER_CERTIFY_LEVEL_LIMIT',
  'ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR',
  'ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR',
  'ACQ.MOBILE_PAYMENT_SWITCH_OFF',
  'ACQ.USER_FACE_PAYMENT_SWITCH_OFF',
  'ACQ.USER_LOGONID_DUP',
  'ACQ.PAYER_UNMATCHED',
  'ACQ.PAYMENT_REQUEST_HAS_RISK',
  // The merchant may not be paid, or not so much.
  'ACQ.ACCESS_FORBIDDEN',
  'ACQ.PARTNER_ERROR',
  'ACQ.SELLER_BEEN_BLOCKED',
  'ACQ.SELLER_NOT_EXIST',
  'ACQ.INVALID_RECEIVE_ACCOUNT',
  'ACQ.INVALID_STORE_ID',
  'ACQ.MERCHANT_AGREEMENT_INVALID',
  'ACQ.MERCHANT_AGREEMENT_NOT_EXIST',
  'ACQ.MERCHANT_STATUS_NOT_NORMAL',
  'ACQ.MERCHANT_PERM_RECEIPT_DAY_LIMIT',
  'ACQ.MERCHANT_PERM_RECEIPT_SINGLE_LIMIT',
  'ACQ.MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT',
  'ACQ.SUB_MERCHANT_CREATE_FAIL',
  'ACQ.SUB_MERCHANT_TYPE_INVALID',
  'ACQ.UN_SUPPORT_TRADE_SCENE',
  'ACQ.RESTRICTED_MERCHANT_INDUSTRY',
  'ACQ.BEYOND_PAY_RESTRICTION',
  'ACQ.BEYOND_PER_RECEIPT_RESTRICTION',
  'ACQ.BEYOND_PER_RECEIPT_DAY_RESTRICTION',
  'ACQ.BEYOND_PER_RECEIPT_SINGLE_RESTRICTION',
  'ACQ.PRODUCT_AMOUNT_LIMIT_ERROR',
  // The request is not acceptable.
  'ACQ.INVALID_PARAMETER',
  'ACQ.EXIST_FORBIDDEN_WORD',
  'ACQ.TOTAL_FEE_EXCEED',
  'ACQ.AMOUNT_OR_CURRENCY_ERROR',
  'ACQ.CURRENCY_NOT_SUPPORT',
]);

/**
 * Return codes of the gateway itself: the request was turned away before any business was done. Only with a sub code of
 * the `isv.` family, which says that the fault is in the request (opendocs.alipay.com/common/02km9f).
 *
 * Left out on purpose: 40005, too many requests. It says nothing of the request, and a payment may have reached the
 * platform twice (the SDK repeats one whose connection breaks): the first is booked, the second is one too many.
 */
export const GATEWAY_REJECTIONS: ReadonlySet<string> = new Set(['40001', '40002', '40003', '40006']);

/** alipay.trade.cancel's sub codes after which calling again does not help: a person has to look. */
export const FINAL_CANCEL_REFUSALS: ReadonlySet<string> = new Set([
  'ACQ.CANCEL_NOT_ALLOWED',
  'ACQ.INVALID_PARAMETER',
  'ACQ.REASON_TRADE_BEEN_FREEZEN',
  'ACQ.REASON_TRADE_REFUND_FEE_ERR',
  'ACQ.SELLER_BALANCE_NOT_ENOUGH',
  'ACQ.TRADE_CANCEL_TIME_OUT',
  'ACQ.TRADE_HAS_FINISHED',
]);
