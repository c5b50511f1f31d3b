import { z } from 'zod';
import { fault, site } from '../fault.js';

/** The roll is at its end: printing stops after the line under way; the printer is offline until paper is loaded. */
export const paperOut = fault({
  name: 'printer.paper-out',
  title: { zh: '缺纸', en: 'out of paper' },
  about: 'The roll is at its end. Seen as paper end (DLE EOT 4 bits 5 and 6) and offline.',
  usually: { line: 6 },
  condition: true,
  attributes: z.strictObject({}),
  needs: 'printer',
  begin({ sites }) {
    const printer = site(sites, 'printer');
    printer.paperOut(true);
    return () => printer.paperOut(false);
  },
});
