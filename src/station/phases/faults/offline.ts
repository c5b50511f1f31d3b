import { faultPhase } from './frame.js';

/** Taken offline at its panel: no cause is named. */
export const offline = faultPhase({
  item: 'offline',
  title: 'Taken offline',
  say: {
    begin: 'Take the printer offline at its panel. (Skip this if it has no such button.)',
    end: 'Take it online again.',
  },
  fault: { fault: 'printer.offline' },
  stops: true,
});
