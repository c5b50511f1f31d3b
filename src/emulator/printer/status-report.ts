import type { PrinterProfile } from '../../ports/device.js';
import type { Condition } from './mechanism/condition.js';
import { queuedStatus, realTimeStatus, statusBack } from './mechanism/status-bytes.js';

/** The status bytes of one model: those of the manuals, with the bits that this model uses otherwise. */
export class StatusReport {
  readonly #model: NonNullable<PrinterProfile['status']>;

  constructor(profile: PrinterProfile) {
    this.#model = profile.status ?? {};
  }

  /** The answer to `DLE EOT n`; `undefined` for an `n`, or on a model, that is not answered. */
  realTime(n: number, condition: Condition): number | undefined {
    if (this.#model.answersRealTime === false) return undefined;
    const status = realTimeStatus(n, condition);
    const bits = this.#model.realTime?.[n];
    return status === undefined || bits === undefined ? status : (status & ~bits.never) | bits.always;
  }

  /** The answer to `GS r n`; `undefined` for an `n` that is not answered. */
  queued(n: number, condition: Condition): number | undefined {
    return this.#model.answersQueued === false ? undefined : queuedStatus(n, condition);
  }

  /** The four bytes of Automatic Status Back, the first one in the lowest byte. */
  automatic(condition: Condition): number {
    const status = statusBack(condition);
    const bits = this.#model.automaticBits;
    return bits === undefined ? status : (status & ~word(bits.never)) | word(bits.always);
  }

  /** When Automatic Status Back is sent at all: as in the manuals on enabling and on changes, or less. */
  get sendsAutomatic(): 'changes' | 'once' | 'never' {
    return this.#model.automatic ?? 'changes';
  }
}

function word(bytes: readonly number[]): number {
  return bytes.reduce((all, byte, index) => all | (byte << (8 * index)), 0);
}
