import type { Printer, PrinterFault, PrinterStatus } from '../ports/printer.js';
import type { PrinterEvidence } from './journal/record.js';

/** Faults that are silence, and not the printer's own word. */
const SILENCES: readonly PrinterFault[] = ['no-answer', 'link-lost', 'stalled'];

/** Keeps what the printer says while a job is under way: evidence for the journal. */
export class PrinterWatch {
  readonly #printer: Printer;
  #faults: PrinterFault[] = [];
  #answered = false;

  constructor(printer: Printer) {
    this.#printer = printer;
  }

  heard(status: PrinterStatus): void {
    this.#answered ||= status.ready || status.faults.some((fault) => !SILENCES.includes(fault));
    for (const fault of status.faults) if (!this.#faults.includes(fault)) this.#faults.push(fault);
  }

  /** A job begins: what was heard before is forgotten, but for what is wrong now. */
  begin(): void {
    this.#faults = [...this.#printer.status().faults];
  }

  /** What there is to tell of a job that has ended; nothing where all went well. */
  evidence(wentWell: boolean): PrinterEvidence | undefined {
    if (wentWell && this.#faults.length === 0) return undefined;
    const { life } = this.#printer.status();
    const { receivedBytes } = this.#printer.counters();
    return { life, faults: [...this.#faults], answered: this.#answered, receivedBytes };
  }
}
