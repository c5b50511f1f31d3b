import { z } from 'zod';
import { fault, site } from '../fault.js';

/** The platform's notices arrive late. */
export const notifyLate = fault({
  name: 'platform.notify-late',
  title: { zh: '异步通知迟到', en: 'notify late' },
  about: 'Notices arrive late. Seen as a notice about a sale that was settled long ago, or that is being cancelled.',
  attributes: z.strictObject({
    delayMs: z.int().min(0).max(86_400_000).default(60_000).describe('milliseconds that each notice is late'),
  }),
  needs: 'notices',
  begin({ sites }, { delayMs }) {
    return site(sites, 'notices').onNotice((delivery) => [{ ...delivery, afterMs: delivery.afterMs + delayMs }]);
  },
});
