import { faultPhase } from './frame.js';
import { WAITING_FOR_RECOVERY } from './status.js';

/** The blade sticks; after `DLE ENQ 1` the cut is made up for. Nobody is asked to put anything into a blade. */
export const cutter = faultPhase({
  item: 'cutter',
  title: 'Cutter error',
  cannot: ({ cutter }) => (cutter ? undefined : 'this model has no cutter'),
  fault: { fault: 'printer.cutter-error' },
  shownBy: 'cut',
  shows: () => ({ realTime: [0x08, 0x40, 0x08, 0], automatic: [0x08, 0x08, 0, 0] }),
  open: WAITING_FOR_RECOVERY,
  stops: true,
  enquiry: 1,
});
