import type { TillFaceName } from '../ports/till-faults.js';

/**
 * Who pays when a till asks for money: a customer who comes so long after (default 1,000 ms) and then behaves so; `none`:
 * nobody, until a code is shown by other means.
 */
export type Custom =
  | 'none'
  | {
      readonly behaviour: 'pays' | 'confirms' | 'refuses' | 'no-money' | 'never';
      /** How long one who is asked takes to decide. */
      readonly afterMs?: number | undefined;
      readonly approachMs?: number | undefined;
    };

/** What a till wants to be paid. */
export interface TillSale {
  readonly face: TillFaceName;
  /** By which the till repeats its request: with the same one there is never a second sale. */
  readonly key: string;
  /** A fingerprint of what is asked, if the same key must not stand for something else. */
  readonly of?: string | undefined;
  readonly amountFen: number;
  readonly subject?: string | undefined;
  /** A code that was read before; nobody comes then. */
  readonly code?: string | undefined;
  readonly custom?: Custom | undefined;
}
