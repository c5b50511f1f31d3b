import { describe, expect, test } from 'vitest';
import { fieldsOf, message, type Place, paymentBody, place } from './kit.js';

function send(shop: Place, serviceId: string, path = '/nexo/') {
  return shop.till.send({ path, json: message('Payment', paymentBody(12.8), { serviceId }) });
}

function abortBody(serviceId: string) {
  const MessageReference = { MessageCategory: 'Payment', SaleID: 'POS1', ServiceID: serviceId };
  return { AbortReason: 'MerchantAbort', MessageReference };
}

const IN_PROGRESS = {
  Result: 'Failure',
  ErrorCondition: 'InProgress',
  AdditionalResponse: 'message=Uncompleted%20transaction',
};

describe('the status of a payment', () => {
  test('is the answer again, whole, for a till whose answer was lost', async () => {
    const shop = await place();
    shop.world.tills.site.onRequest(({ kind }) =>
      kind === 'sale' ? { breaks: { delivered: true, how: 'reset' } } : undefined,
    );
    const lost = send(shop, '0001');
    shop.clock.advance(20_000);
    expect(lost.heard).toEqual({ gone: 'reset' });
    expect(shop.world.terminal.sales()[0]).toMatchObject({ payment: 'paid', delivery: 'lost' });
    const status = shop.status('0001');
    expect(status).toMatchObject({
      Response: { Result: 'Success' },
      MessageReference: { MessageCategory: 'Payment', SaleID: 'POS1', ServiceID: '0001' },
      RepeatedMessageResponse: {
        MessageHeader: { MessageCategory: 'Payment', MessageType: 'Response', SaleID: 'POS1', ServiceID: '0001' },
        RepeatedResponseMessageBody: {
          PaymentResponse: {
            Response: { Result: 'Success' },
            PaymentResult: { AmountsResp: { AuthorizedAmount: 12.8 } },
          },
        },
      },
    });
    expect(shop.world.terminal.sales()[0]?.delivery).toBe('delivered');
  });

  test('waits a moment for one under way, then says InProgress', async () => {
    const shop = await place({}, { shop: { custom: 'none' } });
    send(shop, '0001');
    shop.clock.advance(100);
    const askedMs = shop.clock.now();
    expect(shop.status('0001').Response).toEqual(IN_PROGRESS);
    expect(shop.clock.now() - askedMs).toBeGreaterThanOrEqual(1_000);
  });

  test('of a number that was never used, or whose request got lost, is NotFound; the till may ask for the money again', async () => {
    const shop = await place();
    expect(shop.status('0001').Response).toEqual({
      Result: 'Failure',
      ErrorCondition: 'NotFound',
      AdditionalResponse:
        'message=Message%20not%20found.%20Category%3DPayment%2C%20last%20such%20Request%20has%20SaleID%3DPOS1%20ServiceID%3D0001',
    });
  });

  test('without a reference is that of the latest payment', async () => {
    const shop = await place();
    expect(shop.ask('TransactionStatus', {}).Response.ErrorCondition).toBe('NotFound');
    shop.pay(1, '0001');
    shop.pay(2, '0002');
    expect(shop.ask('TransactionStatus', {}).MessageReference).toMatchObject({ SaleID: 'POS1', ServiceID: '0002' });
  });

  test('brings the receipts that are asked for', async () => {
    const shop = await place();
    shop.pay(1, '0001');
    const receipts = (more: object) =>
      shop
        .status('0001', more)
        .RepeatedMessageResponse.RepeatedResponseMessageBody.PaymentResponse.PaymentReceipt.map(
          (receipt: { DocumentQualifier: string }) => receipt.DocumentQualifier,
        );
    expect(receipts({ DocumentQualifier: ['CustomerReceipt'] })).toEqual(['CustomerReceipt']);
    expect(receipts({})).toEqual(['CashierReceipt', 'CustomerReceipt']);
  });
});

describe('as long as nobody knows, nothing is said for good', () => {
  test('a payment whose platform fell silent is InProgress, and so is its status; in the end both say the same', async () => {
    const shop = await place();
    const speak = shop.world.platform?.site.onAnswer(() => 'lose');
    const heard: string[] = [];
    shop.world.tills.watch((told) => heard.push(told.payment));
    expect(shop.pay(12.8, '0001').Response).toEqual(IN_PROGRESS);
    expect(shop.status('0001').Response).toEqual(IN_PROGRESS);
    expect(shop.pay(12.8, '0001').Response).toEqual(IN_PROGRESS);
    expect(heard).toEqual([]);
    speak?.();
    shop.clock.advance(2_000_000);
    const [sale] = shop.world.terminal.sales();
    expect(sale?.payment).not.toBe('unknown');
    const { Response } = shop.pay(12.8, '0001');
    const repeated = shop.status('0001').RepeatedMessageResponse.RepeatedResponseMessageBody.PaymentResponse;
    expect(repeated.Response).toEqual(Response);
    expect(fieldsOf(Response.AdditionalResponse).payment).toBe(sale?.payment);
    expect(new Set(heard)).toEqual(new Set([sale?.payment]));
  });

  test('the cloud gives up on a payment that takes too long, without a word about it', async () => {
    const shop = await place({ patienceMs: 300_000 });
    const offMs = 1_000_000;
    const sync = send(shop, '0001', '/sync');
    shop.clock.advance(500);
    shop.world.powerOff(offMs);
    shop.clock.advance(149_400);
    expect(sync.heard).toBeUndefined();
    shop.clock.advance(200);
    const { heard } = sync;
    if (heard === undefined || 'gone' in heard) throw new Error('the cloud said nothing');
    const { SaleToPOIRequest } = JSON.parse(heard.answer.body);
    expect(SaleToPOIRequest.EventNotification).toMatchObject({
      EventToNotify: 'Reject',
      EventDetails: 'message=Did+not+receive+a+response+from+the+POI.',
    });
    expect(SaleToPOIRequest.MessageHeader).toMatchObject({
      ServiceID: '0001',
      SaleID: 'POS1',
      MessageCategory: 'Event',
    });
  });
});

describe('a till that gives up', () => {
  test('in time: the abort has an empty answer, the payment is Aborted', async () => {
    const shop = await place();
    const payment = send(shop, '0001');
    shop.clock.advance(500);
    const abort = shop.till.ask({ path: '/nexo/', json: message('Abort', abortBody('0001')) });
    expect([abort.status, abort.body]).toEqual([200, '']);
    shop.clock.advance(5_000);
    const { heard } = payment;
    if (heard === undefined || 'gone' in heard) throw new Error('the payment was not answered');
    const { Response } = JSON.parse(heard.answer.body).SaleToPOIResponse.PaymentResponse;
    expect(Response.ErrorCondition).toBe('Aborted');
    expect(fieldsOf(Response.AdditionalResponse)).toMatchObject({
      refusalReason: '104 Merchant cancelled tx',
      payment: 'not-paid',
    });
    shop.world.powerCut();
    shop.clock.advance(5_000);
    expect(shop.pay(12.8, '0001').Response).toEqual(Response);
  });

  test('through the cloud it is taken with ok', async () => {
    const shop = await place();
    send(shop, '0001', '/sync');
    shop.clock.advance(500);
    expect(shop.till.ask({ path: '/sync', json: message('Abort', abortBody('0001')) }).body).toBe('ok');
  });

  test('at the terminal the cashier gives up: that is Cancel', async () => {
    const shop = await place();
    const payment = send(shop, '0001');
    shop.clock.advance(500);
    shop.world.people.cancel();
    shop.clock.advance(5_000);
    expect(payment.heard).toMatchObject({ answer: { body: expect.stringContaining('"ErrorCondition":"Cancel"') } });
  });

  test('too late: it is rejected, and the payment stands', async () => {
    const shop = await place();
    shop.pay(12.8, '0001');
    const { SaleToPOIRequest } = shop.ask('Abort', abortBody('0001'));
    expect(fieldsOf(SaleToPOIRequest.EventNotification.EventDetails).message).toMatch(
      /^It is too late to abort: .* the payment of T01\d+ is paid\.$/,
    );
    expect(
      shop.status('0001').RepeatedMessageResponse.RepeatedResponseMessageBody.PaymentResponse.Response.Result,
    ).toBe('Success');
  });

  test('after the cashier: it is rejected, and what the till was told stays', async () => {
    for (const afterMs of [0, 1, 5_000]) {
      const shop = await place();
      const payment = send(shop, '0001');
      shop.clock.advance(500);
      shop.world.people.cancel();
      shop.clock.advance(afterMs);
      const abort = shop.till.ask({ path: '/nexo/', json: message('Abort', abortBody('0001')) });
      expect(abort.body).toContain('It+is+too+late+to+abort');
      shop.clock.advance(5_000);
      expect(payment.heard).toMatchObject({ answer: { body: expect.stringContaining('"ErrorCondition":"Cancel"') } });
      expect(shop.pay(12.8, '0001').Response.ErrorCondition).toBe('Cancel');
    }
  });

  test('twice at once: one of them does it, and the payment stays Aborted', async () => {
    const shop = await place();
    send(shop, '0001');
    shop.clock.advance(500);
    const abort = () => shop.till.send({ path: '/nexo/', json: message('Abort', abortBody('0001')) });
    const both = [abort(), abort()];
    shop.clock.advance(100);
    expect(both.map(({ heard }) => heard)).toEqual([
      { answer: { status: 200, body: '' } },
      { answer: expect.objectContaining({ body: expect.stringContaining('is+being+aborted+already') }) },
    ]);
    abort();
    shop.clock.advance(5_000);
    expect(shop.pay(12.8, '0001').Response.ErrorCondition).toBe('Aborted');
  });

  test('while the platform decides: whichever comes first, both are told the same', async () => {
    for (const afterMs of [1_005, 1_025, 1_045, 1_100]) {
      const shop = await place();
      const payment = send(shop, '0001');
      shop.clock.advance(afterMs);
      shop.ask('Abort', abortBody('0001'));
      shop.clock.advance(60_000);
      const { heard } = payment;
      if (heard === undefined || 'gone' in heard) throw new Error('the payment was not answered');
      const { Response } = JSON.parse(heard.answer.body).SaleToPOIResponse.PaymentResponse;
      const [sale] = shop.world.terminal.sales();
      expect(fieldsOf(Response.AdditionalResponse).payment).toBe(sale?.payment);
      const repeated = shop.status('0001').RepeatedMessageResponse.RepeatedResponseMessageBody.PaymentResponse;
      expect(repeated.Response).toEqual(Response);
    }
  });

  test('what was never asked for cannot be given up', async () => {
    const shop = await place();
    const { SaleToPOIRequest } = shop.ask('Abort', abortBody('0009'));
    expect(fieldsOf(SaleToPOIRequest.EventNotification.EventDetails).message).toBe(
      'There is no message POS1/0009 to abort',
    );
  });
});

describe('a terminal that loses its power', () => {
  test('in the middle: the connection breaks, and the status tells what the next boot found', async () => {
    const shop = await place();
    const payment = send(shop, '0001');
    shop.clock.advance(1_030);
    shop.world.powerOff(2_000);
    shop.clock.advance(1);
    expect(payment.heard).toEqual({ gone: 'reset' });
    expect(shop.till.hear({ path: '/nexo/', json: message('Diagnosis', {}) })).toEqual({ gone: 'reset' });
    shop.clock.advance(120_000);
    const { PaymentResponse } = shop.status('0001').RepeatedMessageResponse.RepeatedResponseMessageBody;
    const [sale] = shop.world.terminal.sales();
    expect(fieldsOf(PaymentResponse.Response.AdditionalResponse).payment).toBe(sale?.payment);
    expect(shop.world.platform?.ledger.trades().length).toBe(1);
  });

  test('before the sale is durable: NotFound, and the same number is free', async () => {
    const shop = await place();
    send(shop, '0001');
    shop.world.powerOff(1_000, { unsynced: 'lost' });
    shop.clock.advance(5_000);
    expect(shop.status('0001').Response.ErrorCondition).toBe('NotFound');
    expect(shop.pay(12.8, '0001').Response.Result).toBe('Success');
  });

  test('is not there for the cloud either, which says so', async () => {
    const shop = await place();
    shop.world.powerOff(10_000);
    const { SaleToPOIRequest } = shop.pay(5, '0001', { path: '/sync' });
    expect(SaleToPOIRequest.EventNotification.EventDetails).toBe('message=Did+not+receive+a+response+from+the+POI.');
    shop.clock.advance(20_000);
    expect(shop.status('0001').Response.ErrorCondition).toBe('NotFound');
  });
});
