import type { Clock, Timer } from '../ports/clock.js';
import type { Link, LinkLoss } from '../ports/link.js';
import type { Scanner } from '../ports/scanner.js';

export interface LineScannerOptions {
  /** A code whose end does not come is taken as ended after so long a silence. Default 300. */
  readonly silenceMs?: number;
  /** Characters of a line that are kept; the rest is dropped up to its end. Default 256. */
  readonly lengthMax?: number;
  /** A scanner that is not there is looked for so often. Default 1,000. */
  readonly reopenMs?: number;
  /** Told when the scanner is there (`undefined`) and when it is not, and why: once for each change. */
  readonly onLink?: (loss: LinkLoss | undefined) => void;
}

const CR = 0x0d;
const LF = 0x0a;

/**
 * A barcode reader on a serial line: one code a line, ended by CR, LF or both, as the reader is set.
 *
 * Each byte becomes one character (ISO 8859-1), so that what is not a digit reaches the validation and is named there. A
 * line that is too long is handed on cut, which no payment code survives. A reader that is set to send no line end works
 * too: its codes are ended by silence. Two codes are never joined unless they come without an end within that time, and
 * half a code that was cut off by the loss of the link is dropped: the cashier scans again.
 */
export class LineScanner implements Scanner {
  readonly #link: Link;
  readonly #clock: Clock;
  readonly #silenceMs: number;
  readonly #lengthMax: number;
  readonly #reopenMs: number;
  readonly #onLink: (loss: LinkLoss | undefined) => void;
  readonly #listeners: ((code: string) => void)[] = [];
  #line = '';
  #silence: Timer;
  #reopen: Timer;
  #up: boolean | undefined;
  #closed = false;

  /** Opens the link, and again whenever it is lost. */
  constructor(link: Link, clock: Clock, options: LineScannerOptions = {}) {
    this.#link = link;
    this.#clock = clock;
    this.#silenceMs = options.silenceMs ?? 300;
    this.#lengthMax = options.lengthMax ?? 256;
    this.#reopenMs = options.reopenMs ?? 1_000;
    this.#onLink = options.onLink ?? (() => {});
    this.#open();
  }

  watch(listener: (code: string) => void): void {
    this.#listeners.push(listener);
  }

  /** Gives the link back. Idempotent. */
  close(): void {
    this.#closed = true;
    this.#clock.clearTimeout(this.#reopen);
    this.#clock.clearTimeout(this.#silence);
    this.#link.close();
  }

  #open(): void {
    this.#link.open({
      opened: () => this.#turned(undefined),
      received: (bytes) => this.#received(bytes),
      drained: () => {},
      lost: (loss) => {
        if (this.#closed) return;
        this.#line = '';
        this.#clock.clearTimeout(this.#silence);
        this.#reopen = this.#clock.setTimeout(() => this.#open(), this.#reopenMs);
        this.#turned(loss);
      },
    });
  }

  #turned(loss: LinkLoss | undefined): void {
    const up = loss === undefined;
    if (up === this.#up) return;
    this.#up = up;
    this.#onLink(loss);
  }

  #received(bytes: Uint8Array): void {
    this.#clock.clearTimeout(this.#silence);
    for (const byte of bytes) {
      if (byte === CR || byte === LF) this.#end();
      else if (this.#line.length < this.#lengthMax) this.#line += String.fromCharCode(byte);
    }
    if (this.#line !== '' && !this.#closed) this.#silence = this.#clock.setTimeout(() => this.#end(), this.#silenceMs);
  }

  #end(): void {
    const code = this.#line;
    this.#line = '';
    if (code === '' || this.#closed) return; // The LF of CR LF, or an empty line.
    for (const listener of this.#listeners) listener(code);
  }
}
