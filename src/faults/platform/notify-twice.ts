import { z } from 'zod';
import { fault, site } from '../fault.js';

/** The platform's notices arrive twice. */
export const notifyTwice = fault({
  name: 'platform.notify-twice',
  title: { zh: '异步通知重复', en: 'notify twice' },
  about: 'Every notice arrives twice. Seen as the same notify id again, about a sale that is settled already.',
  attributes: z.strictObject({
    gapMs: z.int().min(0).max(86_400_000).default(500).describe('milliseconds from the first to the second'),
  }),
  needs: 'notices',
  begin({ sites }, { gapMs }) {
    return site(sites, 'notices').onNotice((delivery) => [
      delivery,
      { ...delivery, afterMs: delivery.afterMs + gapMs },
    ]);
  },
});
