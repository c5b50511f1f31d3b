import { z } from 'zod';
import { fault } from '../fault.js';
import { befall, DELIVERED, TILL_REQUESTS } from '../till-requests.js';

/** The connection is torn down, before the terminal has got the request or after it has done what it asks. */
export const tillReset = fault({
  name: 'till.reset',
  title: { zh: '收银连接重置', en: 'connection of the till reset' },
  about:
    'The connection is reset, before the request has arrived or in the place of its answer. Seen as an answer that was not delivered, or as nothing at all; a till cannot tell which.',
  attributes: z.strictObject({ delivered: DELIVERED, ...TILL_REQUESTS }),
  needs: 'tills',
  begin: (ground, { delivered, ...struck }) => befall(ground, struck, { breaks: { delivered, how: 'reset' } }),
});
