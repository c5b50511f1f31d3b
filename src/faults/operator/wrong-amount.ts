import { z } from 'zod';
import { fault, site } from '../fault.js';
import { firstOnly, TIMES } from '../times.js';

/** A digit too many, or one too few. */
export const wrongAmount = fault({
  name: 'operator.wrong-amount',
  title: { zh: '金额输错', en: 'wrong amount keyed in' },
  about: 'Another amount is keyed in than the goods cost. Seen as nothing: for the terminal it is the amount.',
  attributes: z.strictObject({
    factor: z
      .number()
      .min(0.001)
      .max(1_000)
      .default(10)
      .describe('by how much it is too large, or below 1 too small; at least one fen is left'),
    times: TIMES.describe('how many sales'),
  }),
  needs: 'operator',
  begin({ sites }, { factor, times }) {
    const strikes = firstOnly(times);
    return site(sites, 'operator').onAmount((amountFen) =>
      strikes() ? Math.max(1, Math.round(amountFen * factor)) : amountFen,
    );
  },
});
