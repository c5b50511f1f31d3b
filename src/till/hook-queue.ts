import type { Clock, Timer } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
import type { Undo } from '../ports/undo.js';
import type { Courier, CourierResult } from './courier.js';

/** How long the other side may take to answer. */
const PATIENCE_MS = 10_000;

/** One event that waits to be handed over. */
export interface Waiting {
  /** Its place on the shelf. */
  readonly key: string;
  readonly body: string;
  /** Of who published it in this run: called when it has been taken. */
  readonly heard?: (() => void) | undefined;
  /** What the attempt that begins now has in its headers. */
  headers(url: string, secret: string, atMs: number): Readonly<Record<string, string>>;
}

export interface QueueParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly courier: Courier;
  /** From one attempt to the next; the last goes for all that follow. */
  readonly retriesMs: readonly number[];
  /** It has been taken: answered with 2xx. */
  taken(one: Waiting): void;
}

/**
 * What one subscription is still to get, in order: the next one sets out only when the one before was taken, so that a
 * receiver which is away for a day hears the day as it was.
 */
export class HookQueue {
  readonly #parts: QueueParts;
  #target: { readonly url: string; readonly secret: string };
  #waiting: Waiting[] = [];
  /** Attempts of the first one that have failed. */
  #failed = 0;
  #timer: Timer | undefined;
  /** Takes back the attempt that is under way. */
  #recall: Undo | undefined;
  #lastFailure: string | undefined;

  constructor(parts: QueueParts, target: { readonly url: string; readonly secret: string }) {
    this.#parts = parts;
    this.#target = target;
  }

  get waiting(): readonly Waiting[] {
    return this.#waiting;
  }

  /** Why the latest attempt was not taken, as long as none has been since. */
  get lastFailure(): string | undefined {
    return this.#lastFailure;
  }

  add(one: Waiting): void {
    this.#waiting.push(one);
    if (this.#waiting.length === 1) this.#setOut(0);
  }

  /** Gives the oldest up. */
  dropOldest(): Waiting | undefined {
    const oldest = this.#waiting.shift();
    this.#begin();
    return oldest;
  }

  /** From now on it goes there, and at once. */
  redirect(target: { readonly url: string; readonly secret: string }): void {
    this.#target = target;
    this.#begin();
  }

  close(): void {
    this.#parts.clock.clearTimeout(this.#timer);
    this.#recall?.();
    this.#waiting = [];
  }

  /** With the first one anew. */
  #begin(): void {
    this.#recall?.();
    this.#recall = undefined;
    this.#failed = 0;
    this.#setOut(0);
  }

  /** Never inside the call that wants it: who publishes goes on first. */
  #setOut(inMs: number): void {
    const { clock } = this.#parts;
    clock.clearTimeout(this.#timer);
    this.#timer = clock.setTimeout(() => this.#attempt(), inMs);
  }

  #attempt(): void {
    const [first] = this.#waiting;
    if (first === undefined) return;
    const { courier, clock } = this.#parts;
    const { url, secret } = this.#target;
    let over = false;
    const undo = courier.post(url, first.headers(url, secret, clock.now()), first.body, PATIENCE_MS, (result) => {
      if (over) return;
      over = true;
      this.#recall = undefined;
      this.#ended(first, result);
    });
    if (over) return;
    this.#recall = () => {
      over = true;
      undo();
    };
  }

  #ended(one: Waiting, result: CourierResult): void {
    const { taken } = this.#parts;
    if ('status' in result && result.status >= 200 && result.status < 300) {
      this.#waiting.shift();
      this.#failed = 0;
      this.#lastFailure = undefined;
      if (this.#waiting.length > 0) this.#setOut(0);
      taken(one);
      return;
    }
    this.#lastFailure = 'status' in result ? `it answered with status ${result.status}` : result.failure;
    this.#setOut(this.#pauseMs());
    this.#failed++;
  }

  /** Up to a tenth longer, so that many that failed at once do not come back at once. */
  #pauseMs(): number {
    const { retriesMs, random } = this.#parts;
    const pauseMs = retriesMs[Math.min(this.#failed, retriesMs.length - 1)] ?? 0;
    return pauseMs + random.int(0, Math.floor(pauseMs / 10));
  }
}
