import { z } from 'zod';
import { fault, site } from '../fault.js';

/** A later notice overtakes an earlier one: that the money went back is told before that it was paid. */
export const notifyOutOfOrder = fault({
  name: 'platform.notify-out-of-order',
  title: { zh: '异步通知乱序', en: 'notify out of order' },
  about: 'The notice of a payment waits until the next one of its order has gone out. Seen as paid after closed.',
  attributes: z.strictObject({
    atMostMs: z.int().min(0).max(86_400_000).default(600_000).describe('milliseconds that a notice waits at most'),
  }),
  needs: 'notices',
  begin({ sites }, { atMostMs }) {
    return site(sites, 'notices').onNotice((delivery) =>
      delivery.tradeStatus === 'TRADE_SUCCESS' && delivery.attempt === 1
        ? [{ ...delivery, behindNext: true, afterMs: delivery.afterMs + atMostMs }]
        : [delivery],
    );
  },
});
