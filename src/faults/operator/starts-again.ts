import { z } from 'zod';
import { fault, site } from '../fault.js';

/**
 * The cashier asks for the money anew while nobody knows whether the customer has paid, and the customer shows a new code.
 * It is tried until the terminal takes it, or says how the first sale ended.
 */
export const startsAgain = fault({
  name: 'operator.starts-again',
  title: { zh: '未查询就重新收款', en: 'sale begun anew unasked' },
  about: 'The sale is begun anew before it is settled. Seen as the sale key: refused while the first one is under way.',
  usually: { state: 'settling.querying' },
  attributes: z.strictObject({
    everyMs: z.int().min(100).max(600_000).default(2_000).describe('milliseconds between the attempts'),
    attempts: z.int().min(1).max(10_000).default(30).describe('how often it is tried at most'),
  }),
  needs: 'operator',
  begin({ sites, clock }, { everyMs, attempts }) {
    let left = attempts;
    let timer: unknown;
    const attempt = () => {
      if (site(sites, 'operator').startsAgain() === 'refused' && --left > 0) again();
    };
    const again = () => {
      timer = clock.setTimeout(attempt, everyMs);
    };
    again();
    return () => clock.clearTimeout(timer);
  },
});
