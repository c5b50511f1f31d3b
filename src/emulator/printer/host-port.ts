import type { Clock, Timer } from '../../ports/clock.js';
import type { Link, LinkListener } from '../../ports/link.js';

export interface HostPortOptions {
  readonly clock: Clock;
  readonly link: Link;
  /** Bytes from the host. */
  readonly received: (bytes: Uint8Array) => void;
  /** The link has come up: say again whether it is to be read. */
  readonly opened: () => void;
}

/** A link that went away is opened again after so long: a printer waits for its host. */
const REOPEN_MS = 100;

/** The printer's socket: keeps the link open, whatever happens to it, and stops it while the printer cannot take more. */
export class HostPort implements LinkListener {
  readonly #options: HostPortOptions;
  #open = false;
  #closed = false;
  #reading = true;
  #reopening: Timer;
  receivedBytes = 0;
  sentBytes = 0;

  constructor(options: HostPortOptions) {
    this.#options = options;
    options.link.open(this);
  }

  get reading(): boolean {
    return this.#reading;
  }

  /** Takes bytes from the line, or lets the host feel that it has to wait. */
  read(on: boolean): void {
    if (on === this.#reading || !this.#open) return;
    this.#reading = on;
    this.#options.link.reading(on);
  }

  send(bytes: Uint8Array): void {
    if (this.#closed) return;
    this.sentBytes += bytes.length;
    this.#options.link.write(bytes);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.clock.clearTimeout(this.#reopening);
    this.#options.link.close();
  }

  opened(): void {
    this.#open = true;
    this.#reading = true;
    this.#options.opened();
  }

  received(bytes: Uint8Array): void {
    if (this.#closed) return;
    this.receivedBytes += bytes.length;
    this.#options.received(bytes);
  }

  drained(): void {}

  lost(): void {
    this.#open = false;
    if (this.#closed) return;
    this.#reopening = this.#options.clock.setTimeout(() => this.#options.link.open(this), REOPEN_MS);
  }
}
