import type { PaymentNotice } from '../../ports/acquirer.js';
import { paidFacts } from './answers.js';
import { textOf, unusable } from './fields.js';

/**
 * What a notice says whose signature holds (opendocs.alipay.com/open/194/103296); `undefined` when it names no order or
 * itself not at all, and so is nobody's. Whatever is not certainly a payment is none.
 */
export function readNotice(form: object): PaymentNotice | undefined {
  const orderNo = textOf(form, 'out_trade_no');
  const id = textOf(form, 'notify_id');
  if (orderNo === undefined || id === undefined) return undefined;
  const about = { id, orderNo };
  const state = textOf(form, 'trade_status');
  const refunded = textOf(form, 'gmt_refund') !== undefined;
  if (state === 'TRADE_CLOSED') {
    return { ...about, outcome: 'closed', code: state, words: '', ...(refunded ? { refunded } : {}) };
  }
  const success = state === 'TRADE_SUCCESS' || state === 'TRADE_FINISHED';
  if (!success) return { ...about, outcome: 'unknown', ...unusable(`its trade_status is ${JSON.stringify(state)}`) };
  if (refunded) return { ...about, outcome: 'unknown', ...unusable('a part of the money has gone back') };
  const paid = paidFacts(form, orderNo, 'gmt_payment');
  return 'code' in paid ? { ...about, outcome: 'unknown', ...paid } : { ...about, outcome: 'paid', ...paid };
}
