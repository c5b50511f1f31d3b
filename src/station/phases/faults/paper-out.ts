import { DEEDS, inEnglish } from '../../../faults/by-hand.js';
import { faultPhase } from './frame.js';

/** The roll is taken out and put in again. */
export const paperOut = faultPhase({
  item: 'paper-out',
  title: 'Paper out',
  say: inEnglish(DEEDS['printer.paper-out']),
  fault: { fault: 'printer.paper-out' },
  stops: true,
});
