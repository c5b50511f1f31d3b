import { z } from 'zod';
import { breakOff, DELIVERED, exchanges } from '../exchanges.js';
import { fault } from '../fault.js';

/** A server before the platform answers 5xx: the platform behind it may have booked or may never have been asked. */
export const serverError = fault({
  name: 'network.server-error',
  title: { zh: '网关错误', en: 'server error' },
  about:
    'A gateway before the platform answers with an HTTP error. Seen as PJ_PLATFORM_HTTP with the status: the customer may have paid.',
  attributes: z.strictObject({
    status: z.int().min(500).max(599).default(502).describe('the HTTP status'),
    delivered: DELIVERED,
    ...exchanges(),
  }),
  needs: 'network',
  begin: (ground, { status, delivered, ...struck }) =>
    breakOff(ground, struck, { delivered, how: { status, body: `<html><body><h1>${status}</h1></body></html>` } }),
});
