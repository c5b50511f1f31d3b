import type { JobResult } from '../ports/printer.js';
import type { Recovery } from './context.js';
import { mayBeVoided, type SaleFacts, type TicketState } from './facts.js';
import { type Finding, isPageRecord, type JournalRecord } from './journal/record.js';

/** In which order findings are settled: money before paper. */
const ORDER: readonly Finding[] = ['never-sent', 'guard', 'left', 'reverse', 'ask', 'digital', 'reprint', 'print'];

/**
 * What a boot has to settle, from the facts that the journal gives. Never to authorise again: a request that may have
 * left is asked about, one that was being cancelled goes on being cancelled. A digital ticket given at `digitalSinceMs` or
 * later may not have been seen: its code is shown again.
 */
export function findOpen(sales: Iterable<SaleFacts>, digitalSinceMs = Number.POSITIVE_INFINITY): Recovery[] {
  const found: Recovery[] = [];
  for (const facts of sales) {
    const finding = findingOf(facts, digitalSinceMs);
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
      unfinished = isUnfinished(record.result.outcome, before);
    } else if (isPageRecord(record) && record.phase === 'begun') {
      before = unfinished;
      unfinished = true;
    } else if (isPageRecord(record) && record.phase === 'ended') {
      unfinished = isUnfinished(record.result.outcome, before);
    }
  }
  return unfinished;
}

function isUnfinished(outcome: JobResult['outcome'], before: boolean): boolean {
  return outcome === 'not-printed' ? before : outcome === 'partial' || outcome === 'unknown';
}

/** Whether a sale that was found paid, after its payment had been in doubt, is still without its ticket. */
export function isToPrint(facts: SaleFacts): boolean {
  return findingOf(facts, Number.POSITIVE_INFINITY) === 'print';
}

/** Tickets about which a boot does nothing unasked. Most likely on the paper, or a person has said what is to become of it. */
const SETTLED: readonly TicketState[] = ['printed', 'unconfirmed', 'blank', 'unreadable', 'refused'];

function findingOf(facts: SaleFacts, digitalSinceMs: number): Finding | undefined {
  if (facts.payment === 'unknown') {
    if (!facts.sent) return 'never-sent';
    if (facts.unresolved) return 'guard';
    return facts.cancelling === undefined ? 'ask' : 'reverse';
  }
  if (facts.payment !== 'paid') return undefined;
  const last = facts.prints.at(-1);
  const cutShort = last !== undefined && last.result === undefined;
  if (facts.ticketLeft) return cutShort ? 'left' : undefined;
  if (cutShort) return 'reprint';
  if (facts.digital !== undefined && facts.ticket === 'digital') {
    return facts.digital.atMs >= digitalSinceMs ? 'digital' : undefined;
  }
  // One that may yet be given back is never left at that: either its ticket comes out, or its money goes back.
  return SETTLED.includes(facts.ticket) && !mayBeVoided(facts) ? undefined : 'print';
}
