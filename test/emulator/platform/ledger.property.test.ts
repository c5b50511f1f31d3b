import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BEHAVIOURS } from '../../../src/emulator/platform/wallet.js';
import { killablePlatform, type Node, payment, revived } from './support.js';

const orderNo = fc.constantFrom('A', 'B', 'C');
const amount = fc.constantFrom('0.01', '5.00', '12.80');
const step = fc.oneof(
  fc.record({ do: fc.constant('issue' as const), behaviour: fc.constantFrom(...BEHAVIOURS), afterMs: fc.nat(5_000) }),
  fc.record({ do: fc.constant('pay' as const), orderNo, amount, code: fc.nat(5) }),
  fc.record({ do: fc.constant('query' as const), orderNo }),
  fc.record({ do: fc.constant('cancel' as const), orderNo }),
  fc.record({ do: fc.constant('refund' as const), orderNo, amount, requestNo: fc.constantFrom('R1', 'R2', undefined) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 1_000, 70_000) }),
  fc.record({ do: fc.constant('kill' as const), kept: fc.constantFrom('all' as const, 'nothing' as const) }),
);

/** What merchants and customers were told, to be held against the books ever after. */
interface Told {
  readonly tradeNo: Map<string, unknown>;
  readonly gone: Set<string>;
}

function hear(told: Told, method: string, answer: Node): void {
  const order = String(answer.out_trade_no);
  const paid = (method === 'pay' && answer.code === '10000') || answer.trade_status === 'TRADE_SUCCESS';
  if (paid) {
    expect(told.gone.has(order)).toBe(false);
    expect(told.tradeNo.get(order) ?? answer.trade_no).toBe(answer.trade_no);
    told.tradeNo.set(order, answer.trade_no);
  }
  const cancelled = method === 'cancel' && answer.code === '10000';
  if (cancelled || answer.trade_status === 'TRADE_CLOSED') told.gone.add(order);
}

test('whatever is asked, in whatever order, with kills between: one payment for an order, never more than its amount, and no word is taken back', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let world = killablePlatform();
      const codes = ['281111111111111111'];
      const told: Told = { tradeNo: new Map(), gone: new Set() };
      for (const one of steps) {
        if (one.do === 'issue') codes.push(world.platform.issueCode(one));
        if (one.do === 'pay') {
          const code = codes[one.code % codes.length] ?? '';
          hear(told, 'pay', world.pay(one.orderNo, code, { total_amount: one.amount }));
        }
        if (one.do === 'query') hear(told, 'query', world.query(one.orderNo));
        if (one.do === 'cancel') hear(told, 'cancel', world.cancel(one.orderNo));
        if (one.do === 'refund') world.refund(one.orderNo, one.amount, one.requestNo);
        if (one.do === 'wait') world.clock.advance(one.ms);
        if (one.do === 'kill') {
          world.send('alipay.trade.pay', payment('C', '282222222222222222'));
          world.flash.cut(one.kept);
          world = revived(world);
        }
        for (const trade of world.platform.ledger.trades()) {
          expect([0, trade.amountFen]).toContain(trade.paidFen);
          expect(trade.refundedFen).toBeGreaterThanOrEqual(0);
          expect(trade.refundedFen).toBeLessThanOrEqual(trade.paidFen);
          expect([...trade.refunds.values()].reduce((sum, fen) => sum + fen, 0)).toBe(trade.refundedFen);
          expect(trade.state === 'TRADE_SUCCESS').toBe(trade.paidFen > trade.refundedFen);
        }
        const spent = world.platform.ledger.trades().map((trade) => trade.code);
        expect(new Set(spent).size).toBe(spent.length);
        for (const [order, tradeNo] of told.tradeNo) {
          const trade = world.platform.ledger.trade(order);
          expect(trade).toMatchObject({ tradeNo, paidFen: trade?.amountFen });
        }
        for (const order of told.gone) {
          const trade = world.platform.ledger.trade(order);
          expect(trade?.paidFen).toBe(trade?.refundedFen);
        }
      }
    }),
    { numRuns: 300 },
  );
});
