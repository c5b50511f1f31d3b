import { DEEDS, inEnglish } from '../../../faults/by-hand.js';
import { faultPhase } from './frame.js';

const SAY = inEnglish(DEEDS['printer.paper-jam']);

/** The paper jams; `DLE ENQ 1` goes on with the line at which it happened. */
export const jam = faultPhase({
  item: 'jam',
  title: 'Paper jam, gone on with by DLE ENQ 1',
  say: SAY,
  fault: { fault: 'printer.paper-jam' },
  shownBy: 'lines',
  stops: true,
  enquiry: 1,
});

/** The same; `DLE ENQ 2` forgets what waits. */
export const jamDiscarded = faultPhase({
  item: 'jam-discarded',
  title: 'Paper jam, left by DLE ENQ 2',
  say: SAY,
  fault: { fault: 'printer.paper-jam' },
  shownBy: 'lines',
  stops: true,
  enquiry: 2,
});
