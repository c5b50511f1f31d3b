import { z } from 'zod';
import { fault, site } from '../fault.js';

/** Dots of the head are burnt out: their columns stay white on every ticket. */
export const deadDots = fault({
  name: 'printer.dead-dots',
  title: { zh: '打印头断针', en: 'dead dots' },
  about: 'Some columns stay white. Seen as nothing: every status is good, and only a person sees the paper.',
  usually: 'now',
  condition: true,
  attributes: z.strictObject({
    columns: z
      .array(z.int().min(0).max(2_047))
      .min(1)
      .max(2_048)
      .default([96, 97, 98, 99, 192, 193, 194, 195, 288])
      .describe('which columns are never inked, from 0 at the left'),
  }),
  needs: 'printer',
  begin({ sites }, { columns }) {
    const printer = site(sites, 'printer');
    printer.deadDots(columns);
    return () => printer.deadDots([]);
  },
});
