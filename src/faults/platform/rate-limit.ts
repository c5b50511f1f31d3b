import { z } from 'zod';
import { fault, site } from '../fault.js';

/** The platform takes only so many requests in a time; the gateway turns the others away. */
export const rateLimit = fault({
  name: 'platform.rate-limit',
  title: { zh: '调用频率超限', en: 'rate limit' },
  about: 'Requests beyond the limit are turned away with nothing booked. Seen as 40005, isv.app-call-limited: unknown.',
  attributes: z.strictObject({
    requests: z.int().min(0).max(1_000_000).default(1).describe('how many requests are let through'),
    windowMs: z.int().min(1).max(86_400_000).default(60_000).describe('in how many milliseconds'),
  }),
  needs: 'platform',
  begin({ sites, clock }, { requests, windowMs }) {
    const passedMs: number[] = [];
    return site(sites, 'platform').onRequest(() => {
      const nowMs = clock.now();
      while (passedMs.length > 0 && (passedMs[0] ?? nowMs) <= nowMs - windowMs) passedMs.shift();
      if (passedMs.length >= requests) return { refuse: 'rate-limited' };
      passedMs.push(nowMs);
      return {};
    });
  },
});
