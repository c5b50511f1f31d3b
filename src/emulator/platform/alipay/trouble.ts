import type { PlatformRefusal } from '../../../ports/faults.js';
import { type AnswerNode, failed, failedTrade, rejected, unavailable, yuan } from './answers.js';
import { failedCancel } from './gateway.js';

/** A refusal that is said in the platform's words; an HTTP status has none. */
export type SaidRefusal = Exclude<PlatformRefusal, { readonly httpStatus: number }>;

/**
 * What the platform says when it has trouble of its own. ACQ.SYSTEM_ERROR stands among the business errors of every
 * alipay.trade method, 20000 and 40005 among the gateway's (opendocs.alipay.com/common/02km9f).
 */
export function troubled(refusal: SaidRefusal, method: string, orderNo: string | undefined): AnswerNode {
  switch (refusal) {
    case 'unavailable':
      return unavailable();
    case 'rate-limited':
      return rejected('40005', 'isv.app-call-limited', '应用调用次数超限，包含调用频率超限');
    case 'system-error':
      // A cancel that has failed so is to be called again, and says so.
      return refused('ACQ.SYSTEM_ERROR', '系统错误', method, orderNo, 'Y');
    default:
      if (refusal.atDoor === true) return rejected('40002', refusal.subCode, refusal.words);
      return refused(refusal.subCode, refusal.words, method, orderNo, 'N');
  }
}

/** The time stamp is too far off the platform's clock. */
export function badTimestamp(): AnswerNode {
  return rejected('40002', 'isv.invalid-timestamp', '非法的时间戳参数');
}

function refused(subCode: string, words: string, method: string, orderNo: string | undefined, retry: 'Y' | 'N') {
  if (method === 'alipay.trade.cancel') return { ...failedCancel(subCode, words, orderNo), retry_flag: retry };
  if (method === 'alipay.trade.refund') return failed(subCode, words);
  return failedTrade(subCode, words, orderNo);
}

const AMOUNTS = ['total_amount', 'receipt_amount', 'buyer_pay_amount', 'invoice_amount'] as const;

/** The same with so many fen more in every amount that is there; never less than nothing. */
export function withOtherAmount<Fields extends AnswerNode>(fields: Fields, moreFen: number): Fields {
  const other = { ...fields };
  for (const name of AMOUNTS) {
    const said = fields[name];
    if (typeof said !== 'string') continue;
    Object.assign(other, { [name]: yuan(Math.max(0, Math.round(Number(said) * 100) + moreFen)) });
  }
  return other;
}
