/**
 * Every delay of the terminal, in milliseconds. The defaults for asking and cancelling are those of Alipay's
 * face-to-face payment: five queries 5 s apart, the cancel right after the last one, three cancels 2 s apart, then a
 * guard task after 5 s and every 900 s.
 */
export interface Timings {
  /** How long a customer may take to show a code. */
  readonly scanTimeoutMs: number;
  /** How long to wait for the answer to an authorisation before asking. */
  readonly authorizeTimeoutMs: number;
  readonly queryTimeoutMs: number;
  readonly queryIntervalMs: number;
  /** Queries before the sale is cancelled. */
  readonly queryLimit: number;
  readonly cancelTimeoutMs: number;
  readonly cancelIntervalMs: number;
  /** Cancels before the sale is left to the guard task. */
  readonly cancelLimit: number;
  /**
   * How long after a code was read it may still be paid with: about a minute (Alipay), and half of that for doubt. Until
   * then a request that is slow on its way can be booked behind a cancel that found nothing.
   */
  readonly codeLifeMs: number;
  readonly guardFirstMs: number;
  readonly guardEveryMs: number;
  /** How long a result stays on the display. */
  readonly resultMs: number;
  /** How long the display asks whether a ticket is wanted; then it is printed. */
  readonly promptMs: number;
  /** How long the code of a digital ticket stays on the display. */
  readonly digitalMs: number;
}

export const DEFAULT_TIMINGS: Timings = {
  scanTimeoutMs: 60_000,
  authorizeTimeoutMs: 10_000,
  queryTimeoutMs: 5_000,
  queryIntervalMs: 5_000,
  queryLimit: 5,
  cancelTimeoutMs: 5_000,
  cancelIntervalMs: 2_000,
  cancelLimit: 3,
  codeLifeMs: 90_000,
  guardFirstMs: 5_000,
  guardEveryMs: 900_000,
  resultMs: 3_000,
  promptMs: 10_000,
  digitalMs: 60_000,
};
