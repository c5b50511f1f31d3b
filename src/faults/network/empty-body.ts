import { z } from 'zod';
import { breakOff, DELIVERED, exchanges } from '../exchanges.js';
import { fault } from '../fault.js';

/** Status 200 and nothing behind it. */
export const emptyBody = fault({
  name: 'network.empty-body',
  title: { zh: '应答为空', en: 'empty answer' },
  about:
    'An answer with status 200 and no body. Seen as PJ_PLATFORM_GARBAGE that is empty: the customer may have paid.',
  attributes: z.strictObject({ delivered: DELIVERED, ...exchanges() }),
  needs: 'network',
  begin: (ground, { delivered, ...struck }) => breakOff(ground, struck, { delivered, how: { status: 200, body: '' } }),
});
