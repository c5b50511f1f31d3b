import { faultPhase } from './frame.js';

/** The blade sticks; after `DLE ENQ 1` the cut is made up for. Nobody is asked to put anything into a blade. */
export const cutter = faultPhase({
  item: 'cutter',
  title: 'Cutter error',
  cannot: ({ cutter }) => (cutter ? undefined : 'this model has no cutter'),
  fault: { fault: 'printer.cutter-error' },
  shownBy: 'cut',
  stops: true,
  enquiry: 1,
});
