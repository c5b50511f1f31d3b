import { faultPhase } from './frame.js';

/** The near-end sensor notices a thin roll: it is said, and printing goes on. A model without the sensor says nothing. */
export const paperNearEnd = faultPhase({
  item: 'paper-near-end',
  title: 'Paper near end',
  say: {
    begin: 'Put in a roll that is nearly used up, or press the lever of the near-end sensor, and close the cover.',
    end: 'Put the full roll in again, or let the lever go, and close the cover.',
  },
  fault: { fault: 'printer.paper-near-end' },
  unseen: ({ nearEndMm }) => nearEndMm === 0,
  stops: false,
});
