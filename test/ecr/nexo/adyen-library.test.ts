import { afterAll, describe, expect, test } from 'vitest';
import { PaperjamError } from '../../../src/base/errors.js';
import { message, paymentBody } from '../../till/nexo/kit.js';
import { NexoBench } from './bench.js';
import {
  Client,
  type TerminalApiRequest,
  TerminalCloudAPI,
  TerminalLocalAPI,
  TerminalLocalAPIUnencrypted,
} from './sdk.js';

/**
 * Adyen's own client library, unmodified, over real sockets. It looks for a terminal at port 8443 and nowhere else: where
 * something else listens there, only the cloud can be tested.
 */
const KEY = { passphrase: 'mellon', keyIdentifier: 'paperjam', keyVersion: 1, allowPlain: true };
const SECURITY_KEY = { Passphrase: 'mellon', KeyIdentifier: 'paperjam', KeyVersion: 1, AdyenCryptoVersion: 1 };

async function open(): Promise<{ bench: NexoBench; local: boolean }> {
  const options = { key: KEY, apiKey: 'AQE-key' };
  try {
    return { bench: await NexoBench.open({ ...options, port: 8443 }), local: true };
  } catch (error) {
    if (!(error instanceof PaperjamError && error.code === 'PJ_PORT_IN_USE')) throw error;
    return { bench: await NexoBench.open(options), local: false };
  }
}

const { bench, local } = await open();
afterAll(() => bench.close());

function client() {
  const made = new Client({
    apiKey: 'AQE-key',
    environment: 'TEST' as never, // Its enum, which is not among its modules that are loaded.
    terminalApiLocalEndpoint: 'https://127.0.0.1',
    certificatePath: bench.served.caFile,
  });
  made.config.terminalApiCloudEndpoint = bench.served.cloudUrl;
  return made;
}

let number = 0;

/** Its classes have no more in them than these objects. */
function request(category: string, body: object, serviceId = `L${++number}`): TerminalApiRequest {
  return message(category, body, { serviceId }) as unknown as TerminalApiRequest;
}

describe.runIf(local)('the local API of the library, encrypted', () => {
  const send = (...asked: Parameters<typeof request>) =>
    new TerminalLocalAPI(client()).request(request(...asked), SECURITY_KEY);

  test('trusts the certificate by the file that lies in the data folder, and is paid', async () => {
    const { SaleToPOIResponse } = await send('Payment', paymentBody(12.8));
    expect(SaleToPOIResponse?.PaymentResponse?.Response).toMatchObject({ Result: 'Success' });
    expect(SaleToPOIResponse?.PaymentResponse?.PaymentResult?.AmountsResp).toMatchObject({
      AuthorizedAmount: 12.8,
      Currency: 'CNY',
    });
    expect(SaleToPOIResponse?.PaymentResponse?.PaymentReceipt?.[0]?.DocumentQualifier).toBe('CashierReceipt');
    const [sale] = bench.world.terminal.sales();
    expect(sale).toMatchObject({ payment: 'paid', ticket: 'printed', till: { face: 'nexo' } });
  });

  test('a refusal, its status, and a page', async () => {
    const refused = await send('Payment', paymentBody(1.24), 'NOMONEY');
    expect(refused.SaleToPOIResponse?.PaymentResponse?.Response).toMatchObject({
      Result: 'Failure',
      ErrorCondition: 'Refusal',
    });
    const MessageReference = { MessageCategory: 'Payment', SaleID: 'POS1', ServiceID: 'NOMONEY' };
    const status = await send('TransactionStatus', { MessageReference });
    const { Response, RepeatedMessageResponse } = status.SaleToPOIResponse?.TransactionStatusResponse ?? {};
    expect(Response?.Result).toBe('Success');
    expect(RepeatedMessageResponse?.RepeatedResponseMessageBody.PaymentResponse?.Response).toEqual(
      refused.SaleToPOIResponse?.PaymentResponse?.Response,
    );
    const page = {
      PrintOutput: {
        DocumentQualifier: 'Document',
        ResponseMode: 'PrintEnd',
        OutputContent: { OutputFormat: 'BarCode', OutputBarcode: { BarcodeType: 'QRCode', BarcodeValue: 'hello' } },
      },
    };
    expect((await send('Print', page)).SaleToPOIResponse?.PrintResponse?.Response.Result).toBe('Success');
    expect((await send('Diagnosis', {})).SaleToPOIResponse?.DiagnosisResponse?.POIStatus?.PrinterStatus).toBe('OK');
  });

  test('an abort comes back empty, as the library expects it', async () => {
    bench.still = true; // Else the customer has paid before the abort is on its way.
    const paying = send('Payment', paymentBody(5), 'ABORTME');
    while (bench.shop.first.saleOf('nexo', 'POS1/ABORTME') === undefined) {
      bench.simulation.clock.advance(0); // What is written down first is durable in the same moment.
      await new Promise(setImmediate);
    }
    bench.still = false;
    const MessageReference = { MessageCategory: 'Payment', SaleID: 'POS1', ServiceID: 'ABORTME' };
    const aborted = await send('Abort', { AbortReason: 'MerchantAbort', MessageReference });
    const rest = bench.time.wait();
    const { SaleToPOIResponse } = await paying;
    rest();
    const { ErrorCondition } = SaleToPOIResponse?.PaymentResponse?.Response ?? {};
    expect([aborted.SaleToPOIResponse, ErrorCondition]).toEqual([undefined, 'Aborted']);
  });

  test('a till that has another passphrase is refused, and nobody is asked for money', async () => {
    const before = bench.world.terminal.sales().length;
    const wrong = new TerminalLocalAPI(client()).request(request('Payment', paymentBody(1)), {
      ...SECURITY_KEY,
      Passphrase: 'x',
    });
    await expect(wrong).rejects.toThrow();
    expect(bench.world.terminal.sales()).toHaveLength(before);
  });
});

describe.runIf(local)('the local API of the library, plain', () => {
  test('is paid', async () => {
    const { SaleToPOIResponse } = await new TerminalLocalAPIUnencrypted(client()).request(
      request('Payment', paymentBody(3)),
    );
    expect(SaleToPOIResponse?.PaymentResponse?.Response).toMatchObject({ Result: 'Success' });
    expect(SaleToPOIResponse?.PaymentResponse?.SaleData?.SaleTransactionID?.TransactionID).toBe('27908');
  });
});

describe('the cloud API of the library', () => {
  test('sync holds the connection until the answer', async () => {
    const cloud = new TerminalCloudAPI(client());
    const { SaleToPOIResponse } = await cloud.sync(request('Payment', paymentBody(4), 'CLOUD1'));
    expect(SaleToPOIResponse?.PaymentResponse?.Response).toMatchObject({ Result: 'Success' });
    const again = await cloud.sync(request('Payment', paymentBody(4), 'CLOUD1'));
    expect(again.SaleToPOIResponse?.PaymentResponse).toEqual(SaleToPOIResponse?.PaymentResponse);
  });

  test('a message that is none comes back as an event', async () => {
    const { SaleToPOIRequest } = await new TerminalCloudAPI(client()).sync(request('Dance', {}));
    expect(SaleToPOIRequest?.EventNotification).toMatchObject({
      EventToNotify: 'Reject',
      EventDetails: 'message=MessageCategory+Dance+is+not+known',
    });
  });

  test('async is taken with ok, and the answer arrives where notifications go', async () => {
    expect(await new TerminalCloudAPI(client()).async(request('Payment', paymentBody(6), 'ASYNC1'))).toBe('ok');
    const rest = bench.time.wait();
    const body = await bench.receiver.until((text) => text.includes('"PaymentResponse"'));
    rest();
    expect(JSON.parse(body).SaleToPOIResponse).toMatchObject({
      MessageHeader: { ServiceID: 'ASYNC1', MessageCategory: 'Payment', MessageType: 'Response' },
      PaymentResponse: { Response: { Result: 'Success' } },
    });
    expect(new Set(bench.receiver.received.map(({ authorization }) => authorization))).toEqual(
      new Set([`Basic ${Buffer.from('till:sesame').toString('base64')}`]),
    );
  });

  test('without its API key it is refused as Adyen refuses', async () => {
    const stranger = client();
    stranger.config.apiKey = 'wrong';
    await expect(new TerminalCloudAPI(stranger).sync(request('Diagnosis', {}))).rejects.toMatchObject({
      statusCode: 401,
    });
  });
});
