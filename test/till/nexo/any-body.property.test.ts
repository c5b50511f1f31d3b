import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFinal } from '../../../src/terminal/facts.js';
import { SERVICES } from '../../../src/till/nexo/services/index.js';
import { type Json, message, paymentBody, place, SALE_TIME } from './kit.js';

/** Bodies that fit, by category: what is changed in them comes closer to the mark than anything invented. */
const BODIES: Readonly<Record<string, Json>> = {
  Payment: paymentBody(12.8, { PaymentData: { PaymentType: 'Normal' } }),
  Reversal: {
    OriginalPOITransaction: { POITransactionID: { TransactionID: 'T01.1', TimeStamp: SALE_TIME } },
    ReversalReason: 'CustCancel',
    ReversedAmount: 12.8,
  },
  TransactionStatus: {
    MessageReference: { ServiceID: '1', SaleID: 'POS1' },
    ReceiptReprintFlag: true,
    DocumentQualifier: ['CustomerReceipt'],
  },
  Abort: { AbortReason: 'x', MessageReference: { ServiceID: '1' } },
  Print: {
    PrintOutput: {
      DocumentQualifier: 'Document',
      ResponseMode: 'PrintEnd',
      OutputContent: {
        OutputFormat: 'Text',
        OutputText: [
          { Text: 'x', EndOfLineFlag: false },
          { Text: 'y', Alignment: 'Right' },
        ],
      },
    },
  },
  Display: {
    DisplayOutput: [
      {
        Device: 'CustomerDisplay',
        InfoQualify: 'Display',
        OutputContent: { OutputFormat: 'Text', OutputText: [{ Text: 'x' }] },
      },
    ],
  },
  Input: {
    InputData: {
      Device: 'CustomerInput',
      InfoQualify: 'Input',
      InputCommand: 'TextString',
      MinLength: 1,
      MaxInputTime: 3,
    },
  },
  CardAcquisition: {
    SaleData: { SaleTransactionID: { TransactionID: '1', TimeStamp: SALE_TIME } },
    CardAcquisitionTransaction: {},
  },
  EnableService: { TransactionAction: 'StartTransaction', ServicesEnabled: ['Payment'] },
  Reconciliation: { ReconciliationType: 'SaleReconciliation' },
  Login: { DateTime: SALE_TIME, OperatorLanguage: 'en', SaleSoftware: {} },
};

/** Every place in it, as a path. */
function pathsIn(value: Json, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))];
}

function replaced(value: Json, [key, ...rest]: readonly (string | number)[], by: unknown): Json {
  if (key === undefined) return by;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

const changed = fc
  .constantFrom(...Object.entries(BODIES))
  .chain(([category, body]) =>
    fc
      .tuple(fc.constantFrom(...pathsIn(body)), fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: 'binary' })))
      .map(([path, by]) => JSON.stringify(message(category, replaced(body, path, by)))),
  );
const invented = fc
  .tuple(fc.constantFrom(...SERVICES.keys(), 'Other'), fc.jsonValue({ maxDepth: 4 }))
  .map(([category, body]) => JSON.stringify(message(category, body as object)));
const inHeader = fc
  .tuple(
    fc.constantFrom(...pathsIn(message('Payment', BODIES.Payment).SaleToPOIRequest.MessageHeader)),
    fc.jsonValue({ maxDepth: 2 }),
  )
  .map(([path, by]) => {
    const { SaleToPOIRequest } = message('Payment', BODIES.Payment);
    return JSON.stringify({
      SaleToPOIRequest: { ...SaleToPOIRequest, MessageHeader: replaced(SaleToPOIRequest.MessageHeader, path, by) },
    });
  });
const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.json());

test('whatever a till sends is answered in the words of the protocol, and what is said for good is so', async () => {
  const shop = await place();
  const sent = fc.tuple(fc.constantFrom('/nexo/', '/sync', '/async'), fc.oneof(changed, invented, inHeader, anything));
  fc.assert(
    fc.property(sent, ([path, body]) => {
      const answer = shop.till.ask({ path, body }, 200_000);
      expect(answer.status).toBe(200);
      if (answer.body === '' || answer.body === 'ok') return;
      const { SaleToPOIResponse, SaleToPOIRequest } = answer.json;
      if (SaleToPOIResponse === undefined) {
        expect(SaleToPOIRequest.EventNotification.EventToNotify).toBe('Reject');
        return;
      }
      expect(SaleToPOIResponse.MessageHeader.MessageType).toBe('Response');
      expect(answer.body).toMatch(/"Result":"(Success|Failure)"/);
    }),
    { numRuns: 250, seed: 20_261_126 },
  );
  shop.clock.advance(200_000);
  // All sales that came of it have ended well, and the terminal is as good as new.
  expect(shop.world.terminal.sales().every(isFinal)).toBe(true);
  expect(shop.pay(3.21, 'LAST').Response.Result).toBe('Success');
});
