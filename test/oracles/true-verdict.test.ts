import { describe, expect, test } from 'vitest';
import { trueVerdict } from '../../src/oracles/true-verdict.js';
import type { JournalEntry } from '../../src/terminal/journal/record.js';
import { INTENT, OPENED, PAID, SALE, said, sold, trade, trial, watched } from './support.js';

const NOT_PAID: JournalEntry = { kind: 'payment', saleId: SALE, fact: 'not-paid', by: 'query' };
const REVERSED: JournalEntry = { kind: 'payment', saleId: SALE, fact: 'reversed', by: 'cancel' };
const VOID: JournalEntry = { kind: 'cancel-intent', saleId: SALE, why: 'unprinted' };
const BACK = { state: 'TRADE_CLOSED', refundedFen: 1_280 } as const;

describe('a verdict', () => {
  test("is found to be wrong at the moment in which the platform's books leave it", async () => {
    const shop = await watched();
    const saleId = sold(shop);
    const refund = { out_trade_no: saleId, refund_amount: '12.80', out_request_no: 'r1' };
    shop.world.platform?.exchange('alipay.trade.refund', refund, () => {});
    const atMs = shop.clock.now();
    shop.clock.advance(60_000);
    expect(said(shop.witness.breaches)).toEqual([
      expect.stringMatching(
        /^true-verdict: a payment fact agrees with the platform's books [/] the terminal says paid, and the platform's books say TRADE_CLOSED, 12[.]80 paid, 12[.]80 given back/,
      ),
    ]);
    expect(shop.witness.breaches[0]).toMatchObject({ saleId, atMs });
  });

  test('paid, of a sale of which the books have nothing, is wrong when it is written', async () => {
    const { record, said } = await trial(trueVerdict);
    record(OPENED, INTENT);
    expect(said()).toEqual([]);
    record(PAID);
    expect(said()).toEqual([
      "a payment fact agrees with the platform's books / the terminal says paid, and the platform's books have no such order",
    ]);
  });

  test('not paid, and then somebody pays, is wrong when he does', async () => {
    const { oracle, record, said, trades } = await trial(trueVerdict);
    trades.push(trade({ state: 'WAIT_BUYER_PAY', paidFen: 0, paidAtMs: undefined }));
    record(OPENED, INTENT, NOT_PAID);
    expect(said()).toEqual([]);
    trades[0] = trade();
    oracle.booked?.({ kind: 'trade-paid', atMs: 5_000, orderNo: SALE });
    expect(said()).toEqual([expect.stringContaining('the terminal says not-paid, and')]);
  });

  test('is never taken back', async () => {
    const { record, said, trades } = await trial(trueVerdict);
    trades.push(trade());
    record(OPENED, INTENT, PAID);
    trades[0] = trade({ paidFen: 0 });
    record(NOT_PAID);
    expect(said()).toEqual(['what was said of a payment is never contradicted / first paid, then not-paid']);
  });

  test('paid for the time being may become reversed by a deed of policy, and a final one may not', async () => {
    const voids = { ...PAID, voidAfterMs: 60_000 } as const;
    for (const [paid, expected] of [
      [voids, []],
      [PAID, ['what was said of a payment is never contradicted / first paid, then unknown']],
    ] as const) {
      const { record, said, trades } = await trial(trueVerdict);
      trades.push(trade());
      record(OPENED, INTENT, paid, VOID);
      trades[0] = trade(BACK);
      record(REVERSED);
      expect(said().slice(0, 1)).toEqual(expected);
    }
  });
});
