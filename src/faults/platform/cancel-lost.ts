import { z } from 'zod';
import { fault, site } from '../fault.js';
import { TIMES } from '../method.js';

/** The cancel is lost on its way, or its answer is: the order may be closed, or may not. */
export const cancelLost = fault({
  name: 'platform.cancel-lost',
  title: { zh: '撤销结果未返回', en: 'cancel lost' },
  about:
    'A cancel is not answered, and may have been done. Seen as a time-out: the sale is unresolved until one is answered.',
  attributes: z.strictObject({
    what: z.enum(['answer', 'request']).default('answer').describe('answer: it was done; request: it never arrived'),
    times: TIMES.default(3).describe(
      'how many cancels; the terminal tries 3 times before it goes on in the background',
    ),
  }),
  needs: 'platform',
  begin({ sites }, { what, times }) {
    const platform = site(sites, 'platform');
    let left = times;
    const strikes = (method: string) => method === 'alipay.trade.cancel' && left-- > 0;
    return what === 'answer'
      ? platform.onAnswer(({ method }) => (strikes(method) ? 'lose' : 'deliver'))
      : platform.onRequest(({ method }) => (strikes(method) ? { lose: true } : {}));
  },
});
