import type { Recovery } from './context.js';
import type { SaleFacts } from './facts.js';
import type { Finding, JournalRecord } from './journal/record.js';

/** In which order findings are settled: money before paper. */
const ORDER: readonly Finding[] = ['never-sent', 'guard', 'reverse', 'ask', 'reprint', 'print'];

/**
 * What a boot has to settle, from the facts that the journal gives. Never to authorise again: a request that may have
 * left is asked about, one that was being cancelled goes on being cancelled.
 */
export function findOpen(sales: Iterable<SaleFacts>): Recovery[] {
  const found: Recovery[] = [];
  for (const facts of sales) {
    const finding = findingOf(facts);
    if (finding !== undefined) found.push({ finding, facts });
  }
  return found.sort((a, b) => ORDER.indexOf(a.finding) - ORDER.indexOf(b.finding));
}

/** Whether the last job of which anything can have come out may have left a piece of paper unfinished in the printer. */
export function findUnfinishedPaper(records: Iterable<JournalRecord>): boolean {
  let unfinished = false;
  let before = false;
  for (const record of records) {
    if (record.kind === 'print-intent') {
      before = unfinished;
      unfinished = true;
    } else if (record.kind === 'print-result') {
      const { outcome } = record.result;
      unfinished = outcome === 'not-printed' ? before : outcome === 'partial' || outcome === 'unknown';
    }
  }
  return unfinished;
}

function findingOf(facts: SaleFacts): Finding | undefined {
  if (facts.payment === 'unknown') {
    if (!facts.sent) return 'never-sent';
    if (facts.unresolved) return 'guard';
    return facts.cancelling === undefined ? 'ask' : 'reverse';
  }
  if (facts.payment !== 'paid' || facts.ticketLeft) return undefined;
  const last = facts.prints.at(-1);
  if (last !== undefined && last.result === undefined) return 'reprint';
  // An unconfirmed ticket is most likely on the paper; whether to print a copy is for the person who has looked.
  return facts.ticket === 'printed' || facts.ticket === 'unconfirmed' ? undefined : 'print';
}
