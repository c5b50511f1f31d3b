import { CUSTOMERS, comesOtherwise, DECIDES_MS, EMULATED_ONLY } from '../customers.js';
import { fault } from '../fault.js';

/** The customer reads the amount, and says no. */
export const refuses = fault({
  name: 'customer.refuses',
  title: { zh: '顾客拒绝支付', en: 'customer refuses' },
  about: 'The customer is asked to confirm, and declines. Seen as an order that the platform has closed.',
  attributes: CUSTOMERS.extend({
    decidesMs: DECIDES_MS.default(3_000).describe('milliseconds until the customer declines'),
  }),
  ...EMULATED_ONLY,
  begin: (ground, { decidesMs, times }) => comesOtherwise(ground, times, { behaviour: 'refuses', afterMs: decidesMs }),
});
