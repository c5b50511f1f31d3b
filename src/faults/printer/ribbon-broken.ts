import { fault, printerCondition } from '../fault.js';

/** The ribbon of an impact printer is broken: the needles strike, and leave no ink. */
export const ribbonBroken = fault({
  name: 'printer.ribbon-broken',
  title: { zh: '色带断裂', en: 'ribbon broken' },
  about:
    'The needles strike without ink. Seen as a mechanical error (DLE EOT 3 bit 2) where a sensor watches the ribbon, else as nothing: only a person sees the paper.',
  usually: 'now',
  part: 'ribbon',
  ...printerCondition((printer, on) => printer.ribbonBroken(on)),
});
