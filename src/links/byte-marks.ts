import type { Undo } from '../ports/faults.js';

interface Mark {
  readonly atBytes: number;
  readonly run: () => void;
}

/** Marks on a stream of bytes: each runs once, exactly between the byte before it and the byte after it. */
export class ByteMarks {
  #passedBytes = 0;
  /** By place; marks of one place in the order in which they were set. */
  readonly #marks: Mark[] = [];

  /** Runs `run` when `bytes` more bytes have passed (0: before the next one). */
  after(bytes: number, run: () => void): Undo {
    const mark: Mark = { atBytes: this.#passedBytes + Math.max(bytes, 0), run };
    const later = this.#marks.findIndex((other) => other.atBytes > mark.atBytes);
    this.#marks.splice(later < 0 ? this.#marks.length : later, 0, mark);
    return () => {
      const at = this.#marks.indexOf(mark);
      if (at >= 0) this.#marks.splice(at, 1);
    };
  }

  /** Whether a mark has to run before the next byte passes. */
  get due(): boolean {
    return this.room(1) === 0;
  }

  /** How many of the next `bytes` bytes may pass before a mark has to run; 0 with a mark that is due. */
  room(bytes: number): number {
    const mark = this.#marks[0];
    return mark === undefined ? bytes : Math.min(bytes, mark.atBytes - this.#passedBytes);
  }

  /** How many bytes have passed so far. */
  get passedBytes(): number {
    return this.#passedBytes;
  }

  /** Counts bytes that have passed. */
  pass(bytes: number): void {
    this.#passedBytes += bytes;
  }

  /** Runs the marks that are due. A mark set by one of them runs too if it is due. */
  runDue(): void {
    for (let mark = this.#marks[0]; mark !== undefined && mark.atBytes <= this.#passedBytes; mark = this.#marks[0]) {
      this.#marks.shift();
      mark.run();
    }
  }
}
