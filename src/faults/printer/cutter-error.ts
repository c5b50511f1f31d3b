import { fault, printerCondition } from '../fault.js';

/** The blade sticks in the paper: the next cut does not come, and is made up for after the driver's DLE ENQ. */
export const cutterError = fault({
  name: 'printer.cutter-error',
  title: { zh: '切刀故障', en: 'cutter error' },
  about:
    'The blade sticks at the next cut. Seen as an autocutter error (DLE EOT 3 bit 3) until the cause is gone and DLE ENQ was sent.',
  usually: 'now',
  part: 'cutter',
  ...printerCondition((printer, on) => printer.cutterJam(on)),
});
