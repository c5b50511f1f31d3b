import type { TicketDocument } from './ticket.js';

/** Why a printer does not print, as far as it tells or its silence shows. Names follow the bits of DLE EOT and ASB. */
export type PrinterFault =
  | 'paper-out'
  | 'cover-open'
  /** DLE EOT 3 bit 2: on most models a paper jam or a blocked carriage. */
  | 'mechanical-error'
  | 'cutter-error'
  | 'overheat'
  | 'unrecoverable-error'
  /** Offline without a stated cause: taken offline at its panel. */
  | 'offline'
  /** The link is down. */
  | 'link-lost'
  /** The link is up and nothing comes back. */
  | 'no-answer'
  /** It answers and does not get on with the job. */
  | 'stalled'
  /** The ticket holds what this printer cannot print. */
  | 'unprintable'
  /** The terminal was restarted during the job. Only the terminal itself gives this reason. */
  | 'power-cut';

/** A printer as its driver knows it now. */
export interface PrinterStatus {
  readonly ready: boolean;
  /** The worst fault first; empty when ready, and while nothing is known yet. */
  readonly faults: readonly PrinterFault[];
  readonly paperNearEnd: boolean;
  /** `GS I` 67 once asked, for people. */
  readonly model?: string;
}

export interface PrintJob {
  readonly jobId: string;
  readonly ticket: TicketDocument;
  /**
   * A job of before a restart may have left a piece of paper unfinished: clear the printer, feed out and cut first. After
   * its own jobs the driver does so unasked.
   */
  readonly clearFirst?: boolean;
}

/** What a job ended with. Blocks count from 1; `block` is the last one that the printer confirmed, 0 for none. */
export type JobResult =
  /** The printer itself said that all of it is on the paper. */
  | { readonly outcome: 'printed'; readonly blocks: number; readonly confirmedBy: 'GS ( H' | 'GS r' }
  /** Not all of it can be on the paper. */
  | { readonly outcome: 'partial'; readonly block: number; readonly blocks: number; readonly reason: PrinterFault }
  /** Not one byte of it was sent. */
  | { readonly outcome: 'not-printed'; readonly blocks: number; readonly reason: PrinterFault }
  /** All was sent, and the printer did not say what became of it. */
  | { readonly outcome: 'unknown'; readonly block: number; readonly blocks: number; readonly reason: PrinterFault };

export interface Printer {
  /**
   * Prints one job; `done` is called once, never from inside this call. A second job while one is under way waits its
   * turn. Throws `PJ_TICKET` for what this printer cannot print.
   */
  print(job: PrintJob, done: (result: JobResult) => void): void;
  status(): PrinterStatus;
  /** Tells of every change of status. */
  watch(listener: (status: PrinterStatus) => void): void;
  /** Gives the link back. Idempotent. A job under way ends without a word. */
  close(): void;
}
