import { describe, expect, test } from 'vitest';
import { journalKept } from '../../src/oracles/journal-kept.js';
import { oneOriginal } from '../../src/oracles/one-original.js';
import { tillTold } from '../../src/oracles/till-told.js';
import { trueVerdict } from '../../src/oracles/true-verdict.js';
import type { JournalEntry } from '../../src/terminal/journal/record.js';
import { INTENT, OPENED, PAID, SALE, said, sold, trade, trial, watched } from './support.js';

/** Money that goes back on request: what the oracles take for right, and what not. */
const ASKED: JournalEntry = { kind: 'cancel-intent', saleId: SALE, why: 'asked' };
const CASHIER: JournalEntry = { kind: 'cancel-intent', saleId: SALE, why: 'cashier' };
const REVERSED: JournalEntry = { kind: 'payment', saleId: SALE, fact: 'reversed', by: 'cancel' };
const NOT_PAID: JournalEntry = { kind: 'payment', saleId: SALE, fact: 'not-paid', by: 'cancel' };
const REFUSED: JournalEntry = { kind: 'platform-answer', saleId: SALE, call: 'cancel', outcome: 'refused' };
const PRINT: JournalEntry = { kind: 'print-intent', saleId: SALE, jobId: `${SALE}/1`, copy: 0 };
const BACK = { state: 'TRADE_CLOSED', refundedFen: 1_280 } as const;

async function till() {
  const tried = await trial(tillTold);
  const record = (...entries: JournalEntry[]) => {
    for (const entry of entries) {
      tried.record(entry);
      const facts = tried.journal.page(SALE)?.facts;
      if (facts !== undefined) tried.oracle.told?.(facts);
    }
  };
  return { ...tried, record };
}

describe('in a whole world', () => {
  test('a sale that is reversed on request, and refused once, and cut by the power, breaks nothing', async () => {
    const shop = await watched();
    const { world, clock } = shop;
    const saleId = sold(shop);
    const id = world.faults.put({ fault: 'platform.cancel-refused' }).id;
    world.people.reverse(saleId);
    clock.advance(20_000);
    expect(world.terminal.page(saleId).facts).toMatchObject({ payment: 'paid', reversal: 'refused' });
    world.faults.clear(id);
    world.people.reverse(saleId);
    clock.runUntil(() => world.terminal.page(saleId).facts.payment === 'unknown', 5_000);
    world.powerCut();
    clock.advance(60_000);
    expect(world.terminal.page(saleId).facts).toMatchObject({ payment: 'reversed', ticket: 'printed' });
    expect(world.platform?.ledger.trade(saleId)).toMatchObject({ paidFen: 1_280, refundedFen: 1_280 });
    expect(said(shop.witness.end())).toEqual([]);
    expect(shop.witness.pending()).toEqual([]);
  });

  test('the platform refuses what is older than a day, and the sale stays paid', async () => {
    const shop = await watched();
    const { world, clock } = shop;
    const saleId = sold(shop);
    clock.advance(25 * 3_600_000);
    world.people.reverse(saleId);
    clock.advance(20_000);
    expect(world.terminal.page(saleId).records.at(-1)).toMatchObject({
      kind: 'payment',
      fact: 'paid',
      refusal: { code: 'ACQ.TRADE_CANCEL_TIME_OUT', words: '超过撤销时间范围' },
    });
    expect(said(shop.witness.end())).toEqual([]);
  });

  test('a page that looks like the ticket of a sale is none', async () => {
    const shop = await watched();
    const { world, clock } = shop;
    const saleId = sold(shop);
    const lines = ['街角咖啡 Corner Cafe', '消费凭证 SALES SLIP 顾客联 CUSTOMER COPY', saleId, '谢谢惠顾 THANK YOU'];
    const elements = lines.map((text) => ({ kind: 'text', text }) as const);
    world.terminal.printPage({ elements: [...elements, { kind: 'cut' }] }, { id: '1', from: 'nexo' });
    clock.advance(10_000);
    expect(shop.witness.paper.pieces).toHaveLength(2);
    expect(shop.witness.paper.tickets()).toHaveLength(1);
    expect(said(shop.witness.end())).toEqual([]);
  });
});

describe('a till that was told that a sale is paid for good', () => {
  test('may learn that it goes back, and has gone back, or is paid as before, behind a request in the journal', async () => {
    for (const end of [[REVERSED], [REFUSED, PAID]]) {
      const { record, said } = await till();
      record(OPENED, INTENT, PAID, ASKED, ...end);
      expect(said()).toEqual([]);
    }
  });

  test('is not told that it stays paid as long as the platform has not refused to give it back', async () => {
    const unrefused = await till();
    unrefused.record(OPENED, INTENT, PAID, ASKED, PAID);
    expect(unrefused.said()).toEqual([expect.stringContaining('it is said to stay, and no cancel was refused')]);
    const refusedBefore = await till();
    refusedBefore.record(OPENED, INTENT, PAID, ASKED, REFUSED, PAID, ASKED, PAID);
    expect(refusedBefore.said()).toHaveLength(1);
  });

  test('may not learn it without one, nor that it was never paid', async () => {
    const unasked = await till();
    unasked.record(OPENED, INTENT, PAID, CASHIER);
    expect(unasked.said()).toHaveLength(1);
    const other = await till();
    other.record(OPENED, INTENT, PAID, ASKED, NOT_PAID);
    expect(other.said()).toEqual([expect.stringContaining('told that it is paid, and later 1280 fen, not-paid')]);
    const old = await till();
    old.record(OPENED, INTENT, PAID, ASKED, REFUSED, PAID, CASHIER);
    expect(old.said()).toHaveLength(1);
  });

  test('and that it was reversed, learns nothing else any more', async () => {
    const { record, said } = await till();
    record(OPENED, INTENT, PAID, ASKED, REVERSED, PAID);
    expect(said()).toHaveLength(1);
  });
});

describe('a verdict paid for good', () => {
  test('gives way to a request, and to nothing else', async () => {
    for (const [intent, wrong] of [
      [ASKED, []],
      [CASHIER, ['what was said of a payment is never contradicted / first paid, then unknown']],
    ] as const) {
      const { record, said, trades } = await trial(trueVerdict);
      trades.push(trade());
      record(OPENED, INTENT, PAID, intent);
      expect(said()).toEqual(wrong);
    }
  });

  test('ends as reversed or as paid, and reversed is final', async () => {
    const { record, said, trades } = await trial(trueVerdict);
    trades.push(trade());
    record(OPENED, INTENT, PAID, ASKED, PAID, ASKED);
    trades[0] = trade(BACK);
    record(REVERSED);
    expect(said()).toEqual([]);
    trades[0] = trade();
    record(PAID);
    expect(said()).toEqual([expect.stringContaining('first reversed, then paid')]);
  });

  test('does not end as never paid', async () => {
    const { record, said, trades } = await trial(trueVerdict);
    trades.push(trade());
    record(OPENED, INTENT, PAID, ASKED);
    trades[0] = trade(BACK);
    record(NOT_PAID);
    expect(said()).toEqual([expect.stringContaining('first paid, then not-paid')]);
  });
});

test('no ticket is begun for a sale whose money goes back, or has gone back', async () => {
  for (const more of [[ASKED], [ASKED, REVERSED]]) {
    const { record, said, trades } = await trial(oneOriginal);
    trades.push(trade());
    record(OPENED, INTENT, PAID, ...more);
    expect(said()).toEqual([]);
    record(PRINT);
    expect(said()).toEqual([expect.stringContaining('a ticket is printed only for a sale that is paid')]);
  }
});

test('a second reversal needs an intent of its own before its cancel leaves', async () => {
  const { record, oracle, said } = await trial(journalKept);
  record(OPENED, INTENT, PAID, ASKED);
  oracle.requested?.('cancel', SALE);
  record(PAID);
  expect(said()).toEqual([]);
  oracle.requested?.('cancel', SALE);
  expect(said()).toEqual([expect.stringContaining('the intent is durable before a request to cancel leaves')]);
});

test('a page stands in the journal before the printer gets it', async () => {
  const { record, oracle, said } = await trial(journalKept);
  const job = { jobId: 'page/nexo/1', ticket: { elements: [] } };
  record({ kind: 'page', jobId: 'page/nexo/1', phase: 'begun' });
  oracle.handed?.(job);
  expect(said()).toEqual([]);
  oracle.handed?.({ ...job, jobId: 'page/nexo/2' });
  expect(said()).toEqual(['a page stands in the journal before the printer gets it / page/nexo/2 does not']);
});
