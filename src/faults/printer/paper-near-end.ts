import { z } from 'zod';
import { fault, site } from '../fault.js';

/** The roll is nearly at its end: the near-end sensor says so, and printing goes on; a roll with `leftMm` ends after that. */
export const paperNearEnd = fault({
  name: 'printer.paper-near-end',
  title: { zh: '纸将尽', en: 'paper near end' },
  about:
    'Little paper is left. Seen as near end (DLE EOT 4 bits 2 and 3), if the model has the sensor; with leftMm the paper ends.',
  usually: 'now',
  condition: true,
  attributes: z.strictObject({
    leftMm: z
      .number()
      .min(0)
      .max(100_000)
      .optional()
      .describe('how many millimetres of paper are left; if nothing is said, it does not end'),
  }),
  needs: 'printer',
  begin({ sites }, { leftMm }) {
    const printer = site(sites, 'printer');
    if (leftMm !== undefined) printer.loadPaper(leftMm);
    printer.paperNearEnd(true);
    return () => printer.paperNearEnd(false);
  },
});
