import type { Clock, Timer } from '../ports/clock.js';

/** The answers to `DLE EOT` 1 to 4. */
export type RoundAnswers = readonly [n1: number, n2: number, n3: number, n4: number];

/** An answer that takes so much longer than twice the shortest is late, and not only slow. */
const LATE_MS = 250;

export interface StatusRoundListener {
  /** Its time is up; `held`: what it held may be anything. */
  unanswered(held: boolean): void;
  /** What answered it may have been meant for another: it is to be begun anew. */
  quiet(): void;
}

/**
 * `DLE EOT` 1 to 4, put together: an answer does not say to which question it belongs, and so they count only when all
 * four are in.
 *
 * A round that had no answer in time may get it later, and a printer that hung answers all that it was asked at once. What
 * comes then seems to answer the newest question, behind bytes that have not arrived yet. So the first round behind one
 * that was not answered is thrown away, and behind a moment of quiet there is another.
 *
 * One of them with a bit turned over reads as an answer to `GS r`. So those that come while a round is under way are held
 * until it is over: when it has all its answers, they are none of them.
 */
export class StatusRound {
  readonly #clock: Clock;
  readonly #listener: StatusRoundListener;
  readonly #quietMs: number;
  readonly #answers: [number, number, number, number] = [0, 0, 0, 0];
  readonly #held: number[] = [];
  #timer: Timer;
  /** Answers to an earlier round may still be under way. */
  #owed = false;
  /** Answers so far. */
  answers = 0;
  /** By so much the last answer took longer than others: so long the printer may have stood still. */
  lateMs = 0;
  #dueAtMs = 0;
  /** The least that an answer took since the line came up, beyond the wire's time. */
  #leastMs = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, quietMs: number, listener: StatusRoundListener) {
    this.#clock = clock;
    this.#quietMs = quietMs;
    this.#listener = listener;
  }

  get underWay(): boolean {
    return this.#timer !== undefined;
  }

  /** Begins, or begins anew with what it holds. The question is on the wire for `wireMs` first. */
  begin(timeoutMs: number, wireMs: number): void {
    this.#clock.clearTimeout(this.#timer);
    this.answers = 0;
    this.#dueAtMs = this.#clock.now() + wireMs;
    this.#timer = this.#clock.setTimeout(() => {
      const held = this.#held.length > 0;
      this.forget();
      this.#owed = true;
      this.#listener.unanswered(held);
    }, wireMs + timeoutMs);
  }

  /** All four, when this was the last of them: then it is over. */
  answer(byte: number): RoundAnswers | undefined {
    if (this.answers === 4) return undefined; // In the quiet.
    this.#answers[this.answers++] = byte;
    if (this.answers < 4) return undefined;
    this.#stop();
    const tookMs = Math.max(this.#clock.now() - this.#dueAtMs, 0);
    this.#leastMs = Math.min(this.#leastMs, tookMs);
    this.lateMs = tookMs > 2 * this.#leastMs + LATE_MS ? tookMs - this.#leastMs : 0;
    if (!this.#owed) return this.#answers;
    this.#timer = this.#clock.setTimeout(() => {
      this.#stop();
      this.#owed = false;
      this.#listener.quiet();
    }, this.#quietMs);
    return undefined;
  }

  /** The line came up: nothing is owed. */
  reset(): void {
    this.forget();
    this.#owed = false;
    this.#leastMs = Number.POSITIVE_INFINITY;
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
