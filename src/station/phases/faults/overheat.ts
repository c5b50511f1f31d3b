import { faultPhase } from './frame.js';

/** The head gets too hot, and cools by itself. */
export const overheat = faultPhase({
  item: 'overheat',
  title: 'Head too hot',
  cannot: ({ ribbon }) => (ribbon === undefined ? undefined : 'this model has no thermal head'),
  fault: { fault: 'printer.overheat' },
  stops: true,
  recoversInMs: 40_000,
});
