import { z } from 'zod';
import { breakOff, DELIVERED, exchanges } from '../exchanges.js';
import { fault } from '../fault.js';

/** Somebody on the way answers in the platform's place: the page of a hotel's network, of a proxy, of a broken gateway. */
export const garbageBody = fault({
  name: 'network.garbage-body',
  title: { zh: '应答内容异常', en: 'garbage for an answer' },
  about:
    'Something that is no answer comes with status 200. Seen as PJ_PLATFORM_GARBAGE with what was sent: the customer may have paid.',
  attributes: z.strictObject({
    body: z
      .string()
      .min(1)
      .max(10_000)
      .refine(
        (body) => !isJson(body),
        'must be no JSON: what is wrong with a real answer is for faults of the platform',
      )
      .default('<html><head><title>Welcome</title></head><body>Please sign in to the network.</body></html>')
      .describe('what comes instead'),
    delivered: DELIVERED,
    ...exchanges(),
  }),
  needs: 'network',
  begin: (ground, { body, delivered, ...struck }) =>
    breakOff(ground, struck, { delivered, how: { status: 200, body } }),
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
