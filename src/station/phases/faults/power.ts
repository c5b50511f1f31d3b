import { DEEDS, inEnglish } from '../../../faults/by-hand.js';
import { lossPhase } from './lost.js';

/** It is switched off and on: on a serial line only silence tells, and what it held and its settings are lost. */
export const power = lossPhase({
  item: 'power',
  title: 'Power off',
  say: inEnglish(DEEDS['printer.power-off']),
  fault: { fault: 'printer.power-off' },
  settings: 'lost',
});
