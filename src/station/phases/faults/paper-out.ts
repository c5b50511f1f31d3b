import { faultPhase } from './frame.js';

/**
 * The roll is taken out and put in again. A printer with a near-end sensor may say near end too when there is no paper;
 * Epson's manuals leave it open.
 */
export const paperOut = faultPhase({
  item: 'paper-out',
  title: 'Paper out',
  say: { begin: 'Take the paper out, and close the cover.', end: 'Load the paper again, and close the cover.' },
  fault: { fault: 'printer.paper-out' },
  shows: () => ({ realTime: [0x08, 0x20, 0, 0x60], automatic: [0x08, 0, 0x0c, 0] }),
  open: { realTime: [0, 0, 0, 0x0c], automatic: [0, 0, 0x03, 0] },
  stops: true,
});
