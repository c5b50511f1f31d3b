import { z } from 'zod';
import { fault } from '../fault.js';
import { befall, DELIVERED, TILL_REQUESTS } from '../till-requests.js';

/** Somebody on the way answers in the terminal's place: the page of a shop's network, of a proxy. */
export const tillGarbageAnswer = fault({
  name: 'till.garbage-answer',
  title: { zh: '收银应答异常', en: 'garbage for an answer to the till' },
  about:
    'Instead of the answer, something that is none comes with status 200. Seen as an answer that was not delivered.',
  attributes: z.strictObject({
    body: z
      .string()
      .min(1)
      .max(10_000)
      .default('<html><head><title>Welcome</title></head><body>Please sign in to the network.</body></html>')
      .describe('what comes instead'),
    delivered: DELIVERED,
    ...TILL_REQUESTS,
  }),
  needs: 'tills',
  begin: (ground, { body, delivered, ...struck }) => befall(ground, struck, { breaks: { delivered, how: { body } } }),
});
