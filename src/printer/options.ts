/** Timings and limits of the driver. All times in milliseconds of the clock that is handed in. */
export interface DriverOptions {
  /** First wait before a link that was lost or could not be opened is opened again; doubles each time. Default 100, above 0. */
  readonly reopenFirstMs: number;
  /** Longest wait between two attempts to open the link. Default 2,000, at least `reopenFirstMs`. */
  readonly reopenMostMs: number;
  /**
   * How long the answer to `DLE EOT` may take, beyond the time that the bytes under way need on the wire. Default 1,500.
   * A printer that is later than this counts as silent. 100 or more.
   */
  readonly answerTimeoutMs: number;
  /** How long the answer to `DLE DC4` 8 may take; it is asked for twice, then the driver goes on without. Default 500. */
  readonly clearTimeoutMs: number;
  /** While idle and ready: how often to ask, so that a printer which vanishes silently is noticed. Default 2,000; 0: never. */
  readonly idlePollMs: number;
  /** While idle and not ready: how often to ask. Default 500, above 0. */
  readonly faultPollMs: number;
  /** While idle with a mechanical or cutter error: how often to send `DLE ENQ` 2. Default 1,000. */
  readonly recoverEveryMs: number;
  /** In a job: ask after so long without hearing anything. Default 500, above 0. */
  readonly jobPollMs: number;
  /** A fault must last so long before it ends a job or refuses one. Default 300; 0: at once. */
  readonly faultGraceMs: number;
  /** How long a job waits for a link that is down. Default 1,500. */
  readonly reconnectGraceMs: number;
  /** How long a printer may answer and not confirm the next block, beyond the wire's time. Default 10,000. */
  readonly stallTimeoutMs: number;
  /** The longest that a job may take in all. Default 60,000. */
  readonly jobDeadlineMs: number;
  /** `GS r` only: quiet needed after the first answer since a reconnect, in which stale answers show. Default 300. */
  readonly settleMs: number;
  /** Blocks that may be under way unconfirmed. Default 2, 1 to 8; always 1 with `GS r`, whose answers carry no ID. */
  readonly windowBlocks: number;
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
  reconnectGraceMs: 1_500,
  stallTimeoutMs: 10_000,
  jobDeadlineMs: 60_000,
  settleMs: 300,
  windowBlocks: 2,
};
