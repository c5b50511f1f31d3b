import type { Link } from '../../ports/link.js';

export interface FeederOptions {
  /** A line takes bytes in pieces of at most this length, */
  readonly pieceBytes: number;
  /** and no more than so many ahead: so that a line that stands still can be told from a slow one. */
  readonly aheadBytes: number;
}

/** Bytes that wait for a line to take them. */
export class Feeder {
  readonly #link: Link;
  readonly #options: FeederOptions;
  readonly #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  /** Written since the line last said that everything has left. */
  #leaving = false;

  constructor(link: Link, options: FeederOptions) {
    this.#link = link;
    this.#options = options;
  }

  /** Bytes that have not left this side; at least 1 while the line has not said that all have. */
  get waitingBytes(): number {
    return Math.max(this.#waitingBytes + this.#link.pendingBytes, this.#leaving ? 1 : 0);
  }

  push(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.pump();
  }

  pump(): void {
    const { pieceBytes, aheadBytes } = this.#options;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (this.#link.pendingBytes >= aheadBytes) return;
      const piece = next.subarray(0, pieceBytes);
      if (piece.length === next.length) this.#waiting.shift();
      else this.#waiting[0] = next.subarray(piece.length);
      this.#waitingBytes -= piece.length;
      this.#leaving = true;
      this.#link.write(piece);
    }
  }

  drained(): void {
    this.#leaving = false;
    this.pump();
  }

  clear(): void {
    this.#waiting.length = 0;
    this.#waitingBytes = 0;
    this.#leaving = false;
  }
}
