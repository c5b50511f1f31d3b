import { z } from 'zod';
import { fault, site } from '../fault.js';
import { METHOD } from '../method.js';

/** The platform books at once and answers late, as at peak hours. */
export const answerDelayed = fault({
  name: 'platform.answer-delayed',
  title: { zh: '支付平台响应滞后', en: 'answer delayed' },
  about:
    'The ledger has booked, and the answer comes later. Seen as a slow answer, or as a time-out and then an answer.',
  attributes: z.strictObject({
    delayMs: z.int().min(0).max(3_600_000).default(15_000).describe('milliseconds until the answer goes out'),
    method: METHOD.describe('which answers are delayed'),
    times: z.int().min(1).max(1_000_000).default(1).describe('how many of them'),
  }),
  needs: 'platform',
  begin({ sites }, { delayMs, method, times }) {
    let left = times;
    return site(sites, 'platform').onAnswer((answer) =>
      answer.method === method && left-- > 0 ? { delayMs } : 'deliver',
    );
  },
});
