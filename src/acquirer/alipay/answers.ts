import type {
  AuthorizeAnswer,
  AuthorizeRequest,
  CancelAnswer,
  PaidFacts,
  PlatformWords,
  QueryAnswer,
} from '../../ports/acquirer.js';
import { beijingTimeMs, fenOf, textOf, unusable, wordsOf } from './fields.js';
import { FINAL_CANCEL_REFUSALS, FINAL_PAY_REFUSALS, GATEWAY_REJECTIONS } from './refusals.js';

/**
 * What alipay.trade.pay's answer says of this request. Whatever is not certain is unknown, with the platform's words: so is a
 * refusal of a request that was `repeated`, since it speaks of the last sending, and an earlier one may have been booked.
 */
export function authorizeAnswer(response: object, request: AuthorizeRequest, repeated = false): AuthorizeAnswer {
  const strange = strangeOrder(response, request.orderNo);
  if (strange !== undefined) return { outcome: 'unknown', ...strange };
  switch (textOf(response, 'code')) {
    case '10000': {
      const paid = paidFacts(response, request.orderNo, 'gmt_payment');
      if ('code' in paid) return { outcome: 'unknown', ...paid };
      if (paid.amountFen === request.amountFen) return { outcome: 'paid', ...paid };
      const problem = `it is about ${paid.amountFen} fen, and ${request.amountFen} fen were asked for`;
      return { outcome: 'unknown', ...unusable(problem) };
    }
    case '10003':
      return { outcome: 'waiting', ...wordsOf(response) };
    default:
      return { outcome: !repeated && isFinalRefusal(response) ? 'refused' : 'unknown', ...wordsOf(response) };
  }
}

/** What alipay.trade.query's answer says of the order. */
export function queryAnswer(response: object, orderNo: string): QueryAnswer {
  const strange = strangeOrder(response, orderNo);
  if (strange !== undefined) return { outcome: 'unknown', ...strange };
  const words = wordsOf(response);
  if (words.code === 'ACQ.TRADE_NOT_EXIST') return { outcome: 'not-found', ...words };
  if (textOf(response, 'code') !== '10000') return { outcome: 'unknown', ...words };
  const state = textOf(response, 'trade_status');
  if (textOf(response, 'out_trade_no') === undefined) {
    return { outcome: 'unknown', ...unusable('it does not say about which order') };
  }
  switch (state) {
    case 'TRADE_SUCCESS':
    case 'TRADE_FINISHED': {
      const paid = paidFacts(response, orderNo, 'send_pay_date');
      return 'code' in paid ? { outcome: 'unknown', ...paid } : { outcome: 'paid', ...paid };
    }
    case 'WAIT_BUYER_PAY':
      return { outcome: 'waiting', code: state, words: words.words };
    case 'TRADE_CLOSED':
      return {
        outcome: 'closed',
        code: state,
        words: words.words,
        ...(textOf(response, 'send_pay_date') === undefined ? {} : { refunded: true }),
      };
    default:
      return { outcome: 'unknown', ...unusable(`its trade_status is ${JSON.stringify(state)}`) };
  }
}

/**
 * What alipay.trade.cancel's answer says of the order. Without an action there was no trade. A refusal of a request that was
 * `repeated` is unknown: an earlier sending may have been carried out.
 */
export function cancelAnswer(response: object, orderNo: string, repeated = false): CancelAnswer {
  const strange = strangeOrder(response, orderNo);
  if (strange !== undefined) return { outcome: 'unknown', ...strange };
  const words = wordsOf(response);
  if (textOf(response, 'retry_flag') === 'Y') return { outcome: 'retry', ...words };
  if (textOf(response, 'code') !== '10000') {
    const final = textOf(response, 'code') === '40004' && FINAL_CANCEL_REFUSALS.has(words.code);
    return { outcome: final && !repeated ? 'refused' : 'unknown', ...words };
  }
  if (textOf(response, 'out_trade_no') === undefined) {
    return { outcome: 'unknown', ...unusable('it does not say about which order') };
  }
  const action = textOf(response, 'action') ?? 'none';
  if (action === 'close' || action === 'refund' || action === 'none') return { outcome: 'cancelled', action };
  return { outcome: 'unknown', ...unusable(`its action is ${JSON.stringify(action)}`) };
}

/** An answer about another order than the one asked for is worth nothing, however well it is signed. */
function strangeOrder(response: object, orderNo: string): PlatformWords | undefined {
  const said = textOf(response, 'out_trade_no');
  if (said === undefined || said === orderNo) return undefined;
  return unusable(`it is about the order ${JSON.stringify(said)}`);
}

/** The facts of a payment, or what is wrong with an answer or notice that claims one. */
export function paidFacts(
  response: object,
  orderNo: string,
  timeField: string,
): (PaidFacts & { amountFen: number }) | PlatformWords {
  if (textOf(response, 'out_trade_no') !== orderNo) return unusable('it does not say which order was paid');
  const tradeNo = textOf(response, 'trade_no');
  if (tradeNo === undefined) return unusable('it has no trade_no');
  const amountFen = fenOf(textOf(response, 'total_amount'));
  if (amountFen === undefined) return unusable('it does not say how much was paid');
  const buyer = textOf(response, 'buyer_logon_id');
  const paidAtMs = beijingTimeMs(textOf(response, timeField));
  return {
    tradeNo,
    amountFen,
    ...(buyer === undefined ? {} : { buyer }),
    ...(paidAtMs === undefined ? {} : { paidAtMs }),
  };
}

function isFinalRefusal(response: object): boolean {
  const code = textOf(response, 'code') ?? '';
  const subCode = textOf(response, 'sub_code') ?? '';
  if (code === '40004') return FINAL_PAY_REFUSALS.has(subCode);
  return GATEWAY_REJECTIONS.has(code) && subCode.startsWith('isv.');
}
