import { z } from 'zod';
import { fault, site } from '../fault.js';
import { READINGS, readsOtherwise } from '../readings.js';

/** A screenshot, or a screen that was shown too late: the code was good for a minute. Only emulated customers have old codes. */
export const expired = fault({
  name: 'scanner.expired',
  title: { zh: '付款码已过期', en: 'expired code' },
  about: 'The code that is read is too old. Seen as a refusal by the platform (PAYMENT_AUTH_CODE_INVALID).',
  attributes: READINGS.extend({
    ageMs: z.int().min(60_001).max(86_400_000).default(90_000).describe('milliseconds since the code was shown first'),
  }),
  needs: 'scanner',
  lacks: ({ customer }) => (customer?.oldCode === undefined ? 'emulated customer with an old code' : undefined),
  begin: (ground, { ageMs, times }) =>
    readsOtherwise(ground, times, (code) => site(ground.sites, 'customer').oldCode?.(ageMs) ?? code),
});
