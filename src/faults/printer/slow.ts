import { z } from 'zod';
import { fault, site } from '../fault.js';

/** Everything in the printer takes longer: a weak supply, a cold shop, paper that drags. */
export const slow = fault({
  name: 'printer.slow',
  title: { zh: '打印缓慢', en: 'slow printer' },
  about: 'It prints, and takes its time. Seen as confirmations that come late.',
  usually: 'now',
  condition: true,
  attributes: z.strictObject({
    factor: z.number().min(1).max(1_000).default(10).describe('how many times as long as usual it takes'),
  }),
  needs: 'printer',
  begin({ sites }, { factor }) {
    const printer = site(sites, 'printer');
    printer.slow(factor);
    return () => printer.slow(1);
  },
});
