/**
 * The six things that must always hold (the numbers of the design), by the names under which a report tells that one did
 * not: 1 `one-payment`, 2 `true-verdict`, 3 `settles`, 4 `one-original`, 5 `journal-kept`, 6 `till-told`.
 */
export const ORACLES = ['one-payment', 'true-verdict', 'settles', 'one-original', 'journal-kept', 'till-told'] as const;

export type OracleName = (typeof ORACLES)[number];

/** Something that must always hold, and did not. */
export interface Breach {
  readonly oracle: OracleName;
  /** The sale that it is about, if it is about one. */
  readonly saleId?: string;
  /** When it was found, in ms of the world's own clock. */
  readonly atMs: number;
  readonly expected: string;
  readonly actual: string;
  /** What to look at, if there is something to say. */
  readonly hint?: string;
}
