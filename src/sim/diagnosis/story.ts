import type { Look } from '../../fixture/playing/look.js';
import type { JournalRecord } from '../../terminal/journal/record.js';

/**
 * What happened to a sale, thing by thing, so that two runs can be compared: records of the journal, screens, how the
 * paper looked, what the ledger says. Mere times are left out, and how often the same came again; but that somebody had to
 * wait is told, and that a clock is wrong.
 */
export type Story = ReadonlySet<string>;

/** An answer is slow that people notice to be slow. */
const SLOW_MS = 3_000;
/** A notice is late that speaks of what has long been known. */
const LATE_MS = 15_000;
/** Clocks that differ by less agree. */
const CLOCKS_MS = 300_000;
/** By so much a clock was set, and did not only go a little wrong. */
const SET_MS = 900_000;
/** Until one of these a sale is under way. */
const ENDS: readonly JournalRecord['kind'][] = ['payment', 'unresolved'];

export interface StoryParts {
  readonly saleId: string;
  /** Those of the sale, and boots that found it open. */
  readonly records: readonly JournalRecord[];
  /** By how much the terminal's clock was ahead of the true time at each of these. */
  readonly aheadMs: readonly number[];
  /** Names of what the display showed about it. */
  readonly screens: readonly string[];
  readonly looks: readonly Look[];
  readonly books: { readonly state: string; readonly paidFen: number; readonly refundedFen: number };
}

export function storyOf({ saleId, records, aheadMs, screens, looks, books }: StoryParts): Story {
  return new Set([
    ...records.flatMap((record, i) => {
      const told = reduced(record, records.slice(0, i), saleId);
      return told === undefined ? [] : [JSON.stringify(told)];
    }),
    ...(wasSet(records, aheadMs) ? ['the clock was set in the middle of it'] : []),
    ...screens.map((name) => `screen ${name}`),
    ...looks.map((look) => `paper ${look}`),
    `ledger ${books.state}, ${books.paidFen} paid, ${books.refundedFen} given back`,
  ]);
}

/** Forward while the terminal asks or prints, or at any time back; not while it was off, when nobody could notice. */
function wasSet(records: readonly JournalRecord[], aheadMs: readonly number[]): boolean {
  const end = records.findIndex(({ kind }) => ENDS.includes(kind));
  return records.some(({ kind }, i) => {
    const before = records[i - 1];
    if (before === undefined || kind === 'boot') return false;
    const byMs = (aheadMs[i] ?? 0) - (aheadMs[i - 1] ?? 0);
    const busy = i <= end || before.kind === 'print-intent';
    return byMs < -SET_MS || (busy && byMs > SET_MS);
  });
}

/** What a record tells beside its time and its place in the journal; `undefined` when that is nothing new. */
function reduced(record: JournalRecord, before: readonly JournalRecord[], saleId: string): unknown {
  switch (record.kind) {
    case 'boot':
      return ['boot', record.found.find((one) => one.saleId === saleId)?.finding];
    case 'sale-opened':
      return [record.kind, record.amountFen];
    case 'code-rejected':
      return [record.kind, record.problem];
    case 'authorize-intent':
      return [record.kind, record.wallet];
    case 'platform-answer':
      // That it is paid is the same fact, told once more.
      if (record.outcome === 'paid' && !isSlow(record.afterMs)) return undefined;
      return [record.kind, record.call, record.outcome, record.code, said(record.words), isSlow(record.afterMs)];
    case 'notified': {
      const again = before.some((one) => one.kind === 'notified' && one.noticeId === record.noticeId);
      const known = before.find((one) => one.kind === 'payment');
      const late = known !== undefined && Date.parse(record.at) - Date.parse(known.at) > LATE_MS;
      const behind = before.some((one) => one.kind === 'notified' && one.outcome === 'closed');
      return [record.kind, record.outcome, record.code, again, late, behind];
    }
    case 'payment': {
      const { fact, by, why, afterMs, paidAtMs } = record;
      const offMs = paidAtMs === undefined ? 0 : paidAtMs - Date.parse(record.at);
      // Whether an answer, a question or a notice is the first to tell that it is paid may be a matter of moments.
      return [record.kind, fact, fact === 'paid' || by, why, isSlow(afterMs), Math.round(offMs / CLOCKS_MS)];
    }
    case 'print-result': {
      const { result, printer } = record;
      const reason = 'reason' in result ? result.reason : undefined;
      return [record.kind, result.outcome, reason, [...(printer?.faults ?? [])].sort(), printer?.answered];
    }
    case 'print-intent':
      return [record.kind, record.copy];
    case 'ticket-seen':
      return [record.kind, record.seen, record.how];
    case 'ticket-left':
    case 'cancel-intent':
      return [record.kind, record.why];
    default:
      return record.kind;
  }
}

/** Numbers in it are seconds that are left, ports, and the like. */
function said(words: string | undefined): string | undefined {
  return words?.replace(/\d+/g, '#');
}

function isSlow(afterMs: number | undefined): boolean {
  return afterMs !== undefined && afterMs >= SLOW_MS;
}
