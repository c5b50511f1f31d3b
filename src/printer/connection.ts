import type { Clock, Timer } from '../ports/clock.js';
import type { Link, LinkListener, LinkLoss } from '../ports/link.js';
import type { DriverOptions } from './options.js';

/** Who is told what becomes of the connection. */
export interface ConnectionListener {
  connected(): void;
  disconnected(loss: LinkLoss): void;
  received(bytes: Uint8Array): void;
}

/** Bits of a byte on a serial line, with start and stop bit. */
const WIRE_BITS = 10;

/** Keeps a link open: opens it again whenever it is lost or could not be opened, at growing intervals. Counts its bytes. */
export class Connection implements LinkListener {
  sentBytes = 0;
  receivedBytes = 0;
  /** How often it came up again after it had been lost. */
  reconnects = 0;
  /** Why it is down, in the link's words. */
  problem: string | undefined;
  readonly #clock: Clock;
  readonly #link: Link;
  readonly #baud: number;
  readonly #options: DriverOptions;
  readonly #listener: ConnectionListener;
  #state: 'down' | 'opening' | 'up' | 'closed' = 'down';
  #everUp = false;
  #reopenMs: number;
  #reopenTimer: Timer;
  /** When a wire that nobody stops has carried all that was written. */
  #wireFreeAtMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, link: Link, baud: number, options: DriverOptions, listener: ConnectionListener) {
    this.#clock = clock;
    this.#link = link;
    this.#baud = baud;
    this.#options = options;
    this.#listener = listener;
    this.#reopenMs = options.reopenFirstMs;
  }

  get up(): boolean {
    return this.#state === 'up';
  }

  /** `opening` until it is known whether there is anything; `absent` while it has never been up. */
  get life(): 'opening' | 'absent' | 'up' | 'lost' {
    if (this.#state === 'up') return 'up';
    if (this.#everUp) return 'lost';
    return this.problem === undefined ? 'opening' : 'absent';
  }

  /** Bytes written that have left this side, as far as the link can tell. */
  get departedBytes(): number {
    return this.sentBytes - this.#link.pendingBytes;
  }

  /** How long what was written still takes on the wire, at least. */
  get wireLeftMs(): number {
    const pendingMs = (this.#link.pendingBytes * WIRE_BITS * 1_000) / this.#baud;
    return Math.max(pendingMs, this.#wireFreeAtMs - this.#clock.now(), 0);
  }

  open(): void {
    if (this.#state !== 'down') return;
    this.#state = 'opening';
    this.#link.open(this);
  }

  write(bytes: Uint8Array): void {
    if (this.#state !== 'up' || bytes.length === 0) return;
    this.sentBytes += bytes.length;
    const startMs = Math.max(this.#wireFreeAtMs, this.#clock.now());
    this.#wireFreeAtMs = startMs + (bytes.length * WIRE_BITS * 1_000) / this.#baud;
    this.#link.write(bytes);
  }

  /** The other side has answered: the next loss starts over with the shortest wait. */
  answered(): void {
    this.#reopenMs = this.#options.reopenFirstMs;
  }

  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#clock.clearTimeout(this.#reopenTimer);
    this.#link.close();
  }

  opened(): void {
    if (this.#state === 'closed') return;
    if (this.#everUp) this.reconnects++;
    this.#everUp = true;
    this.#state = 'up';
    this.problem = undefined;
    this.#wireFreeAtMs = Number.NEGATIVE_INFINITY;
    this.#listener.connected();
  }

  received(bytes: Uint8Array): void {
    if (this.#state !== 'up') return;
    this.receivedBytes += bytes.length;
    this.#listener.received(bytes);
  }

  drained(): void {}

  lost(loss: LinkLoss): void {
    if (this.#state === 'closed') return;
    this.#state = 'down';
    this.problem = loss.message;
    this.#reopenTimer = this.#clock.setTimeout(() => this.open(), this.#reopenMs);
    this.#reopenMs = Math.min(this.#reopenMs * 2, this.#options.reopenMostMs);
    this.#listener.disconnected(loss);
  }
}
