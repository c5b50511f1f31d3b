import { z } from 'zod';
import { fault, site } from '../fault.js';

/**
 * The roll is at its end: printing stops after the line under way, or in the middle of it; the printer is offline until
 * paper is loaded.
 */
export const paperOut = fault({
  name: 'printer.paper-out',
  title: { zh: '缺纸', en: 'out of paper' },
  about: 'The roll is at its end. Seen as paper end (DLE EOT 4 bits 5 and 6) and offline.',
  usually: { line: 6 },
  condition: true,
  attributes: z.strictObject({
    at: z
      .enum(['line', 'dot'])
      .default('line')
      .describe('where printing stops: behind the line under way, or at any dot of it'),
  }),
  needs: 'printer',
  begin({ sites }, { at }) {
    const printer = site(sites, 'printer');
    printer.paperOut(true, at);
    return () => printer.paperOut(false);
  },
});
