import { z } from 'zod';
import { fault, site } from '../fault.js';

/** The print fades: a worn head, a ribbon at its end, old paper. */
export const faded = fault({
  name: 'printer.faded',
  title: { zh: '打印模糊', en: 'faded print' },
  about: 'Only a part of the dots is inked. Seen as nothing: every status is good, and only a person sees the paper.',
  usually: 'now',
  condition: true,
  attributes: z.strictObject({
    share: z.number().min(0).max(1).default(0.2).describe('the share of the dots that are inked, 0 to 1'),
  }),
  needs: 'printer',
  begin({ sites }, { share }) {
    const printer = site(sites, 'printer');
    printer.fade(share);
    return () => printer.fade(1);
  },
});
