import { lossPhase } from './lost.js';

/** The cable comes out and is put in again: the printer does not notice, and keeps its settings. */
export const cable = lossPhase({
  item: 'cable',
  title: 'Cable out',
  say: { begin: 'Pull the cable between computer and printer out.', end: 'Put the cable in again.' },
  fault: { fault: 'link.printer-lost' },
  settings: 'kept',
});
