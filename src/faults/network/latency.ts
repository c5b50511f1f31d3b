import { z } from 'zod';
import { exchanges, strikes } from '../exchanges.js';
import { fault, site } from '../fault.js';

const MS = z.number().min(0).max(3_600_000);

/**
 * Every trip takes longer. A request that is slow on its way is booked late, perhaps after the terminal has asked, has
 * cancelled and has got to hear that there is nothing.
 */
export const latency = fault({
  name: 'network.latency',
  title: { zh: '网络延迟', en: 'slow network' },
  about:
    'Requests and answers take longer on their way. Seen as slow answers, or as a time-out and then an answer; a payment may be booked after a query found nothing.',
  attributes: z.strictObject({
    delayMs: MS.default(1_000).describe('milliseconds more, each way'),
    jitterMs: MS.default(0).describe('up to so many milliseconds more on top, drawn anew for each way'),
    way: z.enum(['request', 'answer', 'both']).default('both').describe('what is late'),
    ...exchanges({ method: 'any', times: 1_000_000 }),
  }),
  needs: 'network',
  begin({ sites }, { delayMs, jitterMs, way, ...struck }) {
    const isStruck = strikes(struck);
    const fate = {
      ...(way === 'answer' ? {} : { requestDelayMs: delayMs }),
      ...(way === 'request' ? {} : { answerDelayMs: delayMs }),
      jitterMs,
    };
    return site(sites, 'network').onRequest((request) => (isStruck(request) ? fate : undefined));
  },
});
