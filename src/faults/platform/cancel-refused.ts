import { z } from 'zod';
import { fault, site } from '../fault.js';

/** alipay.trade.cancel's refusals after which calling again at once does not help (opendocs.alipay.com, alipay.trade.cancel). */
const REFUSALS = {
  'ACQ.SELLER_BALANCE_NOT_ENOUGH': '商户的支付宝账户中无足够的资金进行撤销',
  'ACQ.REASON_TRADE_BEEN_FREEZEN': '当前交易被冻结，不允许进行撤销',
  'ACQ.TRADE_HAS_FINISHED': '交易已完结',
  'ACQ.TRADE_CANCEL_TIME_OUT': '超过撤销时间范围',
} as const;

type SubCode = keyof typeof REFUSALS;

/** The platform will not cancel: what was paid stays paid, as long as it lasts. */
export const cancelRefused = fault({
  name: 'platform.cancel-refused',
  title: { zh: '撤销被拒绝', en: 'cancel refused' },
  about:
    'Every cancel is refused, with nothing done. Seen as 40004 with retry_flag N: the terminal has to ask what is.',
  attributes: z.strictObject({
    subCode: z
      .enum(Object.keys(REFUSALS) as [SubCode, ...SubCode[]]) // The keys of a literal are its names.
      .default('ACQ.SELLER_BALANCE_NOT_ENOUGH')
      .describe('for which reason'),
  }),
  needs: 'platform',
  begin({ sites }, { subCode }) {
    const refuse = { subCode, words: REFUSALS[subCode] };
    return site(sites, 'platform').onRequest(({ method }) => (method === 'alipay.trade.cancel' ? { refuse } : {}));
  },
});
