import { z } from 'zod';
import { refusedBy } from '../call.js';
import { failure, SUCCESS, text } from '../message.js';
import type { Poi } from '../poi.js';
import { service } from '../service.js';
import type { Total } from '../totals.js';

const FILTER = z.object({ POIID: text(80).optional(), SaleID: text(80).optional() });

/** What was taken since the last reconciliation. Nothing ends by asking. */
export const getTotals = service({
  category: 'GetTotals',
  schema: z.object({ TotalFilter: FILTER.optional() }),
  serve(call) {
    const { poi } = call;
    call.answer({
      POIReconciliationID: poi.totals.current,
      Response: SUCCESS,
      TransactionTotals: totalsOf(poi, poi.totals.sinceLast()),
    });
  },
});

/** Ends a period and says what was taken in it, or says again what was taken in an earlier one. */
export const reconciliation = service({
  category: 'Reconciliation',
  schema: z.object({
    ReconciliationType: z.enum([
      'SaleReconciliation',
      'AcquirerSynchronisation',
      'AcquirerReconciliation',
      'PreviousReconciliation',
    ]),
    POIReconciliationID: text(20).optional(),
  }),
  serve(call, { ReconciliationType, POIReconciliationID }) {
    const { poi } = call;
    const answer = (id: string, totals: readonly Total[]) =>
      call.answer({
        POIReconciliationID: id,
        ReconciliationType,
        Response: SUCCESS,
        TransactionTotals: totalsOf(poi, totals),
      });
    const refuse = (response: object) => call.answer({ ReconciliationType, Response: response });
    if (ReconciliationType === 'PreviousReconciliation') {
      const id = POIReconciliationID ?? String(Number(poi.totals.current) - 1);
      const period = poi.totals.period(id);
      if (period !== undefined) {
        answer(id, period.totals);
        return;
      }
      refuse(
        failure('NotFound', {
          message: `There is no reconciliation ${id}; the period under way is ${poi.totals.current}`,
        }),
      );
      return;
    }
    if (ReconciliationType !== 'SaleReconciliation') {
      const allowed = 'SaleReconciliation, PreviousReconciliation';
      refuse(failure('UnavailableService', { message: `${ReconciliationType} is not available; allowed: ${allowed}` }));
      return;
    }
    poi.totals.close((error, { id, totals }) => (error === undefined ? answer(id, totals) : refuse(refusedBy(error))));
  },
  failed: (response) => ({ ReconciliationType: 'SaleReconciliation', Response: response }),
});

function totalsOf(poi: Poi, totals: readonly Total[]): object[] {
  if (totals.length === 0) return [];
  const PaymentTotals = totals.map(({ type, count, amountFen }) => ({
    TransactionAmount: amountFen / 100,
    TransactionCount: count,
    TransactionType: type,
  }));
  return [{ PaymentCurrency: 'CNY', PaymentInstrumentType: 'Mobile', PaymentTotals, POIID: poi.id }];
}
