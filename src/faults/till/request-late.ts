import { z } from 'zod';
import { fault } from '../fault.js';
import { befall, TILL_REQUESTS } from '../till-requests.js';

/** The request is slow on its way: it may arrive when the till has given up, and has asked what became of it. */
export const tillRequestLate = fault({
  name: 'till.request-late',
  title: { zh: '收银请求迟到', en: 'request of the till late' },
  about:
    'The request arrives later than the till has sent it. Seen as a slow answer, or as a sale that begins when the till has given it up already.',
  attributes: z.strictObject({
    delayMs: z.int().min(0).max(3_600_000).default(60_000).describe('milliseconds more on its way'),
    ...TILL_REQUESTS,
  }),
  needs: 'tills',
  begin: (ground, { delayMs, ...struck }) => befall(ground, struck, { requestDelayMs: delayMs }),
});
