import type { LedgerRecord } from '../emulator/platform/ledger-record.js';
import type { Screen } from '../ports/display.js';
import type { PrintJob } from '../ports/printer.js';
import type { SaleFacts } from '../terminal/facts.js';
import type { JournalRecord } from '../terminal/journal/record.js';
import type { PlatformCall } from '../world/leaving.js';
import type { TillTold } from '../world/tills.js';
import type { StoredJournal } from './journal-seen.js';
import type { PieceSeen } from './paper-seen.js';

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

/** Says that something did not hold. Of the same kind and the same sale only the first is kept. */
export type Report = (breach: Omit<Breach, 'oracle' | 'atMs'>) => void;

/** What an oracle is told, in the moment in which it happens. All of it can be seen from outside of the terminal. */
export interface Oracle {
  /** A boot of the terminal has read its journal, and has not written yet. */
  booted?(stored: StoredJournal): void;
  /** A record is durable. It is in the journal as it was seen, too. */
  recorded?(record: JournalRecord): void;
  /** Records that had been durable are not there any more: their numbers are given anew. */
  lost?(records: readonly JournalRecord[]): void;
  /** A cashier, or a till, has keyed a sale in: one act, one sale. */
  keyed?(saleId: string, amountFen: number): void;
  requested?(call: PlatformCall, orderNo: string): void;
  handed?(job: PrintJob): void;
  booked?(record: LedgerRecord): void;
  /** A line has come out, or the paper was cut. */
  paper?(seen: PieceSeen): void;
  /** What goes out to a till: each as an event of the control API, the sale as its answer too. */
  told?(facts: SaleFacts): void;
  /** A terminal says to a till, in an answer, how a payment ended. */
  answered?(told: TillTold): void;
  shown?(screen: Screen): void;
  /** It is over: now, behind everything. A journal that cannot even be read proves nothing. */
  ended?(stored: StoredJournal | undefined): void;
}
