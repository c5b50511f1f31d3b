import { z } from 'zod';
import { fault, site } from '../fault.js';

/** The blade sticks in the paper: the next cut does not come, and is made up for after the driver's DLE ENQ. */
export const cutterError = fault({
  name: 'printer.cutter-error',
  title: { zh: '切刀故障', en: 'cutter error' },
  about:
    'The blade sticks at the next cut. Seen as an autocutter error (DLE EOT 3 bit 3) until the cause is gone and DLE ENQ was sent.',
  usually: 'now',
  condition: true,
  attributes: z.strictObject({}),
  needs: 'printer',
  part: 'cutter',
  begin({ sites }) {
    const printer = site(sites, 'printer');
    printer.cutterJam(true);
    return () => printer.cutterJam(false);
  },
});
