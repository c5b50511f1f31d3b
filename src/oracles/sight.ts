import { formatYuan } from '../base/money.js';
import type { LedgerView } from '../emulator/platform/platform.js';
import type { JournalSeen } from './journal-seen.js';
import type { PaperSeen } from './paper-seen.js';

/** What an oracle can look at: the platform's books, the journal as far as it was acknowledged, and the paper. */
export interface Sight {
  /** When the watching began; times in words count from here. */
  readonly startMs: number;
  /** Absent when the platform is not ours. */
  readonly ledger: LedgerView | undefined;
  readonly journal: JournalSeen;
  readonly paper: PaperSeen;
  /** A sale is being keyed in right now: which one that is comes to light when the press is over. */
  readonly keying: () => boolean;
  /** Beside the customer's ticket one of the merchant's comes out. */
  readonly merchantCopy: boolean;
}

/** What the platform keeps of a sale. */
export function keptFen(ledger: LedgerView, orderNo: string): number {
  const trade = ledger.trade(orderNo);
  return (trade?.paidFen ?? 0) - (trade?.refundedFen ?? 0);
}

/** What the books say of a sale, and since when. */
export function booksWords({ startMs, ledger }: Pick<Sight, 'startMs' | 'ledger'>, orderNo: string): string {
  const trade = ledger?.trade(orderNo);
  if (trade === undefined) return "the platform's books have no such order";
  const sinceMs = (trade.closedAtMs ?? trade.paidAtMs ?? trade.openedAtMs) - startMs;
  const money = `${formatYuan(trade.paidFen)} paid, ${formatYuan(trade.refundedFen)} given back`;
  return `the platform's books say ${trade.state}, ${money}, since ${(sinceMs / 1_000).toFixed(3)} s`;
}

/** The tickets on the paper, for who wants to look at it. */
export function paperHint({ paper }: Sight): string {
  const words = paper.tickets().map(({ saleId = 'no sale', copy, merchant, complete }, i) => {
    const what = `${complete ? 'complete' : 'partial'} ${copy ? 'copy' : 'original'}${merchant ? ' of the merchant' : ''}`;
    return `${i + 1}: ${what} of ${saleId}`;
  });
  return `on the paper: ${words.length === 0 ? 'no ticket' : words.slice(-8).join(', ')}`;
}
