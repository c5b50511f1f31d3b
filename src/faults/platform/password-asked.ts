import { z } from 'zod';
import { fault, site } from '../fault.js';

/** The platform asks every buyer for the password, whatever the amount: its risk control has its reasons. */
export const passwordAsked = fault({
  name: 'platform.password-asked',
  title: { zh: '要求顾客输入密码', en: 'password asked' },
  about:
    'Who would pay at once is asked for the password, and confirms after a while. Seen as 10003, then WAIT_BUYER_PAY.',
  attributes: z.strictObject({
    confirmsAfterMs: z
      .int()
      .min(0)
      .max(3_600_000)
      .default(8_000)
      .describe('milliseconds until a willing buyer confirms'),
  }),
  needs: 'platform',
  begin({ sites }, { confirmsAfterMs }) {
    return site(sites, 'platform').onRequest(({ method }) =>
      method === 'alipay.trade.pay' ? { ask: { confirmsAfterMs } } : {},
    );
  },
});
