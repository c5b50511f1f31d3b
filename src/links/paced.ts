import type { Clock, Timer } from '../ports/clock.js';
import type { Link, LinkListener, LinkLoss, ModemLines } from '../ports/link.js';
import { type Baud, LineRate } from './line-rate.js';

/** The real line is left alone while more than so many slices (of 10 ms) wait, and taken from again below the other. */
const SLICES_MAX = 6;
const SLICES_LOW = 3;

/**
 * Makes the printer's side of a link as slow as a serial line: bytes arrive and leave at the rate of `baud` (8N1, ten
 * bits a byte), in slices of at most 10 ms, each when its last byte would be through. Lines without a rate of their own,
 * as pseudo-terminals and TCP, need it; a memory link has its own.
 *
 * It takes from the line under it only about 60 ms ahead, so that the writer feels the rate, and what it has taken is
 * lost with the link. A rate of 0 lets everything through at once; a function is asked anew for each slice.
 */
export function pacedLink(link: Link, clock: Clock, baud: Baud): Link {
  return new PacedLink(link, clock, baud);
}

class PacedLink implements Link {
  readonly #clock: Clock;
  readonly #link: Link;
  readonly #in: Lane;
  readonly #out: Lane;
  #listener: LinkListener | undefined;
  /** Whether the line under it is being read. */
  #takes = true;

  constructor(link: Link, clock: Clock, baud: Baud) {
    this.#clock = clock;
    this.#link = link;
    this.#out = new Lane(clock, baud, (bytes) => link.write(bytes));
    this.#in = new Lane(clock, baud, (bytes) => {
      this.#takeOrLeave();
      this.#listener?.received(bytes);
    });
  }

  get address(): string {
    return this.#link.address;
  }

  open(listener: LinkListener): void {
    this.#link.open({
      opened: () => {
        this.#listener = listener;
        this.#takes = true;
        this.#clear();
        listener.opened();
      },
      received: (bytes) => {
        this.#in.push(bytes);
        this.#takeOrLeave();
      },
      drained: () => {
        if (this.#out.bytes === 0) listener.drained();
      },
      lost: (loss: LinkLoss) => {
        if (this.#listener === listener && loss.code !== 'busy') {
          this.#listener = undefined; // Else a second opener was told.
          this.#clear();
        }
        listener.lost(loss);
      },
    });
  }

  write(bytes: Uint8Array): void {
    if (this.#listener !== undefined && bytes.length > 0) this.#out.push(bytes);
  }

  get pendingBytes(): number {
    return this.#out.bytes + this.#link.pendingBytes;
  }

  reading(on: boolean): void {
    this.#in.hold(!on);
  }

  modemLines(done: (lines: ModemLines | 'none') => void): void {
    const listener = this.#listener;
    if (listener === undefined) return;
    const tell = (lines: ModemLines | 'none') => this.#listener === listener && done(lines);
    if (this.#link.modemLines === undefined) this.#clock.setTimeout(() => tell('none'), 0);
    else this.#link.modemLines(tell);
  }

  close(): void {
    this.#listener = undefined;
    this.#clear();
    this.#link.close();
  }

  #clear(): void {
    this.#in.clear();
    this.#out.clear();
  }

  #takeOrLeave(): void {
    const { bytes, sliceBytes } = this.#in;
    const takes = bytes <= sliceBytes * (this.#takes ? SLICES_MAX : SLICES_LOW);
    if (takes === this.#takes) return;
    this.#takes = takes;
    this.#link.reading(takes);
  }
}

/** One direction: bytes that wait for their time. */
class Lane {
  readonly #clock: Clock;
  readonly #rate: LineRate;
  readonly #arrive: (bytes: Uint8Array) => void;
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;
  #held = false;
  #timer: Timer;
  /** A slice is under way, or is being handed over. */
  #busy = false;

  constructor(clock: Clock, baud: Baud, arrive: (bytes: Uint8Array) => void) {
    this.#clock = clock;
    this.#rate = new LineRate(clock, baud);
    this.#arrive = arrive;
  }

  /** Bytes that wait. */
  get bytes(): number {
    return this.#bytes;
  }

  get sliceBytes(): number {
    return this.#rate.sliceBytes;
  }

  push(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.#bytes += bytes.length;
    if (!this.#busy && !this.#held) this.#send(false);
  }

  hold(on: boolean): void {
    this.#held = on;
    if (on || this.#busy || this.#bytes === 0) return;
    this.#busy = true;
    this.#timer = this.#clock.setTimeout(() => this.#send(false), 0); // Not from inside the call.
  }

  clear(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#chunks.length = 0;
    this.#bytes = 0;
    this.#held = false;
    this.#busy = false;
  }

  /** Puts a slice on the way. What is through already (without a rate, or after a delay of the process) arrives now. */
  #send(continued: boolean): void {
    let following = continued;
    for (;;) {
      this.#busy = this.#bytes > 0 && !this.#held;
      if (!this.#busy) return;
      const bytes = Math.min(this.#rate.sliceBytes, this.#bytes);
      const delayMs = this.#rate.book(bytes, following);
      if (delayMs > 0) {
        this.#timer = this.#clock.setTimeout(() => this.#through(bytes), delayMs);
        return;
      }
      this.#handOver(bytes);
      following = true;
    }
  }

  #through(bytes: number): void {
    if (this.#held) {
      this.#busy = false;
      return;
    }
    this.#handOver(bytes);
    this.#send(true);
  }

  #handOver(bytes: number): void {
    for (let left = bytes; left > 0; ) {
      const chunk = this.#chunks[0];
      if (chunk === undefined) return; // Cleared by whoever took the bytes before.
      const part = chunk.length <= left ? chunk : chunk.subarray(0, left);
      if (part === chunk) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(left);
      this.#bytes -= part.length;
      left -= part.length;
      this.#arrive(part);
    }
  }
}
