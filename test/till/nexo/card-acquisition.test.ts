import { expect, test } from 'vitest';
import { fieldsOf, type Json, message, type Place, paymentBody, place, SALE_TIME } from './kit.js';

const ACQUIRE = {
  SaleData: { SaleTransactionID: { TransactionID: '27908', TimeStamp: SALE_TIME } },
  CardAcquisitionTransaction: {},
};

function referring(TransactionID: string, yuan = 12.8) {
  return paymentBody(yuan, { PaymentData: { CardAcquisitionReference: { TransactionID, TimeStamp: SALE_TIME } } });
}

function begin(shop: Place, category: string, body: object, serviceId: string): () => Json {
  const sent = shop.till.send({ path: '/nexo/', json: message(category, body, { serviceId }) });
  shop.clock.advance(100);
  return () => {
    const { heard } = sent;
    if (heard === undefined || 'gone' in heard) return heard;
    return JSON.parse(heard.answer.body).SaleToPOIResponse[`${category}Response`];
  };
}

test('a code is read without an amount, and the payment that refers to it is made with it', async () => {
  const shop = await place();
  const acquired = shop.ask('CardAcquisition', ACQUIRE);
  expect(acquired).toMatchObject({
    Response: { Result: 'Success' },
    PaymentBrand: ['alipay'],
    PaymentInstrumentData: { PaymentInstrumentType: 'Mobile', CardData: { EntryMode: ['Scanned'] } },
    SaleData: { SaleTransactionID: { TransactionID: '27908' } },
  });
  expect(shop.world.terminal.sales()).toEqual([]);
  const { TransactionID } = acquired.POIData.POITransactionID;
  const begunMs = shop.clock.now();
  const paid = shop.ask('Payment', referring(TransactionID), { serviceId: '1' });
  expect(paid.Response.Result).toBe('Success');
  expect(shop.clock.now() - begunMs).toBeLessThan(1_100); // Nobody had to come once more.
  expect(paid.PaymentResult.PaymentInstrumentData.CardData.MaskedPan).toBe(
    acquired.PaymentInstrumentData.CardData.MaskedPan,
  );
  expect(shop.ask('Payment', referring(TransactionID), { serviceId: '2' }).Response.ErrorCondition).toBe('NotFound');
});

test('a payment that does not refer to it is made by its own customer, and the code stays for the one that does', async () => {
  const shop = await place();
  const acquired = shop.ask('CardAcquisition', ACQUIRE);
  const maskOf = (payment: Json) => payment.PaymentInstrumentData.CardData.MaskedPan;
  const unrelated = shop.pay(3, '1');
  expect(unrelated.Response.Result).toBe('Success');
  expect(maskOf(unrelated.PaymentResult)).not.toBe(maskOf(acquired));
  shop.clock.advance(3_000);
  const { TransactionID } = acquired.POIData.POITransactionID;
  const meant = shop.ask('Payment', referring(TransactionID), { serviceId: '2' });
  expect(maskOf(meant.PaymentResult)).toBe(maskOf(acquired));
});

test('a payment that refers to nothing that is held is refused, and nobody is asked for money', async () => {
  const shop = await place();
  const { Response } = shop.ask('Payment', referring('C1'));
  expect(Response.ErrorCondition).toBe('NotFound');
  expect(fieldsOf(Response.AdditionalResponse).message).toBe('There is no card acquisition C1, or none any more');
  expect(shop.world.terminal.sales()).toEqual([]);
});

test('a test amount is refused with a held code too', async () => {
  const shop = await place();
  const { TransactionID } = shop.ask('CardAcquisition', ACQUIRE).POIData.POITransactionID;
  expect(shop.ask('Payment', referring(TransactionID, 1.24)).Response.ErrorCondition).toBe('Refusal');
});

test('nobody comes: Cancel in the end; the display says what is awaited', async () => {
  const shop = await place({ custom: 'none' });
  const heard = begin(shop, 'CardAcquisition', ACQUIRE, 'A1');
  expect(shop.world.terminal.screen.en).toBe('Show your payment code');
  expect(shop.pay(1, '1').Response.ErrorCondition).toBe('Busy');
  shop.clock.advance(60_000);
  expect(heard().Response.ErrorCondition).toBe('Cancel');
  expect(shop.world.terminal.screen.en).not.toBe('Show your payment code');
});

test('what is shown there by hand is read, and what is no code is not', async () => {
  const shop = await place({ custom: 'none' });
  const heard = begin(shop, 'CardAcquisition', ACQUIRE, 'A1');
  shop.world.people.show('4006381333931');
  shop.clock.advance(100);
  expect(heard()).toBeUndefined();
  shop.world.people.show('281234567890123456');
  shop.clock.advance(100);
  expect(heard().PaymentInstrumentData.CardData.MaskedPan).toBe('2812****3456');
});

test('the till gives up, by Abort or by EnableService', async () => {
  const shop = await place({ custom: 'none' });
  const first = begin(shop, 'CardAcquisition', ACQUIRE, 'A1');
  shop.ask('Abort', { AbortReason: 'x', MessageReference: { MessageCategory: 'CardAcquisition', ServiceID: 'A1' } });
  expect(first().Response.ErrorCondition).toBe('Aborted');
  const second = begin(shop, 'CardAcquisition', ACQUIRE, 'A2');
  expect(shop.ask('EnableService', { TransactionAction: 'AbortTransaction' }).Response.Result).toBe('Success');
  expect(second().Response.ErrorCondition).toBe('Aborted');
});

test('a code shown ahead (EnableService) is taken by the next payment, and forgotten when that is not wanted', async () => {
  const shop = await place();
  const start = { TransactionAction: 'StartTransaction', ServicesEnabled: ['Payment'] };
  expect(shop.ask('EnableService', start).Response.Result).toBe('Success');
  shop.clock.advance(2_000);
  const begunMs = shop.clock.now();
  expect(shop.pay(12.8, '1').Response.Result).toBe('Success');
  expect(shop.clock.now() - begunMs).toBeLessThan(1_100);
  shop.clock.advance(5_000);
  shop.ask('EnableService', start);
  shop.clock.advance(2_000);
  shop.ask('EnableService', { TransactionAction: 'AbortTransaction' });
  const againMs = shop.clock.now();
  shop.pay(12.8, '2');
  expect(shop.clock.now() - againMs).toBeGreaterThan(1_500);
});

test('who was about to show a code ahead shows it to the payment that comes meanwhile', async () => {
  const shop = await place();
  shop.ask('EnableService', { TransactionAction: 'StartTransaction', ServicesEnabled: ['Payment'] });
  expect(shop.pay(12.8, '1').Response.Result).toBe('Success');
  expect(shop.world.platform?.ledger.trades()).toHaveLength(1);
});

test('a code that was held for too long is forgotten: the platform would not take it any more', async () => {
  const shop = await place();
  const { TransactionID } = shop.ask('CardAcquisition', ACQUIRE).POIData.POITransactionID;
  shop.clock.advance(60_000);
  expect(shop.ask('Payment', referring(TransactionID)).Response.ErrorCondition).toBe('NotFound');
});

test('a power cut forgets what was read', async () => {
  const shop = await place();
  const { TransactionID } = shop.ask('CardAcquisition', ACQUIRE).POIData.POITransactionID;
  shop.world.powerCut();
  shop.clock.advance(5_000);
  expect(shop.ask('Payment', referring(TransactionID)).Response.ErrorCondition).toBe('NotFound');
});
