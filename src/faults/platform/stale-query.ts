import { z } from 'zod';
import { fault, site } from '../fault.js';

/** Queries are answered from a copy of the books that lags behind them: data are not synchronised yet. */
export const staleQuery = fault({
  name: 'platform.stale-query',
  title: { zh: '数据同步延迟', en: 'stale query' },
  about:
    'Queries see the books as they were a while ago. Seen as TRADE_NOT_EXIST or WAIT_BUYER_PAY for an order that is paid.',
  attributes: z.strictObject({
    behindMs: z.int().min(0).max(86_400_000).default(12_000).describe('milliseconds that the copy is behind the books'),
  }),
  needs: 'platform',
  begin({ sites }, { behindMs }) {
    return site(sites, 'platform').onRequest(({ method }) => (method === 'alipay.trade.query' ? { behindMs } : {}));
  },
});
