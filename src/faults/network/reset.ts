import { z } from 'zod';
import { breakOff, exchanges } from '../exchanges.js';
import { fault } from '../fault.js';

/**
 * The connection is torn down. The vendor's SDK then sends the same request a second time by itself; so of one reset the
 * terminal notices nothing, and of two it does. The order number is the same both times, and is paid once.
 */
export const reset = fault({
  name: 'network.reset',
  title: { zh: '连接被重置', en: 'connection reset' },
  about:
    'The connection is reset before or after the platform got the request. One alone is not noticed, since the SDK repeats the request. Seen as PJ_PLATFORM_LOST at the second.',
  attributes: z.strictObject({
    delivered: z
      .boolean()
      .default(false)
      .describe('whether the platform has got the request before the reset, and has booked'),
    ...exchanges({ times: 2 }),
  }),
  needs: 'network',
  begin: (ground, { delivered, ...struck }) => breakOff(ground, struck, { delivered, how: 'reset' }),
});
