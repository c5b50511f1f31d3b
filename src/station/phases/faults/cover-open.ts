import { faultPhase } from './frame.js';

/** The cover is opened and closed: offline with its cause, and nothing is lost. */
export const coverOpen = faultPhase({
  item: 'cover-open',
  title: 'Cover open',
  say: { begin: 'Open the cover.', end: 'Close the cover.' },
  fault: { fault: 'printer.cover-open' },
  stops: true,
});
