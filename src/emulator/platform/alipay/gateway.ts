import type { z } from 'zod';
import type { CancelOutcome, Ledger, PayRefusal, RefundOutcome } from '../ledger.js';
import { type Trade, tradeAt } from '../ledger-state.js';
import {
  type AnswerNode,
  cancelled,
  failed,
  failedTrade,
  inProcess,
  paid,
  queried,
  refunded,
  rejected,
} from './answers.js';
import { closesAfterMs, orderRequest, payRequest, problemOf, refundRequest } from './requests.js';

export interface GatewayAnswer {
  readonly orderNo: string | undefined;
  readonly response: AnswerNode;
}

/** What else there is to a request than its business part: the way it came, and what is wrong with the platform. */
export interface Circumstances {
  readonly notifyUrl?: string | undefined;
  /** How far the platform's clock is ahead. */
  readonly aheadMs: number;
  /** How far behind the books the copy is from which queries are answered. */
  readonly behindMs?: number | undefined;
  readonly ask?: { readonly confirmsAfterMs: number | undefined } | undefined;
}

/** alipay.trade.pay's refusals (opendocs.alipay.com/apis/api_1/alipay.trade.pay, 业务错误码). */
const PAY_REFUSALS: Record<PayRefusal, readonly [subCode: string, subMsg: string]> = {
  'code-invalid': [
    'ACQ.PAYMENT_AUTH_CODE_INVALID',
    '支付失败，获取顾客账户信息失败，请顾客刷新付款码后重新收款，如再次收款失败，请联系管理员处理。[SOUNDWAVE_PARSER_FAIL]',
  ],
  'no-money': ['ACQ.BUYER_BALANCE_NOT_ENOUGH', '买家余额不足'],
  closed: ['ACQ.TRADE_HAS_CLOSE', '交易已经关闭'],
  'paid-already': ['ACQ.TRADE_HAS_SUCCESS', '交易已被支付'],
  'other-buyer': ['ACQ.TRADE_BUYER_NOT_MATCH', '交易买家不匹配'],
  differs: ['ACQ.CONTEXT_INCONSISTENT', '订单信息不一致'],
};

const CANCEL_REFUSALS: Record<Extract<CancelOutcome, { outcome: 'refused' }>['reason'], readonly [string, string]> = {
  'too-late': ['ACQ.TRADE_CANCEL_TIME_OUT', '超过撤销时间范围'],
  'refunded-already': ['ACQ.REASON_TRADE_REFUND_FEE_ERR', '退款金额无效'],
};

const REFUND_REFUSALS: Record<Extract<RefundOutcome, { outcome: 'refused' }>['reason'], readonly [string, string]> = {
  'not-found': ['ACQ.TRADE_NOT_EXIST', '交易不存在'],
  'not-paid': ['ACQ.TRADE_STATUS_ERROR', '交易状态不合法'],
  'too-much': ['ACQ.REFUND_AMT_NOT_EQUAL_TOTAL', '退款金额超限'],
  differs: ['ACQ.DISCORDANT_REPEAT_REQUEST', '不一致的请求'],
};

const MAX_AMOUNT_FEN = 10_000_000_000;

/** Does what a request asks of the ledger, and says it in Alipay's words. Signatures and system parameters are checked before. */
export function handleRequest(
  ledger: Ledger,
  method: string,
  bizContent: unknown,
  circumstances: Circumstances,
): GatewayAnswer {
  switch (method) {
    case 'alipay.trade.pay':
      return pay(ledger, bizContent, circumstances);
    case 'alipay.trade.query':
      return query(ledger, bizContent, circumstances);
    case 'alipay.trade.cancel':
      return cancel(ledger, bizContent);
    case 'alipay.trade.refund':
      return refund(ledger, bizContent, circumstances);
    default:
      return { orderNo: undefined, response: rejected('40002', 'isv.invalid-method', '不存在的方法名') };
  }
}

function pay(ledger: Ledger, bizContent: unknown, { notifyUrl, ask, aheadMs }: Circumstances): GatewayAnswer {
  const parsed = payRequest.safeParse(bizContent);
  if (!parsed.success) return invalid(bizContent, parsed.error, failedTrade);
  const { out_trade_no: orderNo, auth_code: code, total_amount: amountFen, subject, timeout_express } = parsed.data;
  const refuse = (subCode: string, subMsg: string) => ({ orderNo, response: failedTrade(subCode, subMsg, orderNo) });
  if (code === '') return refuse('ACQ.AUTH_TOKEN_IS_NOT_EXIST', '支付授权码为空');
  if (amountFen < 1 || amountFen > MAX_AMOUNT_FEN) return refuse('ACQ.TOTAL_FEE_EXCEED', '订单总金额不在允许范围内');
  const closesMs = closesAfterMs(timeout_express, ledger.clock.now());
  if (closesMs === undefined) return refuse('ACQ.INVALID_PARAMETER', '参数无效：timeout_express 格式错误');
  const outcome = ledger.pay({ orderNo, amountFen, subject, code, closesAfterMs: closesMs, notifyUrl, ask });
  if (outcome.outcome === 'refused') return refuse(...PAY_REFUSALS[outcome.reason]);
  return { orderNo, response: outcome.outcome === 'paid' ? paid(outcome.trade, aheadMs) : inProcess(outcome.trade) };
}

function query(ledger: Ledger, bizContent: unknown, { behindMs = 0, aheadMs }: Circumstances): GatewayAnswer {
  const parsed = orderRequest.safeParse(bizContent);
  if (!parsed.success) return invalid(bizContent, parsed.error, failedTrade);
  const { orderNo, trade } = find(ledger, parsed.data);
  const seen = trade === undefined ? undefined : tradeAt(trade, ledger.clock.now() - behindMs);
  if (seen === undefined) return { orderNo, response: failedTrade('ACQ.TRADE_NOT_EXIST', '交易不存在', orderNo) };
  return { orderNo, response: queried(seen, aheadMs) };
}

function cancel(ledger: Ledger, bizContent: unknown): GatewayAnswer {
  const parsed = orderRequest.safeParse(bizContent);
  if (!parsed.success) return invalid(bizContent, parsed.error, failedCancel);
  const { orderNo } = find(ledger, parsed.data);
  // A wrong trade_no is an error; an unknown out_trade_no is a success, since nothing is all that is left of it.
  if (orderNo === undefined) return { orderNo, response: failed('ACQ.TRADE_NOT_EXIST', '交易不存在') };
  const outcome = ledger.cancel(orderNo);
  if (outcome.outcome === 'nothing') return { orderNo, response: cancelled(orderNo) };
  if (outcome.outcome === 'cancelled') return { orderNo, response: cancelled(orderNo, outcome) };
  return { orderNo, response: failedCancel(...CANCEL_REFUSALS[outcome.reason], orderNo, outcome.trade.tradeNo) };
}

function refund(ledger: Ledger, bizContent: unknown, { aheadMs }: Circumstances): GatewayAnswer {
  const parsed = refundRequest.safeParse(bizContent);
  if (!parsed.success) return invalid(bizContent, parsed.error, (subCode, subMsg) => failed(subCode, subMsg));
  const { refund_amount: amountFen, out_request_no: requestNo } = parsed.data;
  const { orderNo } = find(ledger, parsed.data);
  if (amountFen < 1) return { orderNo, response: failed('ACQ.INVALID_PARAMETER', '参数无效：refund_amount 格式错误') };
  if (orderNo === undefined) return { orderNo, response: failed(...REFUND_REFUSALS['not-found']) };
  const outcome = ledger.refund(orderNo, amountFen, requestNo);
  if (outcome.outcome === 'refused') return { orderNo, response: failed(...REFUND_REFUSALS[outcome.reason]) };
  return { orderNo, response: refunded(outcome.trade, amountFen, outcome.changed, ledger.clock.now() + aheadMs) };
}

/** trade_no goes before out_trade_no. Without a trade, the order number is the one that was asked for, if any. */
function find(
  ledger: Ledger,
  asked: { out_trade_no?: string | undefined; trade_no?: string | undefined },
): { orderNo: string | undefined; trade: Trade | undefined } {
  if (asked.trade_no !== undefined) {
    const trade = ledger.tradeByNo(asked.trade_no);
    return { orderNo: trade?.orderNo, trade };
  }
  const orderNo = asked.out_trade_no;
  return { orderNo, trade: orderNo === undefined ? undefined : ledger.trade(orderNo) };
}

function invalid(
  bizContent: unknown,
  error: z.ZodError,
  fail: (subCode: string, subMsg: string, orderNo: string | undefined) => AnswerNode,
): GatewayAnswer {
  const said =
    typeof bizContent === 'object' && bizContent !== null && 'out_trade_no' in bizContent
      ? bizContent.out_trade_no
      : undefined;
  const orderNo = typeof said === 'string' ? said : undefined;
  return { orderNo, response: fail('ACQ.INVALID_PARAMETER', problemOf(error, bizContent), orderNo) };
}

/** alipay.trade.cancel, refused for good. */
export function failedCancel(
  subCode: string,
  subMsg: string,
  orderNo: string | undefined,
  tradeNo?: string,
): AnswerNode {
  return failed(subCode, subMsg, {
    ...(orderNo === undefined ? {} : { out_trade_no: orderNo }),
    retry_flag: 'N',
    ...(tradeNo === undefined ? {} : { trade_no: tradeNo }),
  });
}
