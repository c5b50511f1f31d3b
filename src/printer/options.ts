import type { PrinterFault } from '../ports/printer.js';

/** Faults that the printer itself tells of. */
export type ToldFault = Exclude<
  PrinterFault,
  'link-lost' | 'no-answer' | 'stalled' | 'unprintable' | 'cancelled' | 'power-cut'
>;

/**
 * What is done about a fault in mid-job. `wait`: the printer goes on by itself once the cause is gone. `resume`: it is
 * told to (`DLE ENQ` 1), and goes on with the line in which it stopped. `reprint`: the job ends, what is left of it is
 * cleared out of the printer, and whoever wants the ticket prints it anew, marked as a copy.
 */
export type Recovery = 'wait' | 'resume' | 'reprint';

/** Timings, limits and habits of the driver. All times in milliseconds of the clock that is handed in. */
export interface DriverOptions {
  /** First wait before a link that was lost or could not be opened is opened again; doubles each time. Default 100, above 0. */
  readonly reopenFirstMs: number;
  /** Longest wait between two attempts to open the link. Default 2,000, at least `reopenFirstMs`. */
  readonly reopenMostMs: number;
  /**
   * How long the answer to a question may take, beyond the time that the bytes under way need on the wire. Default 1,500.
   * A printer that is later than this with `DLE EOT` counts as silent. 100 or more.
   */
  readonly answerTimeoutMs: number;
  /** How long the answer to `DLE DC4` 8 may take; it is asked for twice, then the driver goes on without. Default 500. */
  readonly clearTimeoutMs: number;
  /** While idle and ready: how often to ask, so that a printer which vanishes silently is noticed. Default 2,000; 0: never. */
  readonly idlePollMs: number;
  /** While idle and not ready: how often to ask. Default 500, above 0. */
  readonly faultPollMs: number;
  /** With a mechanical or cutter error: how often to send `DLE ENQ`. Default 1,000. */
  readonly recoverEveryMs: number;
  /** In a job: ask after so long without hearing anything. Default 500, above 0. */
  readonly jobPollMs: number;
  /** A fault must last so long before it ends a job or refuses one. Default 300; 0: at once. */
  readonly faultGraceMs: number;
  /** What to do about each fault in mid-job. Default: `wait` for the head to cool, `reprint` after all others. */
  readonly recovery: Readonly<Record<ToldFault, Recovery>>;
  /** How long a fault that is waited for, or resumed from, may last before it ends the job. Default 10,000. */
  readonly recoveryWaitMs: number;
  /** How long a job waits for a link that is down. Default 1,500. */
  readonly reconnectGraceMs: number;
  /** How long a printer may answer and not confirm the next block, beyond the wire's time. Default 10,000. */
  readonly stallTimeoutMs: number;
  /** The longest that a job may take in all, unless it says so itself. Default 60,000. */
  readonly jobDeadlineMs: number;
  /** Quiet in which stale answers show: behind a silence, and with `GS r` behind the first answer since a reconnect. Default 300. */
  readonly settleMs: number;
  /** How often to look at the modem lines while they hold a job back. Default 50, above 0. */
  readonly modemPollMs: number;
  /**
   * What becomes of jobs for a printer that has never answered. `refuse`: they end `not-printed`, `no-answer`. `print`: they
   * are sent all the same, in the printer's own time, and end `unconfirmed`. Default `by-profile`: printed only where the
   * profile says that this model answers nothing (`checkpoint: none` and `answersRealTime: false`), since any other one
   * that is silent is most likely switched off, and would swallow the ticket. A printer that has answered before and is
   * silent now is never printed on.
   */
  readonly blind: 'by-profile' | 'print' | 'refuse';
}

export const DRIVER_DEFAULTS: DriverOptions = {
  reopenFirstMs: 100,
  reopenMostMs: 2_000,
  answerTimeoutMs: 1_500,
  clearTimeoutMs: 500,
  idlePollMs: 2_000,
  faultPollMs: 500,
  recoverEveryMs: 1_000,
  jobPollMs: 500,
  faultGraceMs: 300,
  recovery: {
    'paper-out': 'reprint',
    'cover-open': 'reprint',
    'mechanical-error': 'reprint',
    'cutter-error': 'reprint',
    overheat: 'wait',
    'unrecoverable-error': 'reprint',
    offline: 'reprint',
  },
  recoveryWaitMs: 10_000,
  reconnectGraceMs: 1_500,
  stallTimeoutMs: 10_000,
  jobDeadlineMs: 60_000,
  settleMs: 300,
  modemPollMs: 50,
  blind: 'by-profile',
};
