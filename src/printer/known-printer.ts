import type { PrinterFault, PrinterLife, PrinterStatus, Proof } from '../ports/printer.js';
import type { Connection } from './connection.js';
import type { Counters } from './counters.js';
import { type Observation, sameStatus } from './status.js';

/** What is known of the printer at the other end, and who is told when that changes. */
export class KnownPrinter {
  status: PrinterStatus = { ready: false, life: 'opening', faults: [], paperNearEnd: false };
  /** By what it proves that it prints; not known before it was found out. */
  proof: Proof | 'none' | undefined;
  /** `DLE ENQ` is needed before it prints again. */
  recoverable = false;
  readonly #connection: Connection;
  readonly #counters: Counters;
  readonly #listeners: ((status: PrinterStatus) => void)[] = [];
  #faults: readonly PrinterFault[] = [];
  #paperNearEnd = false;
  #model: string | undefined;
  /** It has answered since the link came up, or is taken for one that never does. */
  #known = false;

  constructor(connection: Connection, counters: Counters) {
    this.#connection = connection;
    this.#counters = counters;
  }

  watch(listener: (status: PrinterStatus) => void): void {
    this.#listeners.push(listener);
  }

  observed({ faults, paperNearEnd, recoverable }: Observation): void {
    this.recoverable = recoverable;
    this.#faults = faults;
    this.#paperNearEnd = paperNearEnd;
    this.#known = true;
  }

  named(model: string): void {
    this.#model = model;
  }

  /** Nothing can be heard of it, for this reason if there is one. It may have been switched off, or be another one now. */
  unheard(...faults: PrinterFault[]): void {
    this.#faults = faults;
    this.#known = false;
    this.proof = undefined;
    if (!this.#connection.up) this.recoverable = false;
  }

  /** It is one that answers nothing: it is taken for well. */
  mute(): void {
    this.#faults = [];
    this.#known = true;
    this.proof = 'none';
  }

  /** Tells everybody, if there is anything to tell. */
  tell(): void {
    const { problem } = this.#connection;
    const status: PrinterStatus = {
      ready: this.#known && this.#faults.length === 0,
      life: this.#life(),
      faults: this.#faults,
      paperNearEnd: this.#paperNearEnd,
      ...(this.#model === undefined ? {} : { model: this.#model }),
      ...(this.proof === undefined ? {} : { proof: this.proof }),
      ...(problem === undefined ? {} : { problem }),
    };
    if (sameStatus(status, this.status)) return;
    for (const fault of status.faults) if (!this.status.faults.includes(fault)) this.#counters.fault(fault);
    this.status = status;
    for (const listener of this.#listeners) listener(status);
  }

  #life(): PrinterLife {
    const { life } = this.#connection;
    if (life !== 'up') return life;
    if (this.#faults.length > 0) return 'faulty';
    return this.#known && this.proof !== undefined ? 'online' : 'probing';
  }
}
