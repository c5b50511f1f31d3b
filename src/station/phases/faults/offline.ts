import { DEEDS, inEnglish } from '../../../faults/by-hand.js';
import { faultPhase } from './frame.js';

/** Taken offline at its panel: no cause is named. */
export const offline = faultPhase({
  item: 'offline',
  title: 'Taken offline',
  say: inEnglish(DEEDS['printer.offline']),
  fault: { fault: 'printer.offline' },
  stops: true,
});
