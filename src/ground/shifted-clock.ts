import type { Clock, Timer } from '../ports/clock.js';

/** A clock that is set wrong by so much, and that can be set anew at any time. What is waited for takes its time all the same. */
export class ShiftedClock implements Clock {
  readonly #true: Clock;
  #byMs = 0;

  constructor(clock: Clock) {
    this.#true = clock;
  }

  /** Moves it by so much more; below 0 back. */
  shift(byMs: number): void {
    this.#byMs += byMs;
  }

  now(): number {
    return this.#true.now() + this.#byMs;
  }

  setTimeout(run: () => void, delayMs: number): Timer {
    return this.#true.setTimeout(run, delayMs);
  }

  clearTimeout(timer: Timer): void {
    this.#true.clearTimeout(timer);
  }
}
