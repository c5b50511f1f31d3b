import { CUSTOMERS, comesOtherwise, EMULATED_ONLY } from '../customers.js';
import { fault } from '../fault.js';

/** There is not enough in the wallet. */
export const noMoney = fault({
  name: 'customer.no-money',
  title: { zh: '顾客余额不足', en: 'not enough money' },
  about: 'The payment fails at once. Seen as a refusal by the platform (BUYER_BALANCE_NOT_ENOUGH).',
  attributes: CUSTOMERS,
  ...EMULATED_ONLY,
  begin: (ground, { times }) => comesOtherwise(ground, times, { behaviour: 'no-money' }),
});
