import type { Clock } from '../ports/clock.js';
import type { PrinterProfile } from '../ports/device.js';
import type { JobResult, PrinterStatus, Proof } from '../ports/printer.js';
import type { EncodedTicket, TicketBlock } from './dialect.js';
import type { PrinterLine } from './line.js';
import type { ModemGate } from './modem-gate.js';
import type { DriverOptions } from './options.js';
import type { ProcessIds } from './process-ids.js';

/** What a job works with. */
export interface JobContext {
  readonly clock: Clock;
  readonly line: PrinterLine;
  readonly gate: ModemGate;
  readonly profile: PrinterProfile;
  readonly options: DriverOptions;
  readonly ids: ProcessIds;
  /** Sent before the first block when an earlier job left a piece of paper unfinished. */
  readonly finishPiece: Uint8Array;
  status(): PrinterStatus;
  /** By what the printer proves that it prints, once that is known. */
  proof(): Proof | 'none' | undefined;
  /** Finds that out: ends in `proved`. */
  prove(): void;
  /** It has answered `GS r` before, and nothing clears its buffer but what it does. */
  answersQueued(): boolean;
  /** The printer is one that answers nothing: there is no use in asking. */
  blind(): boolean;
  /** The block is on the paper, as the printer says. */
  confirmed(block: TicketBlock): void;
  /** The job is over. `touched`: at least one byte of it was sent. */
  ended(result: JobResult, touched: boolean): void;
}

/** What is to be printed, and in what time. */
export interface JobOrder {
  readonly ticket: EncodedTicket;
  readonly clearFirst: boolean;
  readonly deadlineMs: number;
}
