import type { Condition } from './mechanism/condition.js';
import { watchedBits } from './mechanism/status-bytes.js';
import type { StatusReport } from './status-report.js';

/** Automatic Status Back (`GS a n`): four bytes on enabling, and on each change of what is watched. */
export class AutomaticStatus {
  readonly #report: StatusReport;
  readonly #send: (bytes: Uint8Array) => void;
  #watched = 0;
  #told = 0;

  constructor(report: StatusReport, send: (bytes: Uint8Array) => void) {
    this.#report = report;
    this.#send = send;
  }

  /** `GS a n`; 0 turns it off. */
  enable(n: number, condition: Condition): void {
    this.#watched = watchedBits(n);
    if (this.#watched !== 0 && this.#report.sendsAutomatic !== 'never') this.#tell(this.#report.automatic(condition));
  }

  changed(condition: Condition): void {
    if (this.#watched === 0 || this.#report.sendsAutomatic !== 'changes') return;
    const status = this.#report.automatic(condition);
    if (((status ^ this.#told) & this.#watched) !== 0) this.#tell(status);
  }

  #tell(status: number): void {
    this.#told = status;
    this.#send(Uint8Array.of(status & 0xff, (status >> 8) & 0xff, (status >> 16) & 0xff, (status >> 24) & 0xff));
  }
}
