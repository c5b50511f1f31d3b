import { DEEDS, inEnglish } from '../../../faults/by-hand.js';
import { faultPhase } from './frame.js';

/** The cover is opened and closed: offline with its cause, and nothing is lost. */
export const coverOpen = faultPhase({
  item: 'cover-open',
  title: 'Cover open',
  say: inEnglish(DEEDS['printer.cover-open']),
  fault: { fault: 'printer.cover-open' },
  stops: true,
});
