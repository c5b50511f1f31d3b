import { z } from 'zod';
import { fault, site } from '../fault.js';
import { METHOD_OR_NOTIFY, noticesIfMeant, TIMES } from '../method.js';

/** The platform speaks of another amount than was paid. The books are right. */
export const wrongAmount = fault({
  name: 'platform.wrong-amount',
  title: { zh: '返回金额不符', en: 'wrong amount' },
  about:
    'The answer is signed, and its amount is not the one of the sale. Seen as an answer that is not believed: unknown.',
  attributes: z.strictObject({
    method: METHOD_OR_NOTIFY.describe('which answers are wrong, or the notices'),
    times: TIMES.default(1).describe('how many of them'),
    moreFen: z
      .int()
      .min(-10_000_000)
      .max(10_000_000)
      .refine((fen) => fen !== 0, 'must not be 0')
      .default(100)
      .describe('how many fen it says more than the books; less than 0: less'),
  }),
  needs: 'platform',
  alsoNeeds: noticesIfMeant,
  begin({ sites }, { method, times, moreFen }) {
    let left = times;
    if (method === 'notify') {
      return site(sites, 'notices').onNotice((delivery) => [left-- > 0 ? { ...delivery, moreFen } : delivery]);
    }
    return site(sites, 'platform').onAnswer((answer) =>
      answer.method === method && left-- > 0 ? { moreFen } : 'deliver',
    );
  },
});
