import { z } from 'zod';
import { fault } from '../fault.js';
import { befall, TILL_REQUESTS } from '../till-requests.js';

/** A proxy that repeats requests: the same one arrives again, and nobody hears what is answered to it. */
export const tillRequestTwice = fault({
  name: 'till.request-twice',
  title: { zh: '收银请求重复', en: 'request of the till twice' },
  about:
    'The same request arrives a second time, and nobody hears the second answer. Seen as a repeated request: of one sale there is one payment.',
  attributes: z.strictObject({
    gapMs: z.int().min(0).max(3_600_000).default(500).describe('milliseconds from the first to the second'),
    ...TILL_REQUESTS,
  }),
  needs: 'tills',
  begin: (ground, { gapMs, ...struck }) => befall(ground, struck, { requestAgainMs: gapMs }),
});
