import type { DriverCounters, JobResult, PrinterFault } from '../ports/printer.js';
import type { Connection } from './connection.js';
import { paperMmOf, type TicketBlock } from './dialect.js';

/** Counts what a driver does. */
export class Counters {
  readonly #jobs = { printed: 0, partial: 0, 'not-printed': 0, unknown: 0, unconfirmed: 0 };
  readonly #faults: Partial<Record<PrinterFault, number>> = {};
  #lines = 0;
  #cuts = 0;
  #paperMm = 0;

  /** A job is over. What ends it and is no fault of the printer's status is counted here. */
  job(result: JobResult): void {
    this.#jobs[result.outcome]++;
    if ('reason' in result && (result.reason === 'stalled' || result.reason === 'cancelled')) this.fault(result.reason);
  }

  /** A fault has begun. */
  fault(fault: PrinterFault): void {
    this.#faults[fault] = (this.#faults[fault] ?? 0) + 1;
  }

  confirmed(block: TicketBlock): void {
    if (block.lines !== undefined) this.#lines += block.lines[1] - block.lines[0] + 1;
    this.#cuts += block.cuts ?? 0;
    this.#paperMm += paperMmOf(block);
  }

  tell({ sentBytes, receivedBytes, reconnects }: Connection): DriverCounters {
    return {
      jobs: { ...this.#jobs },
      lines: this.#lines,
      cuts: this.#cuts,
      paperMm: Math.round(this.#paperMm * 10) / 10,
      faults: { ...this.#faults },
      sentBytes,
      receivedBytes,
      reconnects,
    };
  }
}
