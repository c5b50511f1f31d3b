import type { Clock, Timer } from '../ports/clock.js';

/**
 * The machine's own time. What is due at once runs as soon as what the machine has to tell by now is told: Node's timers
 * know no time below a millisecond, and much of what happens in a terminal is the next event and takes no time.
 */
export const wallClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, delayMs) => (delayMs <= 0 ? setImmediate(run) : setTimeout(run, delayMs)),
  clearTimeout(timer: Timer) {
    // Only this clock makes them, so it is one of these.
    if (isImmediate(timer)) clearImmediate(timer);
    else clearTimeout(timer as NodeJS.Timeout | undefined);
  },
};

function isImmediate(timer: Timer): timer is NodeJS.Immediate {
  return typeof timer === 'object' && timer !== null && 'hasRef' in timer && !('refresh' in timer);
}

/**
 * The machine's own time as measurements want it: finer than a millisecond, and never set back or forward. It begins with
 * what the wall clock said when the program started.
 */
export const steadyClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  setTimeout: wallClock.setTimeout,
  clearTimeout: wallClock.clearTimeout,
};
