import type { Condition } from './mechanism/condition.js';
import { statusBack, watchedBits } from './mechanism/status-bytes.js';

/** Automatic Status Back (`GS a n`): four bytes on enabling, and on each change of what is watched. */
export class AutomaticStatus {
  readonly #send: (bytes: Uint8Array) => void;
  #watched = 0;
  #told = 0;

  constructor(send: (bytes: Uint8Array) => void) {
    this.#send = send;
  }

  /** `GS a n`; 0 turns it off. */
  enable(n: number, condition: Condition): void {
    this.#watched = watchedBits(n);
    if (this.#watched !== 0) this.#tell(statusBack(condition));
  }

  changed(condition: Condition): void {
    const status = statusBack(condition);
    if (((status ^ this.#told) & this.#watched) !== 0) this.#tell(status);
  }

  #tell(status: number): void {
    this.#told = status;
    this.#send(Uint8Array.of(status & 0xff, (status >> 8) & 0xff, (status >> 16) & 0xff, 0x00));
  }
}
