import type { JournalRecord } from '../terminal/journal/record.js';

/**
 * Whether the journal says that the money of a paid sale was to go back on request, and the platform has not said since
 * that it stays: then, and only then, a payment that was final is in doubt again, and may turn out reversed.
 */
export function isAskedBack(records: readonly JournalRecord[]): boolean {
  const last = records.findLast(
    (record) => record.kind === 'cancel-intent' || (record.kind === 'payment' && record.fact === 'paid'),
  );
  return last?.kind === 'cancel-intent' && last.why === 'asked';
}

/**
 * Whether the platform has refused to give that money back since it was asked for: without that, nobody can say that it
 * stays.
 */
export function isRefusedBack(records: readonly JournalRecord[]): boolean {
  const asked = records.findLastIndex((record) => record.kind === 'cancel-intent' && record.why === 'asked');
  const isRefusal = (record: JournalRecord) =>
    record.kind === 'platform-answer' && record.call === 'cancel' && record.outcome === 'refused';
  return records.slice(asked).some(isRefusal);
}
