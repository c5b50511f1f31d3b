import type { Trade, TradeAsSeen } from '../ledger-state.js';
import { buyerOf } from '../wallet.js';

/** The node of an answer: what stands under `alipay_trade_pay_response`, and what the signature is over. */
export type AnswerNode = Readonly<Record<string, unknown>>;

/** The gateway's return codes and their words (opendocs.alipay.com/common/02km9f). */
const GATEWAY_WORDS = {
  '20000': 'Service Currently Unavailable',
  '40001': 'Missing Required Arguments',
  '40002': 'Invalid Arguments',
  '40003': 'Insufficient Conditions',
  '40004': 'Business Failed',
  '40005': 'Call Limited',
} as const;

/** Refused at the door, before any business was done. */
export function rejected(code: '40001' | '40002' | '40003' | '40005', subCode: string, subMsg: string): AnswerNode {
  return { code, msg: GATEWAY_WORDS[code], sub_code: subCode, sub_msg: subMsg };
}

/** 20000: whoever reads it knows nothing of what has become of the request. */
export function unavailable(): AnswerNode {
  return { code: '20000', msg: GATEWAY_WORDS['20000'], sub_code: 'isp.unknow-error', sub_msg: '系统繁忙' };
}

export function failed(subCode: string, subMsg: string, more: AnswerNode = {}): AnswerNode {
  return { code: '40004', msg: GATEWAY_WORDS['40004'], sub_code: subCode, sub_msg: subMsg, ...more };
}

/** A failed pay or query carries the order number and zero amounts. */
export function failedTrade(subCode: string, subMsg: string, orderNo: string | undefined): AnswerNode {
  const order = orderNo === undefined ? {} : { out_trade_no: orderNo };
  return failed(subCode, subMsg, {
    buyer_pay_amount: '0.00',
    invoice_amount: '0.00',
    ...order,
    point_amount: '0.00',
    receipt_amount: '0.00',
  });
}

/** alipay.trade.pay, paid. Written out in full, like `queried`: spreading the common fields costs as much as the payment itself. */
export function paid(trade: Trade, aheadMs: number): AnswerNode {
  const buyer = buyerOf(trade.code);
  const amount = yuan(trade.amountFen);
  return {
    code: '10000',
    msg: 'Success',
    buyer_logon_id: buyer.logonId,
    buyer_pay_amount: amount,
    buyer_user_id: buyer.userId,
    fund_bill_list: [{ amount, fund_channel: 'ALIPAYACCOUNT' }],
    gmt_payment: beijingTime((trade.paidAtMs ?? 0) + aheadMs),
    invoice_amount: amount,
    out_trade_no: trade.orderNo,
    point_amount: '0.00',
    receipt_amount: amount,
    total_amount: amount,
    trade_no: trade.tradeNo,
  };
}

/** alipay.trade.pay, 10003: the customer was asked for the password. The leading space is the vendor's. */
export function inProcess(trade: Trade): AnswerNode {
  return unpaid('10003', ' order success pay inprocess', trade);
}

/** alipay.trade.query. */
export function queried(trade: TradeAsSeen, aheadMs: number): AnswerNode {
  if (trade.paidAtMs === undefined) {
    return { ...unpaid('10000', 'Success', trade), trade_status: trade.state };
  }
  const buyer = buyerOf(trade.code);
  const amount = yuan(trade.amountFen);
  return {
    code: '10000',
    msg: 'Success',
    buyer_logon_id: buyer.logonId,
    buyer_pay_amount: amount,
    buyer_user_id: buyer.userId,
    fund_bill_list: [{ amount, fund_channel: 'ALIPAYACCOUNT' }],
    invoice_amount: amount,
    out_trade_no: trade.orderNo,
    point_amount: '0.00',
    receipt_amount: amount,
    send_pay_date: beijingTime(trade.paidAtMs + aheadMs),
    total_amount: amount,
    trade_no: trade.tradeNo,
    trade_status: trade.state,
  };
}

/** alipay.trade.cancel. Without a trade there is neither an action nor a trade number. */
export function cancelled(orderNo: string, done?: { action: 'close' | 'refund'; trade: Trade }): AnswerNode {
  const success = { code: '10000', msg: 'Success' };
  if (done === undefined) return { ...success, out_trade_no: orderNo, retry_flag: 'N' };
  const { action, trade } = done;
  return { ...success, action, out_trade_no: orderNo, retry_flag: 'N', trade_no: trade.tradeNo };
}

/** alipay.trade.refund. `refund_fee` is all that was ever given back; `fund_change` N: this request had been done before. */
export function refunded(trade: Trade, amountFen: number, changed: boolean, atMs: number): AnswerNode {
  const buyer = buyerOf(trade.code);
  return {
    code: '10000',
    msg: 'Success',
    buyer_logon_id: buyer.logonId,
    buyer_user_id: buyer.userId,
    fund_change: changed ? 'Y' : 'N',
    gmt_refund_pay: beijingTime(atMs),
    out_trade_no: trade.orderNo,
    refund_fee: yuan(trade.refundedFen),
    send_back_fee: yuan(changed ? amountFen : 0),
    trade_no: trade.tradeNo,
  };
}

function unpaid(code: '10000' | '10003', msg: string, trade: TradeAsSeen): AnswerNode {
  const buyer = buyerOf(trade.code);
  return {
    code,
    msg,
    buyer_logon_id: buyer.logonId,
    buyer_pay_amount: '0.00',
    buyer_user_id: buyer.userId,
    invoice_amount: '0.00',
    out_trade_no: trade.orderNo,
    point_amount: '0.00',
    receipt_amount: '0.00',
    total_amount: yuan(trade.amountFen),
    trade_no: trade.tradeNo,
  };
}

/** An amount as Alipay writes it: `12.80`. */
export function yuan(fen: number): string {
  return (fen / 100).toFixed(2);
}

/** `2026-01-01 08:00:00`: Alipay tells times in Beijing's zone and does not say so. */
export function beijingTime(atMs: number): string {
  return new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
