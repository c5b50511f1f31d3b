import { z } from 'zod';
import { fault } from '../fault.js';
import { befall, TILL_REQUESTS } from '../till-requests.js';

/** A request of the till never arrives; the connection stays open and silent. */
export const tillRequestLost = fault({
  name: 'till.request-lost',
  title: { zh: '收银请求丢失', en: 'request of the till lost' },
  about:
    'What the till asks never arrives. Seen as nothing at all: the till times out, as it does when the answer is lost, and finds no such sale.',
  attributes: z.strictObject(TILL_REQUESTS),
  needs: 'tills',
  begin: (ground, struck) => befall(ground, struck, { breaks: { delivered: false, how: 'silence' } }),
});
