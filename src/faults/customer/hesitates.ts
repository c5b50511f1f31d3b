import { CUSTOMERS, comesOtherwise, DECIDES_MS, EMULATED_ONLY } from '../customers.js';
import { fault } from '../fault.js';

/** The wallet asks for the password, and the customer looks for glasses, or asks a friend. */
export const hesitates = fault({
  name: 'customer.hesitates',
  title: { zh: '顾客迟迟不确认', en: 'customer hesitates' },
  about:
    'The customer is asked to confirm, and takes long. Seen as a payment that waits for the buyer, until it is paid or given up.',
  attributes: CUSTOMERS.extend({
    decidesMs: DECIDES_MS.default(20_000).describe('milliseconds until the customer confirms'),
  }),
  ...EMULATED_ONLY,
  begin: (ground, { decidesMs, times }) => comesOtherwise(ground, times, { behaviour: 'confirms', afterMs: decidesMs }),
});
