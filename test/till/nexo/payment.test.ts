import { describe, expect, test } from 'vitest';
import type { Custom } from '../../../src/till/counter.js';
import { ticketPieces } from '../../../src/world/pictures.js';
import { fieldsOf, message, type Place, paymentBody, place, SALE_TIME } from './kit.js';

const PAY = (yuan: number, serviceId: string) => ({
  path: '/nexo/',
  json: message('Payment', paymentBody(yuan), { serviceId }),
});

function trades({ world }: Place) {
  return world.platform?.ledger.trades() ?? [];
}

test('a payment is answered when the ticket is out, with amount, both numbers and the receipts', async () => {
  const shop = await place();
  const { PaymentReceipt, ...response } = shop.pay(12.8, '0001');
  expect(response).toEqual({
    POIData: {
      POIReconciliationID: '1000',
      POITransactionID: {
        TimeStamp: '2026-01-01T00:00:03.000Z',
        TransactionID: 'T0120260101080003976204.2026010122001000000000145903',
      },
    },
    PaymentResult: {
      AmountsResp: { AuthorizedAmount: 12.8, Currency: 'CNY' },
      OnlineFlag: true,
      PaymentAcquirerData: {
        AcquirerID: 'alipay',
        AcquirerPOIID: 'P400Plus-T01',
        AcquirerTransactionID: {
          TimeStamp: '2026-01-01T00:00:04.000Z',
          TransactionID: '2026010122001000000000145903',
        },
        ApprovalCode: '145903',
        MerchantID: '街角咖啡 Corner Cafe',
      },
      PaymentInstrumentData: {
        CardData: { EntryMode: ['Scanned'], MaskedPan: '2848****0423', PaymentBrand: 'alipay' },
        PaymentInstrumentType: 'Mobile',
      },
    },
    Response: {
      Result: 'Success',
      AdditionalResponse:
        'tid=T01&transactionType=GOODS_SERVICES&paymentMethod=alipay&merchantReference=27908&posAuthAmountValue=1280' +
        '&posAuthAmountCurrency=CNY&txdate=01-01-2026&txtime=08%3A00%3A04&iso8601TxDate=2026-01-01T00%3A00%3A04.000Z' +
        '&pspReference=2026010122001000000000145903&payment=paid&ticket=printed',
    },
    SaleData: { SaleTransactionID: { TimeStamp: '2026-11-26T04:00:00.000Z', TransactionID: '27908' } },
  });
  const [cashier, customer] = PaymentReceipt;
  expect([cashier.DocumentQualifier, customer.DocumentQualifier]).toEqual(['CashierReceipt', 'CustomerReceipt']);
  const { OutputFormat, OutputText } = customer.OutputContent;
  expect(OutputFormat).toBe('Text');
  expect(OutputText).toContainEqual({
    CharacterStyle: 'Bold',
    EndOfLineFlag: true,
    Text: 'name=CARDHOLDER%20COPY&key=cardholderHeader',
  });
  expect(OutputText).toContainEqual({
    EndOfLineFlag: true,
    Text: 'name=Payment%20method&value=alipay&key=paymentMethod',
  });
  expect(OutputText).toContainEqual({
    CharacterStyle: 'Bold',
    EndOfLineFlag: true,
    Text: 'name=TOTAL&value=%C2%A5%C2%A012.80&key=totalAmount',
  });
  expect(OutputText.at(-1)).toEqual({ EndOfLineFlag: true, Text: 'name=Thank%20you&key=thanks' });
  const [sale] = shop.world.terminal.sales();
  expect(sale).toMatchObject({ payment: 'paid', ticket: 'printed', delivery: 'delivered' });
  expect(shop.till.notes).toEqual([`delivered ${sale?.saleId}`]);
});

test('the header of the answer is that of the request, turned around', async () => {
  const shop = await place();
  const { MessageHeader } = shop.till.ask(PAY(1, '77')).json.SaleToPOIResponse;
  expect(MessageHeader).toEqual({
    MessageCategory: 'Payment',
    MessageClass: 'Service',
    MessageType: 'Response',
    POIID: 'P400Plus-T01',
    ProtocolVersion: '3.0',
    SaleID: 'POS1',
    ServiceID: '77',
  });
});

describe('a payment that does not come about says why in the words of Adyen', () => {
  const CASES: readonly [custom: Custom, condition: string, reason: string, message: string][] = [
    [{ behaviour: 'no-money' }, 'Refusal', '210 Not enough balance', 'NOT_ENOUGH_BALANCE'],
    [{ behaviour: 'refuses' }, 'Cancel', '102 Shopper cancelled pin entry', 'Shopper cancelled pin entry'],
    [{ behaviour: 'never' }, 'Cancel', '102 Shopper cancelled pin entry', 'Shopper cancelled pin entry'],
    ['none', 'Cancel', 'Timed out', 'No payment code was shown in time'],
  ];
  test.each(CASES)('%j', async (custom, condition, refusalReason, words) => {
    const shop = await place({}, { shop: { custom } });
    const { Response, PaymentReceipt, POIData } = shop.pay(5, '0001');
    expect([Response.Result, Response.ErrorCondition]).toEqual(['Failure', condition]);
    const said = { refusalReason, message: words, payment: 'not-paid', ticket: 'none' };
    expect(fieldsOf(Response.AdditionalResponse)).toMatchObject(said);
    expect(PaymentReceipt).toBeUndefined();
    const [sale] = shop.world.terminal.sales();
    expect(POIData.POITransactionID.TransactionID).toBe(sale?.saleId);
    expect(sale).toMatchObject({ payment: 'not-paid', delivery: 'delivered' });
  });
});

describe("Adyen's test amounts are refused by the platform itself, and nothing is booked", () => {
  const CASES: readonly [yuan: number, condition: string, reason: string, message: string, why: string][] = [
    [1.24, 'Refusal', '210 Not enough balance', 'NOT_ENOUGH_BALANCE', 'ACQ.BUYER_BALANCE_NOT_ENOUGH'],
    [31.25, 'Refusal', '199 Card blocked', 'BLOCK_CARD', 'ACQ.BUYER_ENABLE_STATUS_FORBID'],
    [1.26, 'Refusal', '228 Card expired', 'CARD_EXPIRED', 'ACQ.PAYMENT_AUTH_CODE_INVALID'],
    [1.27, 'Refusal', '214 Declined online', 'INVALID_AMOUNT', 'ACQ.TOTAL_FEE_EXCEED'],
    [1.28, 'InvalidCard', '214 Declined online', 'INVALID_CARD', 'ACQ.BUYER_NOT_EXIST'],
    [1.34, 'WrongPIN', '129 Invalid online PIN', 'INVALID_PIN', 'ACQ.PAYER_UNMATCHED'],
  ];
  test('each with its own words, and an amount beside them is paid', async () => {
    const shop = await place();
    for (const [index, [yuan, condition, refusalReason, words, why]] of CASES.entries()) {
      const { Response } = shop.pay(yuan, `1${index}`);
      expect([yuan, Response.ErrorCondition]).toEqual([yuan, condition]);
      expect(fieldsOf(Response.AdditionalResponse)).toMatchObject({ refusalReason, message: words });
      const saleId = shop.shop.first.saleOf('nexo', `POS1/1${index}`) ?? '';
      const records = shop.world.terminal.page(saleId).records;
      expect(records.map(({ kind }) => kind)).toContain('authorize-intent');
      expect(records).toContainEqual(expect.objectContaining({ kind: 'payment', fact: 'not-paid', why }));
      shop.clock.advance(3_000);
    }
    expect(trades(shop)).toEqual([]);
    expect(shop.pay(1.29, '20').Response.Result).toBe('Success');
    expect(trades(shop)).toHaveLength(1);
  });

  test('nothing stays behind of a sale that the power has taken before it was one', async () => {
    const shop = await place();
    const { platform } = shop.world;
    if (platform === undefined) throw new Error('there is a platform');
    const { site } = platform;
    let standing = 0;
    const onRequest = site.onRequest.bind(site);
    site.onRequest = (rule) => {
      const undo = onRequest(rule);
      standing++;
      return () => {
        standing--;
        undo();
      };
    };
    shop.till.send(PAY(1.24, '1'));
    expect(standing).toBe(1);
    shop.world.powerOff(1_000, { unsynced: 'lost' });
    shop.clock.advance(5_000);
    expect(shop.world.terminal.sales()).toEqual([]);
    expect(standing).toBe(0);
  });

  test('unless that is switched off', async () => {
    const shop = await place({ testAmounts: false });
    expect(shop.pay(1.24, '1').Response.Result).toBe('Success');
  });
});

describe('the same ServiceID again', () => {
  test('is answered with the same answer, to the byte, behind a reboot too; nobody pays twice', async () => {
    const shop = await place();
    const first = shop.till.ask(PAY(12.8, '0001')).body;
    expect(shop.till.ask(PAY(12.8, '0001')).body).toBe(first);
    shop.world.powerCut();
    shop.clock.advance(5_000);
    expect(shop.till.ask(PAY(12.8, '0001')).body).toBe(first);
    expect(trades(shop)).toHaveLength(1);
  });

  test('while the sale is under way is told so, and the first is answered as if nothing had been', async () => {
    const shop = await place();
    const first = shop.till.send(PAY(12.8, '0001'));
    shop.clock.advance(500);
    const { Response, POIData } = shop.pay(12.8, '0001');
    expect(Response).toEqual({
      Result: 'Failure',
      ErrorCondition: 'InProgress',
      AdditionalResponse: 'message=Uncompleted%20transaction',
    });
    expect(POIData.POITransactionID.TransactionID).toBe(shop.world.terminal.foreground);
    shop.clock.advance(20_000);
    expect(first.heard).toMatchObject({ answer: { status: 200, body: expect.stringContaining('"Result":"Success"') } });
    expect(trades(shop)).toHaveLength(1);
  });

  test('for another amount is refused, since it was used', async () => {
    const shop = await place();
    shop.pay(12.8, '0001');
    const { Response } = shop.pay(13, '0001');
    expect(Response.ErrorCondition).toBe('NotAllowed');
    expect(fieldsOf(Response.AdditionalResponse).message).toBe(
      'ServiceID 0001 was used for 12.8 CNY already; a new payment needs a new one',
    );
  });

  test('for another sale of the same amount, or in another currency, is refused too, and says nothing of the first', async () => {
    const shop = await place();
    const SaleData = { SaleTransactionID: { TransactionID: '27909', TimeStamp: SALE_TIME } };
    const later = { SaleTransactionID: { TransactionID: '27908', TimeStamp: '2026-11-26T05:00:00.000Z' } };
    const PaymentTransaction = { AmountsReq: { Currency: 'EUR', RequestedAmount: 12.8 } };
    const ask = (more: object) => shop.ask('Payment', paymentBody(12.8, more), { serviceId: '0001' }).Response;
    shop.till.send(PAY(12.8, '0001'));
    expect(fieldsOf(ask({ SaleData }).AdditionalResponse).message).toBe(
      'ServiceID 0001 was used for another payment already; a new payment needs a new one',
    );
    shop.clock.advance(20_000);
    for (const more of [{ SaleData }, { SaleData: later }]) {
      expect(ask(more)).toMatchObject({ Result: 'Failure', ErrorCondition: 'NotAllowed' });
      expect(fieldsOf(ask(more).AdditionalResponse)).toEqual({
        message:
          'ServiceID 0001 was used for SaleTransactionID 27908 of 2026-11-26T04:00:00.000Z already; a new payment needs a new one',
      });
    }
    expect(fieldsOf(ask({ PaymentTransaction }).AdditionalResponse)).toEqual({
      message: 'Currency EUR is not accepted; allowed: CNY',
    });
    expect(shop.pay(12.8, '0001').Response.Result).toBe('Success');
    expect(trades(shop)).toHaveLength(1);
  });

  test('of another till is another payment', async () => {
    const shop = await place();
    shop.pay(12.8, '0001');
    shop.pay(12.8, '0001', { saleId: 'POS2' });
    expect(trades(shop)).toHaveLength(2);
  });
});

test('a terminal whose storage fails says so: to the payment, to the same again, and to whoever asks for its status', async () => {
  const shop = await place();
  shop.flash().failSyncs(1);
  const first = shop.pay(12.8, '0001').Response;
  expect(first.ErrorCondition).toBe('DeviceOut');
  expect(fieldsOf(first.AdditionalResponse).code).toBe('PJ_STORAGE_FAILED');
  expect(shop.pay(12.8, '0001').Response).toEqual(first);
  const status = shop.status('0001');
  expect(status.Response).toEqual(first);
  expect(status.MessageReference).toMatchObject({ ServiceID: '0001' });
});

test('a second payment while one is under way is told that the terminal is busy, and with which', async () => {
  const shop = await place();
  shop.till.send(PAY(12.8, '0001'));
  shop.clock.advance(500);
  const { Response } = shop.pay(1, '0002');
  expect(Response.ErrorCondition).toBe('Busy');
  expect(fieldsOf(Response.AdditionalResponse)).toEqual({
    message: 'Forbidden Request, Service Dialogue PaymentRequest is in Progress',
    serviceId: '0001',
  });
});

describe('what this terminal does not sell', () => {
  const CASES: readonly [what: string, body: object, message: string][] = [
    [
      'another currency',
      amounts({ Currency: 'EUR', RequestedAmount: 5 }),
      'Currency EUR is not accepted; allowed: CNY',
    ],
    ['parts of a fen', amounts({ RequestedAmount: 1.005 }), 'RequestedAmount 1.005 has more than two decimals'],
    [
      'nothing',
      amounts({ RequestedAmount: 0 }),
      'The amount 0 fen is not accepted: a decimal number of yuan with at most two digits after the point, from 0.01 to 50000.00.',
    ],
    ['cash', amounts({ RequestedAmount: 5, CashBackAmount: 1 }), 'CashBackAmount 1 is not accepted; allowed: 0'],
    [
      'a refund',
      { ...paymentBody(5), PaymentData: { PaymentType: 'Refund' } },
      'PaymentType Refund is not accepted; allowed: Normal',
    ],
    [
      'a part',
      { ...paymentBody(5), PaymentData: { SplitPaymentFlag: true } },
      'SplitPaymentFlag true is not accepted; allowed: false',
    ],
  ];
  test.each(CASES)('%s', async (_, body, words) => {
    const shop = await place();
    const { Response, SaleData } = shop.ask('Payment', body);
    expect(Response.ErrorCondition).toBe('NotAllowed');
    expect(fieldsOf(Response.AdditionalResponse).message).toBe(words);
    expect(SaleData.SaleTransactionID.TransactionID).toBe('27908');
    expect(shop.world.terminal.sales()).toEqual([]);
  });

  test('an amount that floating point cannot hold is meant as it is written', async () => {
    const shop = await place();
    expect(shop.pay(10.1, '1').PaymentResult.AmountsResp).toEqual({ AuthorizedAmount: 10.1, Currency: 'CNY' });
    expect(shop.world.terminal.sales()[0]?.amountFen).toBe(1010);
  });

  function amounts(given: object) {
    return { ...paymentBody(5), PaymentTransaction: { AmountsReq: { Currency: 'CNY', ...given } } };
  }
});

test('a body that does not fit is told where, and with which value', async () => {
  const shop = await place();
  const { Response } = shop.ask('Payment', {
    ...paymentBody(5),
    PaymentTransaction: { AmountsReq: { Currency: 'CNY', RequestedAmount: '5' } },
  });
  expect(Response.ErrorCondition).toBe('MessageFormat');
  expect(fieldsOf(Response.AdditionalResponse).message).toMatch(
    /^PaymentRequest\.PaymentTransaction\.AmountsReq\.RequestedAmount: .*number.* \(given: "5"\)$/,
  );
});

describe('a printer that fails takes nothing from the payment', () => {
  test('out of paper: Success, and the ticket is told; with paper the status brings it', async () => {
    const shop = await place();
    const { id } = shop.world.faults.put({ fault: 'printer.paper-out' });
    const { Response } = shop.pay(5, '0001');
    expect(Response.Result).toBe('Success');
    expect(fieldsOf(Response.AdditionalResponse)).toMatchObject({ payment: 'paid', ticket: 'partial' });
    expect(shop.ask('Diagnosis', {}).POIStatus.PrinterStatus).toBe('NoPaper');
    shop.world.faults.clear(id);
    shop.clock.advance(10_000);
    expect(shop.ask('Diagnosis', {}).POIStatus.PrinterStatus).toBe('OK');
    const status = shop.status('0001', { ReceiptReprintFlag: true });
    expect(status.Response).toEqual({ Result: 'Success' });
    shop.clock.advance(20_000);
    const { PaymentResponse } = shop.status('0001').RepeatedMessageResponse.RepeatedResponseMessageBody;
    expect(fieldsOf(PaymentResponse.Response.AdditionalResponse)).toMatchObject({ payment: 'paid', ticket: 'printed' });
    expect(trades(shop)).toHaveLength(1);
  });

  test('a jam: the reprint is one marked copy, however often the same message asks for it', async () => {
    const shop = await place();
    const { id } = shop.world.faults.put({ fault: 'printer.paper-jam' });
    expect(fieldsOf(shop.pay(5, '0001').Response.AdditionalResponse)).toMatchObject({ ticket: 'partial' });
    expect(shop.ask('Diagnosis', {}).POIStatus.PrinterStatus).toBe('PaperJam');
    shop.world.faults.clear(id);
    shop.clock.advance(10_000);
    const body = { MessageReference: { SaleID: 'POS1', ServiceID: '0001' }, ReceiptReprintFlag: true };
    for (let times = 0; times < 3; times++) {
      expect(shop.ask('TransactionStatus', body, { serviceId: 'R1' }).Response).toEqual({ Result: 'Success' });
      shop.clock.advance(10_000);
    }
    const [sale] = shop.world.terminal.sales();
    expect(sale?.prints.map(({ copy }) => copy)).toEqual([0, 1]);
    expect(ticketPieces(shop.world, sale?.saleId ?? '').length).toBeGreaterThan(0);
  });

  test('a reprint that the printer cannot do now leaves the status as it is', async () => {
    const shop = await place();
    shop.pay(5, '0001');
    shop.till.send(PAY(6, '0002'));
    shop.clock.advance(200);
    const status = shop.status('0001', { ReceiptReprintFlag: true });
    expect(status.Response.Result).toBe('Success');
    expect(fieldsOf(status.Response.AdditionalResponse)).toMatchObject({
      reprint: 'refused',
      message: expect.stringMatching(/^The terminal cannot do this now/),
    });
    expect(status.RepeatedMessageResponse.RepeatedResponseMessageBody.PaymentResponse.Response.Result).toBe('Success');
  });
});

describe('where a payment stands only with its ticket', () => {
  const policy = { unprinted: 'void-if-unprinted', voidAfterMs: 5_000 } as const;

  test('nothing is said before the ticket is out', async () => {
    const shop = await place({}, { simulation: { policy } });
    expect(fieldsOf(shop.pay(5, '1').Response.AdditionalResponse)).toMatchObject({
      payment: 'paid',
      ticket: 'printed',
    });
  });

  test('without it the money goes back, and that is what the till is told, once', async () => {
    const shop = await place({}, { simulation: { policy } });
    shop.world.faults.put({ fault: 'printer.paper-out', when: 'now' });
    shop.clock.advance(2_000);
    const told: string[] = [];
    shop.world.tills.watch(({ payment }) => told.push(payment));
    const { Response } = shop.pay(5, '1');
    expect(Response.ErrorCondition).toBe('DeviceOut');
    expect(fieldsOf(Response.AdditionalResponse)).toMatchObject({
      payment: 'reversed',
      refusalReason: 'Receipt not printed',
    });
    expect(shop.pay(5, '1').Response).toEqual(Response);
    expect(new Set(told)).toEqual(new Set(['reversed']));
  });
});
