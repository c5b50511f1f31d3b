import type { Trade } from '../ledger-state.js';
import { buyerOf } from '../wallet.js';
import { beijingTime, yuan } from './answers.js';

/** A notice's parameters, before `app_id`, `sign_type` and `sign`. */
export type NoticeFields = Readonly<Record<string, string>>;

/** 2088 and twelve digits, as every seller's number. */
const SELLER_ID = '2088000000000001';

/**
 * What a notice says of a trade as it is now (opendocs.alipay.com/open/194/103296, 异步通知参数说明). Repeats keep their
 * notify_id, and tell a new notify_time.
 */
export function noticeFields(trade: Trade, notifyId: string, nowMs: number, aheadMs: number): NoticeFields {
  const buyer = buyerOf(trade.code);
  const amount = yuan(trade.amountFen);
  const time = (atMs: number) => beijingTime(atMs + aheadMs);
  const { paidAtMs = nowMs, closedAtMs } = trade;
  return {
    buyer_id: buyer.userId,
    buyer_logon_id: buyer.logonId,
    buyer_pay_amount: amount,
    charset: 'utf-8',
    fund_bill_list: JSON.stringify([{ amount, fundChannel: 'ALIPAYACCOUNT' }]),
    gmt_create: time(trade.openedAtMs),
    gmt_payment: time(paidAtMs),
    invoice_amount: amount,
    notify_id: notifyId,
    notify_time: time(nowMs),
    notify_type: 'trade_status_sync',
    out_trade_no: trade.orderNo,
    point_amount: '0.00',
    receipt_amount: amount,
    seller_id: SELLER_ID,
    subject: trade.subject,
    total_amount: amount,
    trade_no: trade.tradeNo,
    trade_status: 'TRADE_SUCCESS',
    version: '1.0',
    ...(closedAtMs === undefined
      ? {}
      : {
          gmt_close: time(closedAtMs),
          gmt_refund: time(closedAtMs),
          refund_fee: yuan(trade.refundedFen),
          trade_status: 'TRADE_CLOSED',
        }),
  };
}
