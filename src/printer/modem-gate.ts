import type { Clock, Timer } from '../ports/clock.js';
import type { Link } from '../ports/link.js';

/**
 * Holds a job back while neither CTS nor DSR is asserted: how a printer with DTR flow control makes its host wait, where
 * the operating system does not see to it.
 *
 * A cable of three wires never asserts them. So they count only once they were seen asserted while the printer answered,
 * and only until the link goes down. They are read when something is to be sent, and again and again only while it waits.
 */
export class ModemGate {
  readonly #clock: Clock;
  readonly #link: Link;
  readonly #pollMs: number;
  readonly #opened: () => void;
  /** They were asserted while the printer was known to be online. */
  #wired = false;
  #reading = false;
  /** When they were last read asserted: good for that moment. */
  #clearAtMs = Number.NEGATIVE_INFINITY;
  #timer: Timer;
  /** Readings of before a reset do not count. */
  #life = 0;

  /** `opened` is called when `mayWrite` has said no and would now say yes. */
  constructor(clock: Clock, link: Link, pollMs: number, opened: () => void) {
    this.#clock = clock;
    this.#link = link;
    this.#pollMs = pollMs;
    this.#opened = opened;
  }

  /** The printer has just answered that it is well. */
  learn(): void {
    if (this.#wired || this.#reading) return;
    this.#read((asserted) => {
      this.#wired ||= asserted;
    });
  }

  mayWrite(): boolean {
    if (!this.#wired || this.#clearAtMs === this.#clock.now()) return true;
    if (!this.#reading && this.#timer === undefined) this.#look();
    return false;
  }

  reset(): void {
    this.#life++;
    this.#wired = false;
    this.#reading = false;
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Nothing waits any more. */
  stop(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #look = (): void => {
    this.#timer = undefined;
    this.#read((asserted) => {
      if (asserted) {
        this.#clearAtMs = this.#clock.now();
        this.#opened();
      } else {
        this.#timer = this.#clock.setTimeout(this.#look, this.#pollMs);
      }
    });
  };

  #read(then: (asserted: boolean) => void): void {
    if (this.#link.modemLines === undefined) return;
    const life = this.#life;
    this.#reading = true;
    this.#link.modemLines((lines) => {
      if (life !== this.#life) return;
      this.#reading = false;
      then(lines !== 'none' && (lines.cts || lines.dsr));
    });
  }
}
