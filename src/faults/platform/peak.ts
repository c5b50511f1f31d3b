import { z } from 'zod';
import { fault, site } from '../fault.js';

/** The one-in-a-hundred point of the normal distribution. */
const Z99 = 2.326;

/**
 * Peak hours: each request takes its time, log-normally distributed as response times under load are. A part of the
 * time passes before the platform books and the rest before it answers, so that a request can be booked long after the
 * terminal has stopped to wait for it.
 */
export const peak = fault({
  name: 'platform.peak',
  title: { zh: '高峰时段响应慢', en: 'peak hours' },
  about: 'Every request takes long, some very long. Seen as slow answers, and as time-outs whose answers come later.',
  attributes: z.strictObject({
    medianMs: z
      .int()
      .min(1)
      .max(3_600_000)
      .default(3_000)
      .describe('milliseconds that half of the requests take at most'),
    worstMs: z
      .int()
      .min(1)
      .max(3_600_000)
      .default(20_000)
      .describe('milliseconds that 99 of 100 requests take at most'),
    queued: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('the share of that time before the request is booked, 0 to 1'),
  }),
  needs: 'platform',
  begin({ sites, random }, { medianMs, worstMs, queued }) {
    const platform = site(sites, 'platform');
    const uniform = () => random.int(1, 1_000_000) / 1_000_001;
    const drawMs = () => {
      const normal = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
      return Math.round(medianMs * (Math.max(worstMs, medianMs) / medianMs) ** (normal / Z99));
    };
    const before = platform.onRequest(() => ({ queuedMs: Math.round(queued * drawMs()) }));
    const after = platform.onAnswer(() => ({ delayMs: Math.round((1 - queued) * drawMs()) }));
    return () => {
      before();
      after();
    };
  },
});
