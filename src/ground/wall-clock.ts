import type { Clock, Timer } from '../ports/clock.js';

/** The machine's own time. */
export const wallClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, delayMs) => setTimeout(run, delayMs),
  clearTimeout: (timer: Timer) => clearTimeout(timer as NodeJS.Timeout), // Only this clock makes them.
};

/**
 * The machine's own time as measurements want it: finer than a millisecond, and never set back or forward. It begins with
 * what the wall clock said when the program started.
 */
export const steadyClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  setTimeout: wallClock.setTimeout,
  clearTimeout: wallClock.clearTimeout,
};
