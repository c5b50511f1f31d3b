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
  /** The job was called off. */
  | 'cancelled'
  /** The terminal was restarted during the job. Only the terminal itself gives this reason. */
  | 'power-cut';

/** How far driver and printer have come with each other. */
export type PrinterLife =
  /** There is nothing there: the link has never been open. */
  | 'absent'
  /** The link is being opened for the first time. */
  | 'opening'
  /** The link is up, and the driver is finding out what the printer answers. */
  | 'probing'
  | 'online'
  /** It answers with a fault, or stays silent though it should answer. */
  | 'faulty'
  /** The link was open and went away; it is being opened again. */
  | 'lost';

/**
 * By what a printer proves that it has printed. `GS ( H`: a process ID response. `GS r`: the answer to a queued
 * question. `DLE EOT`: time has passed, and asked after that it has no fault; the weakest of the three.
 */
export type Proof = 'GS ( H' | 'GS r' | 'DLE EOT';

/** A printer as its driver knows it now. */
export interface PrinterStatus {
  readonly ready: boolean;
  readonly life: PrinterLife;
  /** The worst fault first; empty when ready, and while nothing is known yet. */
  readonly faults: readonly PrinterFault[];
  readonly paperNearEnd: boolean;
  /** `GS I` 67 once asked, for people. */
  readonly model?: string;
  /** What it has been found to prove printing by, once that is known. */
  readonly proof?: Proof | 'none';
  /** While the link is down: what happened, in words, with the address, and with who holds the port where that is known. */
  readonly problem?: string;
}

export interface PrintJob {
  readonly jobId: string;
  readonly ticket: TicketDocument;
  /**
   * A job of before a restart may have left a piece of paper unfinished: clear the printer, feed out and cut first. After
   * its own jobs the driver does so unasked.
   */
  readonly clearFirst?: boolean;
  /** The longest that this job may take from its turn on, in ms, above 0. Default: the driver's `jobDeadlineMs`. */
  readonly deadlineMs?: number;
}

/** What a job ended with. Blocks count from 1; `block` is the last one that the printer confirmed, 0 for none. */
export type JobResult =
  /** The printer itself said that all of it is on the paper. */
  | { readonly outcome: 'printed'; readonly blocks: number; readonly confirmedBy: Proof }
  /** Not all of it can be on the paper. `pieces`: so many of its pieces were sent whole, and may be; absent for none. */
  | {
      readonly outcome: 'partial';
      readonly block: number;
      readonly blocks: number;
      readonly reason: PrinterFault;
      readonly pieces?: number;
    }
  /** Not one byte of it was sent. */
  | { readonly outcome: 'not-printed'; readonly blocks: number; readonly reason: PrinterFault }
  /** All was sent, and the printer did not say what became of it. */
  | { readonly outcome: 'unknown'; readonly block: number; readonly blocks: number; readonly reason: PrinterFault }
  /** All was sent to a printer that answers nothing, in its own time. It may be on the paper: a person has to look. */
  | { readonly outcome: 'unconfirmed'; readonly blocks: number };

/** What a driver has done since it was made. Paper counts only as far as the printer confirmed it. */
export interface DriverCounters {
  readonly jobs: Readonly<Record<JobResult['outcome'], number>>;
  /** Printed lines of text. */
  readonly lines: number;
  readonly cuts: number;
  readonly paperMm: number;
  /** How often each fault began; absent: never. */
  readonly faults: Readonly<Partial<Record<PrinterFault, number>>>;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** How often the link came up again after it had been lost. */
  readonly reconnects: number;
}

export interface Printer {
  /**
   * Prints one job; `done` is called once, never from inside this call. A second job while one is under way waits its
   * turn. Throws `PJ_TICKET` for what this printer cannot print.
   */
  print(job: PrintJob, done: (result: JobResult) => void): void;
  /** Throws `PJ_TICKET` for what this printer cannot print; prints nothing. */
  check(ticket: TicketDocument): void;
  /**
   * Calls a job off, for the reason `cancelled`: one that waits ends `not-printed`; one under way is cleared out of the
   * printer and ends as far as it got. Without effect on a job that has ended, or that there is not.
   */
  cancel(jobId: string): void;
  status(): PrinterStatus;
  counters(): DriverCounters;
  /** Tells of every change of status. */
  watch(listener: (status: PrinterStatus) => void): void;
  /** Gives the link back. Idempotent. A job under way ends without a word. */
  close(): void;
}
