import { faultPhase } from './frame.js';
import { WAITING_FOR_RECOVERY } from './status.js';

const SAY = {
  begin: 'Hold the paper at its outlet, so that it cannot move, and keep holding it.',
  end: 'Let the paper go, and take out what is jammed.',
};
/** No status has a bit for a jam: it is a mechanical (recoverable) error. */
const MECHANICAL_ERROR = { realTime: [0x08, 0x40, 0x04, 0], automatic: [0x08, 0x04, 0, 0] } as const;

/** The paper jams; `DLE ENQ 1` goes on with the line at which it happened. */
export const jam = faultPhase({
  item: 'jam',
  title: 'Paper jam, gone on with by DLE ENQ 1',
  say: SAY,
  fault: { fault: 'printer.paper-jam' },
  shownBy: 'lines',
  shows: () => MECHANICAL_ERROR,
  open: WAITING_FOR_RECOVERY,
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
  shows: () => MECHANICAL_ERROR,
  open: WAITING_FOR_RECOVERY,
  stops: true,
  enquiry: 2,
});
