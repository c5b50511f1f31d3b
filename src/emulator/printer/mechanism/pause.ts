import type { Clock, Timer } from '../../../ports/clock.js';

/** A pause between two executions of a macro (`GS ^`): for a time, and then, if asked, until the feed button is pressed. */
export class Pause {
  readonly #clock: Clock;
  readonly #changed: () => void;
  #timer: Timer;
  #waits: 'no' | 'for time' | 'for button' = 'no';

  /** `changed`: it has begun or ended. */
  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  get on(): boolean {
    return this.#waits !== 'no';
  }

  begin(ms: number, untilButton: boolean): void {
    this.forget();
    const next = untilButton ? 'for button' : 'no';
    this.#waits = ms > 0 ? 'for time' : next;
    this.#changed();
    if (ms <= 0) return;
    this.#timer = this.#clock.setTimeout(() => {
      this.#waits = next;
      if (next === 'no') this.#changed();
    }, ms);
  }

  /** The button was pressed. `false`: nobody waits for it. */
  press(): boolean {
    if (this.#waits !== 'for button') return false;
    this.#waits = 'no';
    this.#changed();
    return true;
  }

  forget(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#waits = 'no';
  }
}
