import type { Clock, Timer } from '../ports/clock.js';

/** The machine's own time. */
export const wallClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, delayMs) => setTimeout(run, delayMs),
  clearTimeout: (timer: Timer) => clearTimeout(timer as NodeJS.Timeout), // Only this clock makes them.
};
