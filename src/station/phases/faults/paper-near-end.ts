import { DEEDS, inEnglish } from '../../../faults/by-hand.js';
import { faultPhase } from './frame.js';

/** The near-end sensor notices a thin roll: it is said, and printing goes on. A model without the sensor says nothing. */
export const paperNearEnd = faultPhase({
  item: 'paper-near-end',
  title: 'Paper near end',
  say: inEnglish(DEEDS['printer.paper-near-end']),
  fault: { fault: 'printer.paper-near-end' },
  unseen: ({ nearEndMm }) => nearEndMm === 0,
  stops: false,
});
