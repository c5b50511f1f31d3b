import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PrinterFault } from '../../../src/ports/printer.js';
import { pageFrom } from '../../../src/terminal/book.js';
import { readJournal } from '../../../src/terminal/journal/chain.js';
import type { JournalEntry, SaleEntry } from '../../../src/terminal/journal/record.js';
import { FAULT_WORDS } from '../../../src/terminal/screens.js';
import { verdictOf } from '../../../src/terminal/verdict/verdict.js';
import { BOOT, journalOf, OPENED, SALE } from './records.js';

const saleId = SALE;
const FAULTS = Object.keys(FAULT_WORDS) as PrinterFault[]; // The keys of a record of faults.
const from = fc.constantFrom;
const code = from('ACQ.SYSTEM_ERROR', 'PJ_PLATFORM_LOST', 'isv.invalid-signature', '', 'x', 'PJ_PLATFORM_HTTP', '过期');
const afterMs = fc.option(fc.nat(100_000), { nil: undefined });
const jobId = from(`${saleId}/1`, `${saleId}/2`, 'nobody/9');
const result = fc.oneof(
  fc.constant({ outcome: 'printed', blocks: 4, confirmedBy: 'GS r' } as const),
  fc.constant({ outcome: 'unconfirmed', blocks: 4 } as const),
  fc.record({ outcome: fc.constant('not-printed' as const), blocks: fc.nat(9), reason: from(...FAULTS) }),
  fc.record({
    outcome: from('partial' as const, 'unknown' as const),
    block: fc.nat(9),
    blocks: fc.nat(9),
    reason: from(...FAULTS),
  }),
);
const printer = fc.record({
  life: from('online' as const, 'faulty' as const),
  faults: fc.subarray(FAULTS),
  answered: fc.boolean(),
  receivedBytes: fc.nat(9),
});

/** Any entry of a sale; in any order, so also in those that no terminal writes. */
const entry: fc.Arbitrary<JournalEntry> = fc.oneof(
  fc.record({
    kind: fc.constant('code-rejected' as const),
    saleId: fc.constant(saleId),
    code: fc.string(),
    problem: fc.string(),
  }),
  fc.record({
    kind: fc.constant('authorize-intent' as const),
    saleId: fc.constant(saleId),
    amountFen: fc.nat(),
    code: fc.string(),
    wallet: from('alipay' as const, 'wechat' as const),
  }),
  fc
    .record({
      call: from('authorize' as const, 'query' as const, 'cancel' as const),
      outcome: from('paid', 'waiting', 'refused', 'unknown', 'closed', 'not-found', 'cancelled', 'retry', 'no-answer'),
      code,
      words: fc.string(),
      afterMs,
    })
    .map(({ afterMs: ms, ...rest }) => ({
      kind: 'platform-answer' as const,
      saleId,
      ...rest,
      ...(ms === undefined ? {} : { afterMs: ms }),
    })),
  fc.record({
    kind: fc.constant('cancel-intent' as const),
    saleId: fc.constant(saleId),
    why: from('no-answer' as const, 'cashier' as const, 'unprinted' as const, 'buyer-did-not-confirm' as const),
  }),
  fc
    .record({
      fact: from('paid' as const, 'not-paid' as const, 'reversed' as const),
      by: from('authorize' as const, 'query' as const, 'cancel' as const, 'notify' as const, 'nothing-sent' as const),
      tradeNo: fc.option(fc.string(), { nil: undefined }),
      paidAtMs: fc.option(fc.nat(), { nil: undefined }),
      voidAfterMs: fc.option(fc.nat(), { nil: undefined }),
      afterMs,
      why: from('cashier', 'no-code', 'power-cut', 'x'),
    })
    .map((rest) => ({ kind: 'payment' as const, saleId, ...rest })),
  fc.record({ kind: fc.constant('unresolved' as const), saleId: fc.constant(saleId) }),
  fc.record({ kind: fc.constant('print-intent' as const), saleId: fc.constant(saleId), jobId, copy: fc.nat(3) }),
  fc.record(
    { kind: fc.constant('print-result' as const), saleId: fc.constant(saleId), jobId, result, printer },
    { requiredKeys: ['kind', 'saleId', 'jobId', 'result'] },
  ),
  fc.record(
    {
      kind: fc.constant('ticket-left' as const),
      saleId: fc.constant(saleId),
      why: from('skipped' as const, 'customer-left' as const, 'next-sale' as const),
      reason: fc.string(),
    },
    { requiredKeys: ['kind', 'saleId'] },
  ),
  fc.record({
    kind: fc.constant('ticket-seen' as const),
    saleId: fc.constant(saleId),
    jobId,
    seen: from('complete' as const, 'blank' as const, 'unreadable' as const),
  }),
  fc.record({ kind: fc.constant('ticket-declined' as const), saleId: fc.constant(saleId) }),
  fc.record({ kind: fc.constant('ticket-digital' as const), saleId: fc.constant(saleId), url: fc.webUrl() }),
  fc.record({
    kind: fc.constant('scan-ignored' as const),
    saleId: fc.constant(saleId),
    code: fc.string(),
    state: fc.string(),
  }),
  fc.record({
    kind: fc.constant('notified' as const),
    saleId: fc.constant(saleId),
    noticeId: from('a', 'b'),
    outcome: from('paid' as const, 'closed' as const, 'unknown' as const),
  }),
  fc.record({
    kind: fc.constant('delivery' as const),
    saleId: fc.constant(saleId),
    to: fc.constant('api'),
    fact: from('delivered' as const, 'lost' as const),
  }),
  fc.record({
    kind: fc.constant('self-test' as const),
    jobId: fc.constant('t'),
    phase: fc.constant('seen' as const),
    seen: from('blank' as const, 'unreadable' as const),
  }),
  fc
    .record({
      finding: from(
        'ask' as const,
        'reverse' as const,
        'guard' as const,
        'print' as const,
        'reprint' as const,
        'digital' as const,
      ),
      impact: fc.boolean(),
    })
    .map(({ finding, impact }) => ({
      ...BOOT,
      found: [{ saleId, finding }],
      device: { id: 'x', technology: impact ? ('impact' as const) : ('thermal' as const) },
    })),
);

/** What an old journal holds: boots and left tickets without what is told today. */
const old = (records: JournalEntry[]): JournalEntry[] =>
  records.map((one) =>
    one.kind === 'boot' ? { kind: 'boot', version: '0', terminalId: 'T01', found: one.found } : one,
  );

describe('the verdict', () => {
  test('is there for any sequence of records, old and new, and is made of them alone', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 25 }), fc.boolean(), (entries, ancient) => {
        const all: JournalEntry[] = [BOOT, OPENED, ...entries];
        const records = journalOf(ancient ? old(all) : all);
        const page = pageFrom(records, saleId);
        if (page === undefined) throw new Error('the sale has been opened');
        const verdict = verdictOf(page);
        expect(verdict.final && verdict.payment === 'unknown').toBe(false);
        for (const words of [verdict.words, verdict.advice.cashier, verdict.advice.customer, verdict.advice.display]) {
          expect(words.zh).not.toBe('');
          expect(words.en).not.toMatch(/undefined|NaN/);
        }
        const seqs = new Set(records.map(({ seq }) => seq));
        for (const cause of [...(verdict.cause === undefined ? [] : [verdict.cause]), ...verdict.also]) {
          expect(cause.evidence.length).toBeGreaterThan(0);
          for (const seq of cause.evidence) expect(seqs).toContain(seq);
        }
        // Written out and read again, as another process does, it is the same to the last letter.
        const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
        const again = pageFrom(readJournal(Buffer.from(lines), 'again').records, saleId);
        expect(again && JSON.stringify(verdictOf(again))).toBe(JSON.stringify(verdict));
      }),
      { numRuns: 500 },
    );
  });

  test('changes nothing of what it looks at', () => {
    const page = pageFrom(journalOf([BOOT, OPENED, ...INTENTS]), saleId);
    const before = JSON.stringify(page);
    if (page !== undefined) verdictOf(page);
    expect(JSON.stringify(page)).toBe(before);
  });
});

const INTENTS: readonly SaleEntry[] = [
  { kind: 'authorize-intent', saleId, amountFen: 1, code: 'x', wallet: 'alipay' },
  { kind: 'platform-answer', saleId, call: 'authorize', outcome: 'no-answer' },
];
