import { z } from 'zod';
import { breakOff, exchanges } from '../exchanges.js';
import { fault } from '../fault.js';

/** The request never arrives, and the connection stays open and silent. */
export const requestLost = fault({
  name: 'network.request-lost',
  title: { zh: '请求丢失', en: 'request lost' },
  about:
    'The platform never gets the request, and nothing is booked. Seen as a time-out, the same as when the answer is lost; a query finds nothing.',
  attributes: z.strictObject(exchanges()),
  needs: 'network',
  begin: (ground, struck) => breakOff(ground, struck, { delivered: false, how: 'silence' }),
});
