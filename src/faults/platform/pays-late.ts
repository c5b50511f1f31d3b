import { z } from 'zod';
import { fault, site } from '../fault.js';

/** The buyer confirms only after the terminal has asked for the last time, and so races with its cancel. */
export const paysLate = fault({
  name: 'platform.pays-late',
  title: { zh: '最后一次查询后才支付', en: 'buyer pays after the last query' },
  about:
    'The buyer is asked for the password, and gives it after the last query. Seen as WAIT_BUYER_PAY to the end, and a cancel that gives money back.',
  attributes: z.strictObject({
    queries: z.int().min(0).max(1_000).default(5).describe('after which query of the order; the terminal asks 5 times'),
    afterMs: z
      .int()
      .min(0)
      .max(3_600_000)
      .default(0)
      .describe('milliseconds from the answer to that query until the buyer confirms'),
  }),
  needs: 'platform',
  begin({ sites, clock }, { queries, afterMs }) {
    const platform = site(sites, 'platform');
    const asked = new Map<string, number>();
    const ask = platform.onRequest(({ method }) =>
      method === 'alipay.trade.pay' ? { ask: { confirmsAfterMs: undefined } } : {},
    );
    const count = platform.onAnswer(({ method, orderNo = '' }) => {
      if (method !== 'alipay.trade.pay' && method !== 'alipay.trade.query') return 'deliver';
      const so = method === 'alipay.trade.pay' ? 0 : (asked.get(orderNo) ?? 0) + 1;
      asked.set(orderNo, so);
      // Not from inside: this answer still says that the buyer has not paid.
      if (so === queries) clock.setTimeout(() => platform.confirm(orderNo), afterMs);
      return 'deliver';
    });
    return () => {
      ask();
      count();
    };
  },
});
