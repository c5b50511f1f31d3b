import type { Clock, Timer } from '../ports/clock.js';

/** The answers to `DLE EOT` 1 to 4. */
export type RoundAnswers = readonly [n1: number, n2: number, n3: number, n4: number];

/**
 * `DLE EOT` 1 to 4, put together: an answer does not say to which question it belongs, and so they count only when all
 * four are in.
 *
 * One of them with a bit turned over reads as an answer to `GS r`. So those that come while a round is under way are held
 * until it is over: when it has all its answers, they are none of them.
 */
export class StatusRound {
  readonly #clock: Clock;
  readonly #unanswered: (held: boolean) => void;
  readonly #answers: [number, number, number, number] = [0, 0, 0, 0];
  readonly #held: number[] = [];
  #timer: Timer;
  /** Answers so far. */
  answers = 0;

  /** `unanswered`: its time is up; `held`: what it held may be anything. */
  constructor(clock: Clock, unanswered: (held: boolean) => void) {
    this.#clock = clock;
    this.#unanswered = unanswered;
  }

  get underWay(): boolean {
    return this.#timer !== undefined;
  }

  /** Begins, or begins anew with what it holds. */
  begin(timeoutMs: number): void {
    this.#clock.clearTimeout(this.#timer);
    this.answers = 0;
    this.#timer = this.#clock.setTimeout(() => {
      const held = this.#held.length > 0;
      this.forget();
      this.#unanswered(held);
    }, timeoutMs);
  }

  /** All four, when this was the last of them: then it is over. */
  answer(byte: number): RoundAnswers | undefined {
    this.#answers[this.answers++] = byte;
    if (this.answers < 4) return undefined;
    this.#stop();
    return this.#answers;
  }

  hold(byte: number): void {
    this.#held.push(byte);
  }

  /** What it held, which it forgets. */
  release(): number[] {
    return this.#held.splice(0);
  }

  forget(): void {
    this.#stop();
    this.#held.length = 0;
  }

  #stop(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
