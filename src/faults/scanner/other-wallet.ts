import { z } from 'zod';
import { fault } from '../fault.js';
import { READINGS, readsOtherwise } from '../readings.js';

/** The customer opens another app than the one that is taken here. The code is nobody's: zeros behind the prefix. */
export const otherWallet = fault({
  name: 'scanner.other-wallet',
  title: { zh: '其他钱包的付款码', en: 'code of another wallet' },
  about: 'The code is one of another wallet. Seen as a code that is not accepted here.',
  attributes: READINGS.extend({
    wallet: z.enum(['wechat', 'unionpay']).default('wechat').describe('whose code it is'),
  }),
  needs: 'scanner',
  begin: (ground, { wallet, times }) => readsOtherwise(ground, times, () => CODES[wallet]),
});

/** Prefix and length as the wallets publish them. */
const CODES = { wechat: `13${'0'.repeat(16)}`, unionpay: `62${'0'.repeat(17)}` };
