import { DEEDS, inEnglish } from '../../../faults/by-hand.js';
import { lossPhase } from './lost.js';

/** The cable comes out and is put in again: the printer does not notice, and keeps its settings. */
export const cable = lossPhase({
  item: 'cable',
  title: 'Cable out',
  say: inEnglish(DEEDS['link.printer-lost']),
  fault: { fault: 'link.printer-lost' },
  settings: 'kept',
});
