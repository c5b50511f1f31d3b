import type { Clock, Timer } from '../ports/clock.js';
import type { PrinterProfile } from '../ports/device.js';
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
/** Where nothing clears them: from which share on it is asked how many times as seldom. */
const SELDOM = [
  { share: 1 / 2, times: 120 },
  { share: SHARE_OF_BUFFER, times: 10 },
] as const;

/**
 * Sees to a printer that no job is looking after: asks how it is, and helps it out of an error.
 *
 * A real-time question is answered at once and stays in the receive buffer all the same, until the printer gets to it. One
 * that is out of paper overnight would be full of questions, and answer no more: so they are cleared away in time, or
 * where that is not possible become rare.
 */
export class Care {
  readonly #parts: CareParts;
  #timer: Timer;
  #recoveredAtMs = Number.NEGATIVE_INFINITY;
  /** Bytes of questions since the printer was last well. */
  #askedBytes = 0;

  constructor(parts: CareParts) {
    this.#parts = parts;
  }

  begin(): void {
    const { clock, line, printer } = this.#parts;
    this.stop();
    if (printer.status.ready) this.#askedBytes = 0;
    const everyMs = this.#everyMs();
    if (line.up && everyMs > 0) this.#timer = clock.setTimeout(this.#look, everyMs);
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
    line.write(DLE_ENQ_2);
  }

  readonly #look = (): void => {
    const { clock, line, options } = this.#parts;
    this.#timer = undefined;
    if (clock.now() - this.#recoveredAtMs >= options.recoverEveryMs) this.recover();
    if (line.clears && this.#share > SHARE_OF_BUFFER) {
      this.#askedBytes = 0;
      line.clear(); // Nothing in the buffer belongs to a job. When it is over, care begins anew.
      return;
    }
    this.#askedBytes += DLE_EOT_ALL.length;
    line.ask();
  };

  #everyMs(): number {
    const { line, printer, options } = this.#parts;
    if (printer.status.ready) return options.idlePollMs;
    const seldom = line.clears ? undefined : SELDOM.find(({ share }) => this.#share > share);
    return options.faultPollMs * (seldom?.times ?? 1);
  }

  /** Of its buffer that questions may have taken up. */
  get #share(): number {
    return this.#askedBytes / this.#parts.profile.receiveBufferBytes;
  }
}
