import type { JobResult } from '../../../src/ports/printer.js';
import { pageFrom, type SalePage } from '../../../src/terminal/book.js';
import { GENESIS, seal } from '../../../src/terminal/journal/chain.js';
import type { JournalEntry, JournalRecord, PrinterEvidence, SaleEntry } from '../../../src/terminal/journal/record.js';

export const SALE = 'T0120260101080000000001';
export const START_MS = Date.parse('2026-01-01T00:00:00Z');

/** An entry and when it was written, ms from the sale's beginning; without a time a second after the one before. */
export type Told = JournalEntry | readonly [atMs: number, entry: JournalEntry];

/** The entries as a journal seals them. */
export function journalOf(told: readonly Told[]): JournalRecord[] {
  const records: JournalRecord[] = [];
  let atMs = START_MS - 1_000;
  for (const one of told) {
    const [ms, entry] = 'kind' in one ? [atMs + 1_000 - START_MS, one] : one;
    atMs = START_MS + ms;
    records.push(seal(entry, records.length + 1, atMs, records.at(-1)?.hash ?? GENESIS).record);
  }
  return records;
}

/** The sale's page, from a journal that holds a boot, the sale's opening, and what is told. */
export function pageOf(told: readonly Told[], boot: Partial<Extract<JournalEntry, { kind: 'boot' }>> = {}): SalePage {
  const page = pageFrom(journalOf([{ ...BOOT, ...boot }, OPENED, ...told]), SALE);
  if (page === undefined) throw new Error('the sale has been opened');
  return page;
}

export const BOOT: Extract<JournalEntry, { kind: 'boot' }> = {
  kind: 'boot',
  version: '0',
  terminalId: 'T01',
  found: [],
  device: { id: 'x', technology: 'thermal' },
};
export const OPENED: SaleEntry = { kind: 'sale-opened', saleId: SALE, amountFen: 1_280, subject: 'x' };
export const INTENT: SaleEntry = {
  kind: 'authorize-intent',
  saleId: SALE,
  amountFen: 1_280,
  code: '281234567890123456',
  wallet: 'alipay',
};

type Of<Kind extends SaleEntry['kind']> = Extract<SaleEntry, { kind: Kind }>;

export const answer = (
  call: Of<'platform-answer'>['call'],
  outcome: string,
  more: Partial<Pick<Of<'platform-answer'>, 'code' | 'words' | 'afterMs'>> = {},
): SaleEntry => ({ kind: 'platform-answer', saleId: SALE, call, outcome, ...more });

export const payment = (
  fact: Of<'payment'>['fact'],
  by: Of<'payment'>['by'],
  more: Partial<Of<'payment'>> = {},
): SaleEntry => ({
  kind: 'payment',
  saleId: SALE,
  fact,
  by,
  ...(fact === 'paid' ? { tradeNo: '2026' } : {}),
  ...more,
});

export const cancel = (why: Of<'cancel-intent'>['why']): SaleEntry => ({ kind: 'cancel-intent', saleId: SALE, why });

/** A job from its intent to its result. */
export function print(result: JobResult, printer?: Partial<PrinterEvidence>, n = 1): SaleEntry[] {
  const jobId = `${SALE}/${n}`;
  const evidence = { life: 'faulty' as const, faults: [], answered: true, receivedBytes: 9, ...printer };
  return [
    { kind: 'print-intent', saleId: SALE, jobId, copy: n - 1 },
    { kind: 'print-result', saleId: SALE, jobId, result, ...(printer === undefined ? {} : { printer: evidence }) },
  ];
}

export const PAID: readonly SaleEntry[] = [INTENT, payment('paid', 'authorize', { afterMs: 100 })];
export const PRINTED: JobResult = { outcome: 'printed', blocks: 4, confirmedBy: 'GS ( H' };
export const failed = (reason: Extract<JobResult, { outcome: 'partial' }>['reason'], block = 2): JobResult => ({
  outcome: 'partial',
  block,
  blocks: 4,
  reason,
});
export const seen = (as: Of<'ticket-seen'>['seen'], how?: Of<'ticket-seen'>['how']): SaleEntry => ({
  kind: 'ticket-seen',
  saleId: SALE,
  jobId: `${SALE}/1`,
  seen: as,
  ...(how === undefined ? {} : { how }),
});
