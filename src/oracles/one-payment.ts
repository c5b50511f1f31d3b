import type { LedgerRecord } from '../emulator/platform/ledger-record.js';
import type { Trade } from '../emulator/platform/ledger-state.js';
import type { Oracle, Report } from './oracle.js';
import type { Sight } from './sight.js';

/**
 * The platform never keeps more than one payment for a sale.
 *
 * The books hold at most one payment for an order number; so what has to be seen is that no order number is made anew for a
 * sale that has one already: each in the journal is an act of the cashier or the till, each in the books stands in the
 * journal with its intent; that a trade is for the amount and the code that the intent tells; and that no code pays twice.
 */
export function onePayment({ ledger, journal, startMs, keying }: Sight, report: Report): Oracle {
  if (ledger === undefined) return {};
  const keyed = new Map<string, number>();

  /** Sales of the journal that nobody is known to have keyed in: the terminal may start again before the press is over. */
  const unkeyed = new Map<string, number>();

  const checkKeyed = () => {
    for (const [saleId, amountFen] of unkeyed) {
      unkeyed.delete(saleId);
      const keyedFen = keyed.get(saleId);
      if (keyedFen === amountFen) continue;
      const actual = `${saleId} of ${amountFen} fen is in the journal, and ${keyedFen ?? 'no such sale'} was keyed in`;
      report({ saleId, expected: 'a sale is what somebody keyed in', actual });
    }
  };

  const check = (trade: Trade) => {
    const { orderNo: saleId, openedAtMs, amountFen, code } = trade;
    if (openedAtMs < startMs) return; // Of before, when nobody watched.
    const page = journal.page(saleId);
    const intent = page?.records.find((record) => record.kind === 'authorize-intent');
    if (page === undefined || intent === undefined) {
      const actual = `${fen(trade)} for order ${saleId}, of which ${page === undefined ? 'the journal knows nothing' : 'the journal has no intent'}`;
      report({ saleId, expected: 'what the platform books was journalled first', actual });
      return;
    }
    if (intent.amountFen !== amountFen || intent.code !== code) {
      const expected = 'a trade is for the amount and the code that were journalled';
      const actual = `${amountFen} fen by ${code} were asked for, and the journal says ${intent.amountFen} by ${intent.code}`;
      report({ saleId, expected, actual });
    }
    const kept = trade.paidFen - trade.refundedFen;
    if (kept > page.facts.amountFen) {
      const actual = `${kept} fen kept for a sale of ${page.facts.amountFen}`;
      report({ saleId, expected: 'one payment at most', actual });
    }
    const twice = ledger.trades().find((other) => other !== trade && other.code === code && paid(other) && paid(trade));
    if (twice !== undefined) {
      const actual = `the code of ${saleId} has paid for ${twice.orderNo} too`;
      report({ saleId, expected: 'one payment at most', actual });
    }
  };

  return {
    keyed: (saleId, amountFen) => void keyed.set(saleId, amountFen),
    recorded(record) {
      if (unkeyed.size > 0 && !keying()) checkKeyed();
      if (record.kind !== 'sale-opened') return;
      const { saleId, amountFen } = record;
      if (keyed.get(saleId) !== amountFen) unkeyed.set(saleId, amountFen);
    },
    booked(record: LedgerRecord) {
      if (record.kind !== 'trade-opened' && record.kind !== 'trade-paid') return;
      const trade = ledger.trade(record.orderNo);
      if (trade !== undefined) check(trade);
    },
    ended() {
      checkKeyed();
      ledger.trades().forEach(check);
    },
  };
}

function paid({ paidFen, refundedFen }: Trade): boolean {
  return paidFen > refundedFen;
}

function fen({ paidFen, amountFen, state }: Trade): string {
  return paidFen > 0 ? `${paidFen} fen paid` : `${amountFen} fen asked for (${state})`;
}
