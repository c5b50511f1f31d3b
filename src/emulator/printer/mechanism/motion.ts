import type { Clock, Timer } from '../../../ports/clock.js';

interface UnderWay {
  readonly endMs: number;
  readonly durationMs: number;
  readonly done: () => void;
  readonly timer: Timer;
}

/** One movement at a time, on the clock. A hang freezes it where it is. */
export class Motion {
  readonly #clock: Clock;
  #underWay: UnderWay | undefined;
  /** While frozen: what is left of it. */
  #leftMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get underWay(): boolean {
    return this.#underWay !== undefined;
  }

  start(durationMs: number, done: () => void): void {
    this.#go(durationMs, durationMs, done);
  }

  /** Stops it; says which share of it was done. */
  stop(): number {
    const motion = this.#underWay;
    if (motion === undefined) return 0;
    this.#clock.clearTimeout(motion.timer);
    const leftMs = this.#leftMs ?? motion.endMs - this.#clock.now();
    this.#underWay = undefined;
    this.#leftMs = undefined;
    return 1 - leftMs / motion.durationMs;
  }

  /** Time stops for it, or goes on. */
  freeze(on: boolean): void {
    const motion = this.#underWay;
    const leftMs = this.#leftMs;
    if (motion === undefined || on === (leftMs !== undefined)) return;
    if (leftMs === undefined) {
      this.#clock.clearTimeout(motion.timer);
      this.#leftMs = motion.endMs - this.#clock.now();
    } else {
      this.#leftMs = undefined;
      this.#go(leftMs, motion.durationMs, motion.done);
    }
  }

  #go(leftMs: number, durationMs: number, done: () => void): void {
    const timer = this.#clock.setTimeout(this.#finish, leftMs);
    this.#underWay = { endMs: this.#clock.now() + leftMs, durationMs, done, timer };
  }

  readonly #finish = (): void => {
    const motion = this.#underWay;
    this.#underWay = undefined;
    motion?.done();
  };
}
