import { z } from 'zod';
import { CUSTOMERS } from '../customers.js';
import { fault, site } from '../fault.js';
import { firstOnly } from '../times.js';

/** An old "payment successful" page is held up instead of a code: whoever only glances at it believes that all is paid. */
export const oldSuccessPage = fault({
  name: 'customer.old-success-page',
  title: { zh: '顾客出示旧的成功页', en: 'old success page shown' },
  about:
    'The customer shows the page of an earlier payment instead of a code. Seen as nothing, or as a code that is not valid.',
  attributes: CUSTOMERS.extend({
    barcode: z
      .enum(['none', 'trade-number'])
      .default('none')
      .describe('what the scanner finds on the page: nothing, or the number of the old payment'),
  }),
  needs: 'customer',
  begin({ sites }, { barcode, times }) {
    const strikes = firstOnly(times);
    const page = barcode === 'none' ? undefined : OLD_TRADE_NO;
    return site(sites, 'customer').onShow((code) => (strikes() ? page : code));
  },
});

/** 28 digits that begin with the day, as Alipay's trade numbers are. */
const OLD_TRADE_NO = '2025123122001400001234567890';
