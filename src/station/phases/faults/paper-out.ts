import { faultPhase } from './frame.js';

/** The roll is taken out and put in again. */
export const paperOut = faultPhase({
  item: 'paper-out',
  title: 'Paper out',
  say: { begin: 'Take the paper out, and close the cover.', end: 'Load the paper again, and close the cover.' },
  fault: { fault: 'printer.paper-out' },
  stops: true,
});
