import { lossPhase } from './lost.js';

/** It is switched off and on: on a serial line only silence tells, and what it held and its settings are lost. */
export const power = lossPhase({
  item: 'power',
  title: 'Power off',
  say: { begin: 'Switch the printer off.', end: 'Switch the printer on again.' },
  fault: { fault: 'printer.power-off' },
  settings: 'lost',
});
