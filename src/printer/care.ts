import type { Clock, Timer } from '../ports/clock.js';
import type { PrinterProfile } from '../ports/device.js';
import { FULL_MARK_BYTES, QUESTIONS_BYTES } from './buffer-room.js';
import { DLE_ENQ_2, DLE_EOT_ALL } from './commands.js';
import type { KnownPrinter } from './known-printer.js';
import type { PrinterLine } from './line.js';
import type { DriverOptions } from './options.js';

export interface CareParts {
  readonly clock: Clock;
  readonly line: PrinterLine;
  readonly printer: KnownPrinter;
  readonly profile: PrinterProfile;
  readonly options: DriverOptions;
}

/** Questions may take up such a share of the printer's buffer before something is done about them. */
const SHARE_OF_BUFFER = 1 / 4;
/** So much of its buffer is left to the next job, which has to be able to ask, and to help it out of an error. */
const JOB_BYTES = 64;

/** Where nothing clears them: with so many bytes left it is asked so many times as seldom. */
function timesAsSeldom(leftBytes: number, bufferBytes: number): number {
  const fullMark = Math.min(FULL_MARK_BYTES, bufferBytes / 4);
  if (leftBytes <= fullMark + Math.min(JOB_BYTES, bufferBytes / 16)) return Number.POSITIVE_INFINITY;
  if (leftBytes <= fullMark + Math.min(QUESTIONS_BYTES, bufferBytes / 8)) return 3_600;
  if (leftBytes < bufferBytes / 2) return 120;
  return leftBytes < bufferBytes * (1 - SHARE_OF_BUFFER) ? 10 : 1;
}

/** One that does not answer is most likely switched off, and keeps nothing. */
const SILENT_TIMES = 120;

/**
 * Sees to a printer that no job is looking after: asks how it is, and helps it out of an error.
 *
 * A real-time question is answered at once and stays in the receive buffer all the same, until the printer gets to it. One
 * that is out of paper overnight would be full of questions, and answer no more: so they are cleared away in time, or
 * where that is not possible become rare, and in the end are left to who wants to print. What stands in the buffer of one
 * that is not ready when the line comes up nobody knows: a terminal that starts again and again would fill it all the same.
 */
export class Care {
  readonly #parts: CareParts;
  #timer: Timer;
  #recoveredAtMs = Number.NEGATIVE_INFINITY;
  /** Bytes of questions and such since the printer was last well. */
  #askedBytes = 0;
  /** What may have stood in its buffer when the line came up. */
  #foundBytes = 0;

  constructor(parts: CareParts) {
    this.#parts = parts;
  }

  /** Until the printer is well, a part of its buffer counts as taken. */
  lineUp(): void {
    this.#foundBytes = this.#parts.profile.receiveBufferBytes * SHARE_OF_BUFFER + 1;
  }

  begin(): void {
    const { clock, line, printer } = this.#parts;
    this.stop();
    if (printer.status.ready) {
      this.#askedBytes = 0;
      this.#foundBytes = 0;
    }
    const everyMs = this.#everyMs();
    const asks = everyMs > 0 && Number.isFinite(everyMs);
    if (line.up && asks) this.#timer = clock.setTimeout(this.#look, everyMs);
  }

  stop(): void {
    this.#parts.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Gets it out of an error whose cause is gone; without effect as long as that is there. */
  recover(): void {
    const { clock, line, printer } = this.#parts;
    if (!printer.recoverable) return;
    this.#recoveredAtMs = clock.now();
    this.#askedBytes += DLE_ENQ_2.length;
    line.write(DLE_ENQ_2);
  }

  readonly #look = (): void => {
    const { clock, line, profile, options } = this.#parts;
    this.#timer = undefined;
    if (clock.now() - this.#recoveredAtMs >= options.recoverEveryMs) this.recover();
    if (line.clears && this.#askedBytes > profile.receiveBufferBytes * SHARE_OF_BUFFER) {
      this.#askedBytes = 0;
      line.clear(); // Nothing in the buffer belongs to a job. When it is over, care begins anew.
      return;
    }
    this.#askedBytes += DLE_EOT_ALL.length;
    line.ask();
  };

  #everyMs(): number {
    const { line, printer, profile, options } = this.#parts;
    if (printer.status.ready) return options.idlePollMs;
    if (line.clears) return options.faultPollMs;
    const { receiveBufferBytes } = profile;
    const leftBytes = receiveBufferBytes - this.#askedBytes;
    const times = printer.status.faults.includes('no-answer')
      ? Math.min(timesAsSeldom(leftBytes, receiveBufferBytes), SILENT_TIMES)
      : timesAsSeldom(leftBytes - this.#foundBytes, receiveBufferBytes);
    return options.faultPollMs * times;
  }
}
