import { z } from 'zod';
import { fault, site } from '../fault.js';

/** The platform is being worked on: nothing is booked, and whoever asks is told so in one way or another. */
export const maintenance = fault({
  name: 'platform.maintenance',
  title: { zh: '支付平台维护', en: 'maintenance' },
  about:
    'Every request is turned away with nothing booked. Seen as an HTTP status 5xx, SYSTEM_ERROR or 20000: unknown.',
  attributes: z.strictObject({
    says: z
      .enum(['http', 'ACQ.SYSTEM_ERROR', '20000'])
      .default('http')
      .describe('an HTTP status, or an answer in these words'),
    status: z.int().min(500).max(599).default(503).describe('which HTTP status'),
  }),
  needs: 'platform',
  begin({ sites }, { says, status }) {
    const refuse =
      says === 'http'
        ? { httpStatus: status }
        : says === '20000'
          ? ('unavailable' as const)
          : ('system-error' as const);
    return site(sites, 'platform').onRequest(() => ({ refuse }));
  },
});
