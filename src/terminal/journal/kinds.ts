import type { JournalEntry } from './record.js';

const KINDS: Record<JournalEntry['kind'], true> = {
  boot: true,
  'sale-opened': true,
  'code-rejected': true,
  'authorize-intent': true,
  'platform-answer': true,
  notified: true,
  'cancel-intent': true,
  payment: true,
  unresolved: true,
  'print-intent': true,
  'print-result': true,
  'ticket-left': true,
  delivery: true,
  'ticket-seen': true,
  'ticket-declined': true,
  'ticket-digital': true,
  'scan-ignored': true,
  'key-refused': true,
  'self-test': true,
  page: true,
};

/** Every kind of record that a journal can hold. */
export const JOURNAL_KINDS: readonly string[] = Object.keys(KINDS);
