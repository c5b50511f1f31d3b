import { expect, test } from 'vitest';
import { Flash } from '../../../src/ground/flash.js';
import { createNexoFace } from '../../../src/till/nexo/face.js';
import { Shelf } from '../../../src/till/shelf.js';
import { TestTill } from '../exchange.js';
import { fieldsOf, message, place } from './kit.js';

const SALE = { ReconciliationType: 'SaleReconciliation' };

function totals(...PaymentTotals: [type: string, count: number, amount: number][]) {
  return [
    {
      PaymentCurrency: 'CNY',
      PaymentInstrumentType: 'Mobile',
      PaymentTotals: PaymentTotals.map(([TransactionType, TransactionCount, TransactionAmount]) => ({
        TransactionAmount,
        TransactionCount,
        TransactionType,
      })),
      POIID: 'P400Plus-T01',
    },
  ];
}

test('totals are those of the journal since the last reconciliation, whoever asked for the sales', async () => {
  const shop = await place();
  expect(shop.ask('GetTotals', {})).toEqual({
    POIReconciliationID: '1000',
    Response: { Result: 'Success' },
    TransactionTotals: [],
  });
  const { POITransactionID } = shop.pay(12.8, '1').POIData;
  shop.clock.advance(5_000);
  shop.pay(1.24, '2');
  shop.clock.advance(5_000);
  shop.world.people.sell(500, { customer: { behaviour: 'pays' } }); // Keyed in by the cashier.
  shop.clock.advance(20_000);
  expect(shop.ask('GetTotals', {}).TransactionTotals).toEqual(totals(['Debit', 2, 17.8], ['Declined', 1, 1.24]));
  const reversal = { OriginalPOITransaction: { POITransactionID }, ReversalReason: 'CustCancel' };
  expect(shop.ask('Reversal', reversal).Response.Result).toBe('Success');
  const all = totals(['Debit', 2, 17.8], ['ReverseDebit', 1, 12.8], ['Declined', 1, 1.24]);
  expect(shop.ask('GetTotals', {}).TransactionTotals).toEqual(all);
  expect(shop.ask('Reconciliation', SALE)).toEqual({
    POIReconciliationID: '1000',
    ReconciliationType: 'SaleReconciliation',
    Response: { Result: 'Success' },
    TransactionTotals: all,
  });
  expect(shop.ask('GetTotals', {})).toMatchObject({ POIReconciliationID: '1001', TransactionTotals: [] });
  // The answer to a payment names the period in which it was made, now and ever after.
  expect(shop.pay(12.8, '1').POIData.POIReconciliationID).toBe('1000');
  expect(shop.pay(2, '3').POIData.POIReconciliationID).toBe('1001');
  const previous = { ReconciliationType: 'PreviousReconciliation' };
  expect(shop.ask('Reconciliation', previous)).toMatchObject({ POIReconciliationID: '1000', TransactionTotals: all });
  expect(shop.ask('Reconciliation', { ...previous, POIReconciliationID: '1000' }).TransactionTotals).toEqual(all);
});

test('a period ended stays ended when the program starts anew', async () => {
  const shop = await place();
  shop.pay(12.8, '1');
  shop.ask('Reconciliation', SALE);
  const content = shop.shelf.read();
  const face = createNexoFace(shop.shop, { shelf: new Shelf(new Flash(shop.clock, { content })) });
  const till = new TestTill(face, shop.clock);
  const answer = till.ask({ path: '/nexo/', json: message('GetTotals', {}) });
  expect(answer.json.SaleToPOIResponse.GetTotalsResponse).toMatchObject({
    POIReconciliationID: '1001',
    TransactionTotals: [],
  });
});

test('a reconciliation that there was not is NotFound, and one with the acquirer is not available', async () => {
  const shop = await place();
  const missing = shop.ask('Reconciliation', {
    ReconciliationType: 'PreviousReconciliation',
    POIReconciliationID: '7',
  });
  expect(missing.Response.ErrorCondition).toBe('NotFound');
  expect(fieldsOf(missing.Response.AdditionalResponse).message).toBe(
    'There is no reconciliation 7; the period under way is 1000',
  );
  const acquirer = shop.ask('Reconciliation', { ReconciliationType: 'AcquirerReconciliation' });
  expect(acquirer).toMatchObject({
    ReconciliationType: 'AcquirerReconciliation',
    Response: { ErrorCondition: 'UnavailableService' },
  });
});
