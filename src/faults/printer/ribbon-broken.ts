import { fault, printerCondition } from '../fault.js';

/** The ribbon of an impact printer is broken: the needles strike, and leave no ink. */
export const ribbonBroken = fault({
  name: 'printer.ribbon-broken',
  title: { zh: '色带断裂', en: 'ribbon broken' },
  about:
    'The needles strike without ink. Seen as nothing on models without a ribbon sensor: only a person sees the paper.',
  usually: 'now',
  part: 'ribbon',
  ...printerCondition((printer, on) => printer.ribbonBroken(on)),
});
