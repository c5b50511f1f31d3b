import { describe, expect, test } from 'vitest';
import { onePayment } from '../../src/oracles/one-payment.js';
import { CODE, INTENT, OPENED, PAID, SALE, said, sold, trade, trial, watched } from './support.js';

describe('one payment at most', () => {
  test('is what a sale has', async () => {
    const shop = await watched();
    sold(shop);
    expect(shop.witness.end()).toEqual([]);
  });

  test('is not, when an order number is made anew for a sale that has one', async () => {
    const shop = await watched();
    const saleId = sold(shop);
    const nowMs = shop.clock.now();
    const again = {
      out_trade_no: `${saleId}R1`,
      total_amount: '12.80',
      subject: 'coffee',
      auth_code: shop.world.people.codeOf({ behaviour: 'pays' }),
      scene: 'bar_code',
      timeout_express: '1m',
    };
    shop.world.platform?.exchange('alipay.trade.pay', again, () => {});
    shop.clock.advance(60_000);
    expect(said(shop.witness.breaches)).toEqual([
      `one-payment: what the platform books was journalled first / 1280 fen paid for order ${saleId}R1, of which the journal knows nothing`,
    ]);
    expect(shop.witness.breaches[0]).toMatchObject({ saleId: `${saleId}R1`, atMs: nowMs });
  });

  test('is not, when the terminal opens a second sale that nobody keyed in', async () => {
    const { oracle, record, said } = await trial(onePayment);
    oracle.keyed?.(SALE, 1_280);
    record(OPENED, { ...OPENED, saleId: 'T01-2' });
    expect(said()).toEqual([
      'a sale is what somebody keyed in / T01-2 of 1280 fen is in the journal, and no such sale was keyed in',
    ]);
  });

  const wrong: [string, Parameters<typeof trade>[0][], string][] = [
    ['a request had left before its intent', [{}], 'what the platform books was journalled first'],
    ['the amount is another one', [{ amountFen: 2_560, paidFen: 2_560 }], 'one payment at most'],
    ['the code is another one', [{ code: '289999999999999999' }], 'a trade is for the amount and the code'],
    ['one code has paid for two sales', [{}, { orderNo: 'T01-2' }], 'one payment at most'],
  ];
  test.each(wrong)('is not told from the books, when %s', async (what, trades, expected) => {
    const tried = await trial(onePayment);
    for (const [id, fen] of [SALE, 'T01-2'].map((one) => [one, 1_280] as const)) tried.oracle.keyed?.(id, fen);
    tried.record(OPENED, { kind: 'sale-opened', saleId: 'T01-2', amountFen: 1_280, subject: 'coffee' });
    if (!what.includes('before')) {
      tried.record(INTENT, PAID);
      tried.record({ kind: 'authorize-intent', saleId: 'T01-2', amountFen: 1_280, code: CODE, wallet: 'alipay' });
    }
    tried.trades.push(...trades.map(trade));
    tried.oracle.booked?.({ kind: 'trade-paid', atMs: 2_000, orderNo: SALE });
    expect(tried.said()).toContainEqual(expect.stringContaining(expected));
  });
});
