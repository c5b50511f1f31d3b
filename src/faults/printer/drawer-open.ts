import { fault, printerCondition } from '../fault.js';

/** The cash drawer at the printer's connector stands open: its switch sets pin 3 high. The printer does not care. */
export const drawerOpen = fault({
  name: 'printer.drawer-open',
  title: { zh: '钱箱未关', en: 'drawer open' },
  about: 'The drawer stands open, and printing goes on. Seen as pin 3 high (DLE EOT 1 bit 2), which is no fault.',
  usually: 'now',
  ...printerCondition((printer, on) => printer.drawerOpen(on)),
});
