/** What a clock hands out for a pending timer; opaque to its user. */
export type Timer = unknown;

/**
 * Time, handed in. The wall clock and the virtual clock both satisfy it, and so it serves as XState's clock.
 * Times are milliseconds since 1970-01-01T00:00Z and may have a fraction.
 */
export interface Clock {
  now(): number;
  /** Runs `run` once, `delayMs` from now (0 or less: as soon as the current event is over). */
  setTimeout(run: () => void, delayMs: number): Timer;
  /** Forgets a pending timer; a timer that has fired, or `undefined`, is ignored. */
  clearTimeout(timer: Timer): void;
}
