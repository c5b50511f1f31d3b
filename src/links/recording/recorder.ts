import type { Clock } from '../../ports/clock.js';
import type { LinkLoss } from '../../ports/link.js';
import { type Kind, LONGEST_BYTES, lossBytes, RecordingEncoder, type RecordingHeader, rateBytes } from './format.js';

/** What is recorded of a line. */
export interface LineEar {
  toPrinter(bytes: Uint8Array): void;
  fromPrinter(bytes: Uint8Array): void;
  opened(): void;
  lost(loss: LinkLoss): void;
  closed(): void;
}

export interface RecorderOptions {
  readonly clock: Clock;
  readonly header: Omit<RecordingHeader, 'startedAt'>;
  /** Takes the recording, in order. It must not fail. */
  readonly append: (bytes: Uint8Array) => void;
}

/**
 * Turns what happens on a line into a recording. Times are those of the clock that is handed in, to the microsecond; a
 * clock that is set back costs no record, only the time that it was set back.
 */
export class Recorder implements LineEar {
  readonly #clock: Clock;
  readonly #append: (bytes: Uint8Array) => void;
  readonly #encoder = new RecordingEncoder();
  #lastUs: number;
  #ended = false;

  constructor({ clock, header, append }: RecorderOptions) {
    this.#clock = clock;
    this.#append = append;
    const startMs = Math.floor(clock.now());
    this.#lastUs = startMs * 1_000;
    append(this.#encoder.header({ ...header, startedAt: new Date(startMs).toISOString() }));
  }

  toPrinter(bytes: Uint8Array): void {
    this.#record('toPrinter', bytes);
  }

  fromPrinter(bytes: Uint8Array): void {
    this.#record('fromPrinter', bytes);
  }

  opened(): void {
    this.#record('opened');
  }

  lost(loss: LinkLoss): void {
    this.#record('lost', lossBytes(loss));
  }

  closed(): void {
    this.#record('closed');
  }

  /** The line has this rate from now on, in bits a second; 0: it has none. */
  rate(baud: number): void {
    this.#record('rate', rateBytes(baud));
  }

  /** Something that a reader should know, at this time: a phase of a test begins, a fault was put in. */
  mark(text: string): void {
    this.#record('mark', Buffer.from(text));
  }

  /** The last record. Idempotent, and nothing is recorded afterwards. */
  end(): void {
    this.#record('end');
    this.#ended = true;
  }

  #record(kind: Kind, bytes: Uint8Array = new Uint8Array(0)): void {
    if (this.#ended) return;
    const nowUs = Math.round(this.#clock.now() * 1_000);
    let deltaUs = Math.max(nowUs - this.#lastUs, 0);
    this.#lastUs = nowUs;
    let at = 0;
    do {
      this.#append(this.#encoder.record(kind, deltaUs, bytes.subarray(at, at + LONGEST_BYTES)));
      deltaUs = 0;
      at += LONGEST_BYTES;
    } while (at < bytes.length);
  }
}
