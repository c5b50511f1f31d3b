import type { Clock } from '../ports/clock.js';

/** Bits a second, or a function that tells them now (what the peer has set on a pseudo-terminal). 0: no delay. */
export type Baud = number | (() => number);

/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;
/** Bytes travel in slices of at most this length, due when the last byte of the slice is through. */
const SLICE_MS = 10;
/** A process that was held up makes up for at most this much, and a wall clock that was set back costs nothing. */
const CATCH_UP_MS = 1_000;

/**
 * One direction of a serial line: when which bytes are through. It keeps its own line of time, so that timers that fire
 * late (they do on the wall clock) do not slow the line down.
 */
export class LineRate {
  readonly #clock: Clock;
  readonly #baud: Baud;
  #freeAtMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, baud: Baud = 0) {
    this.#clock = clock;
    this.#baud = baud;
  }

  /** Bits a second now; 0 for a line without delay. */
  get baud(): number {
    return typeof this.#baud === 'number' ? this.#baud : this.#baud();
  }

  /** The most bytes that travel as one slice now; `Infinity` on a line without delay. */
  get sliceBytes(): number {
    const { baud } = this;
    return baud > 0 ? Math.max(1, Math.floor((baud * SLICE_MS) / (BITS_PER_BYTE * 1_000))) : Number.POSITIVE_INFINITY;
  }

  /**
   * Sends `bytes` bytes, at most a slice, and tells in how many milliseconds the last one is through (0 or less: it is
   * already). `continued`: they were waiting when the slice before them was through, so they follow it without a gap.
   */
  book(bytes: number, continued: boolean): number {
    const { baud } = this;
    if (!(baud > 0)) return 0;
    const now = this.#clock.now();
    const earliestMs = continued ? now - CATCH_UP_MS : now;
    const startMs = this.#freeAtMs > now + CATCH_UP_MS ? now : Math.max(this.#freeAtMs, earliestMs);
    this.#freeAtMs = startMs + (bytes * BITS_PER_BYTE * 1_000) / baud;
    return this.#freeAtMs - now;
  }
}
