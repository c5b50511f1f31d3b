import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createAlipayAcquirer } from '../../../src/acquirer/alipay/acquirer.js';
import { createSdkTransport } from '../../../src/acquirer/alipay/sdk-transport.js';
import type { ExchangeResult } from '../../../src/acquirer/alipay/transport.js';
import { EMULATED_APP_ID, servePlatform } from '../../../src/emulator/platform/alipay/http.js';
import { createEmulatedPlatform } from '../../../src/emulator/platform/platform.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { wallClock } from '../../../src/ground/wall-clock.js';
import type { AuthorizeAnswer } from '../../../src/ports/acquirer.js';

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
const KEYS = { merchant: pair(), platform: pair() };
const REQUEST = { orderNo: 'A1', amountFen: 1280, code: '281234567890123456', subject: '拿铁', terminalId: 'T1' };
const NODE = '{"code":"10000","msg":"Success","out_trade_no":"A1","total_amount":"12.80","trade_no":"2026"}';

const config = (gateway: string, more: object = {}) => ({
  gateway,
  appId: EMULATED_APP_ID,
  privateKey: KEYS.merchant.privateKey,
  platformPublicKey: KEYS.platform.publicKey,
  ...more,
});

function signed(node: string, key = 'alipay_trade_query_response'): string {
  const sign = createSign('RSA-SHA256').update(node).sign(KEYS.platform.privateKey, 'base64');
  return `{"${key}":${node},"sign":"${sign}"}`;
}

/** A gateway that does what the test says. */
let behave: (request: IncomingMessage, response: ServerResponse) => void = () => {};
let requests = 0;
let server: Server;
let gateway = '';
const unhandled = vi.fn();

beforeAll(async () => {
  process.on('unhandledRejection', unhandled);
  server = createServer((request, response) => {
    requests++;
    request.resume();
    request.once('end', () => behave(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  gateway = `http://127.0.0.1:${(server.address() as AddressInfo).port}/gateway.do`;
});

afterEach(() => {
  requests = 0;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

function exchange(more: object = {}, at = gateway): Promise<ExchangeResult> {
  const transport = createSdkTransport(config(at, more));
  return new Promise((resolve) => transport.exchange('alipay.trade.query', { out_trade_no: 'A1' }, resolve));
}

const sends = (body: string, status = 200) => {
  behave = (_request, response) => void response.writeHead(status).end(body);
};

describe('an answer', () => {
  test('that is signed comes through in the vendor’s own field names', async () => {
    sends(signed(NODE));
    expect(await exchange()).toEqual({ response: JSON.parse(NODE) });
  });

  test('never comes from inside the call', async () => {
    sends(signed(NODE));
    let inside = true;
    await new Promise<void>((resolve) => {
      createSdkTransport(config(gateway)).exchange('alipay.trade.query', { out_trade_no: 'A1' }, () => {
        expect(inside).toBe(false);
        resolve();
      });
      inside = false;
    });
  });

  test.each([
    ['without a signature', `{"alipay_trade_query_response":${NODE}}`],
    ['with an empty signature', `{"alipay_trade_query_response":${NODE},"sign":""}`],
    ['with a signature that is no text', `{"alipay_trade_query_response":${NODE},"sign":1}`],
    ['changed after it was signed', signed(NODE).replace('12.80', '92.80')],
    [
      'signed for another method',
      signed(NODE, 'alipay_trade_pay_response').replace('trade_pay', 'trade_query').replace('A1', 'A2'),
    ],
    ['under error_response, signed', signed('{"code":"40002","msg":"Invalid Arguments"}', 'error_response')],
  ])('%s is not believed, and is kept as evidence', async (_what, body) => {
    sends(body);
    const result = await exchange();
    expect(result).toMatchObject({
      failure: { code: 'PJ_PLATFORM_SIGNATURE', words: expect.stringContaining('It sent: {') },
    });
  });

  test('of a platform that does not know the app tells what it said', async () => {
    sends(
      '{"alipay_trade_query_response":{"code":"40002","sub_code":"isv.invalid-app-id","sub_msg":"无效的AppID参数"}}',
    );
    expect(await exchange()).toMatchObject({
      failure: { code: 'PJ_PLATFORM_SIGNATURE', words: expect.stringMatching(/Check appId.*isv\.invalid-app-id/) },
    });
  });

  test.each([
    ['nothing', ''],
    ['a page', '<html>504 Gateway Time-out</html>'],
    ['half an answer', signed(NODE).slice(0, 60)],
    ['null', 'null'],
    ['a number', '7'],
    ['an answer to something else', signed(NODE, 'alipay_trade_gift_response')],
    ['a signed node that is no object', signed('"{"')],
  ])('that is %s is garbage', async (_what, body) => {
    sends(body);
    expect(await exchange()).toMatchObject({
      failure: { code: expect.stringMatching(/PJ_PLATFORM_(GARBAGE|SIGNATURE)/) },
    });
  });

  test.each([500, 502, 503, 404, 204])('with HTTP status %i is none, even if it is signed', async (status) => {
    sends(signed(NODE), status);
    expect(await exchange()).toMatchObject({
      failure: { code: 'PJ_PLATFORM_HTTP', words: expect.stringContaining(`HTTP status ${status}`) },
    });
  });
});

describe('a connection', () => {
  test('that is refused', async () => {
    expect(await exchange({}, 'http://127.0.0.1:9/gateway.do')).toMatchObject({
      failure: { code: 'PJ_PLATFORM_UNREACHABLE', words: expect.stringContaining('ECONNREFUSED') },
    });
  });

  test('to a name that does not exist', async () => {
    expect(await exchange({}, 'http://no-such-host.invalid/gateway.do')).toMatchObject({
      failure: { code: 'PJ_PLATFORM_UNREACHABLE' },
    });
  });

  test('that is reset: the SDK sends the same request once more, then gives up', async () => {
    behave = (request) => request.socket.resetAndDestroy();
    expect(await exchange()).toMatchObject({ failure: { code: 'PJ_PLATFORM_LOST' } });
    expect(requests).toBe(2);
  });

  test('that is reset once is answered at the second sending, and says so', async () => {
    behave = (request, response) => (requests === 1 ? request.socket.resetAndDestroy() : response.end(signed(NODE)));
    expect(await exchange()).toEqual({ response: JSON.parse(NODE), repeated: true });
  });

  test('that breaks in the middle of the answer', async () => {
    behave = (request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write(signed(NODE).slice(0, 50), () => request.socket.destroy());
    };
    expect(await exchange()).toMatchObject({ failure: { code: 'PJ_PLATFORM_LOST' } });
  });

  test('that stays silent', async () => {
    behave = () => {};
    expect(await exchange({ timeoutMs: 20 })).toMatchObject({ failure: { code: 'PJ_PLATFORM_TIMEOUT' } });
  });

  test('that falls silent in the middle of the answer', async () => {
    behave = (_request, response) => void response.write('{"alipay');
    expect(await exchange({ timeoutMs: 20 })).toMatchObject({ failure: { code: 'PJ_PLATFORM_TIMEOUT' } });
  });
});

test('a key that cannot be read stops the start, not the first sale', () => {
  expect(() => createSdkTransport(config(gateway, { privateKey: 'nonsense' }))).toThrow(
    expect.objectContaining({ code: 'PJ_KEY' }),
  );
});

describe('against the emulated platform, over HTTP, by the vendor’s SDK', () => {
  const world = async (more: object = {}) => {
    const platform = createEmulatedPlatform({ clock: wallClock, random: seededRandom(1) });
    const served = await servePlatform(platform, { keys: KEYS });
    const acquirer = createAlipayAcquirer({ transport: createSdkTransport(config(`${served.url}/gateway.do`, more)) });
    return {
      platform,
      acquirer,
      authorize: (code: string) =>
        new Promise<AuthorizeAnswer>((resolve) => acquirer.authorize({ ...REQUEST, code }, resolve)),
      async [Symbol.asyncDispose]() {
        platform.close();
        await served.close();
      },
    };
  };

  test('a customer pays', async () => {
    await using one = await world();
    expect(await one.authorize(one.platform.issueCode({ behaviour: 'pays' }))).toMatchObject({
      outcome: 'paid',
      amountFen: 1280,
      tradeNo: one.platform.ledger.trade('A1')?.tradeNo,
    });
    expect(await new Promise((resolve) => one.acquirer.query('A1', resolve))).toMatchObject({ outcome: 'paid' });
    expect(await new Promise((resolve) => one.acquirer.cancel('A1', resolve))).toEqual({
      outcome: 'cancelled',
      action: 'refund',
    });
  });

  test('a customer has no money, and the code is used up', async () => {
    await using one = await world();
    const code = one.platform.issueCode({ behaviour: 'no-money' });
    expect(await one.authorize(code)).toMatchObject({ outcome: 'refused', code: 'ACQ.BUYER_BALANCE_NOT_ENOUGH' });
    expect(await one.authorize(code)).toMatchObject({ outcome: 'refused', code: 'ACQ.PAYMENT_AUTH_CODE_INVALID' });
  });

  test('an answer is lost after the booking: unknown, and by a query paid', async () => {
    await using one = await world({ timeoutMs: 20 });
    const undo = one.platform.site.onAnswer(() => 'lose');
    expect(await one.authorize(one.platform.issueCode({ behaviour: 'pays' }))).toMatchObject({
      outcome: 'unknown',
      code: 'PJ_PLATFORM_TIMEOUT',
    });
    undo();
    expect(await new Promise((resolve) => one.acquirer.query('A1', resolve))).toMatchObject({ outcome: 'paid' });
  });

  test('the merchant’s key is another: refused in the platform’s signed words', async () => {
    await using one = await world({ privateKey: pair().privateKey });
    expect(await one.authorize(REQUEST.code)).toMatchObject({ outcome: 'refused', code: 'isv.invalid-signature' });
    expect(one.platform.ledger.trades()).toEqual([]);
  });

  test('the platform’s key is another: the money has moved, and the answer is not believed', async () => {
    await using one = await world({ platformPublicKey: pair().publicKey });
    expect(await one.authorize(REQUEST.code)).toMatchObject({
      outcome: 'unknown',
      code: 'PJ_PLATFORM_SIGNATURE',
      words: expect.stringContaining('Check appId and platformPublicKey'),
    });
    expect(one.platform.ledger.trade('A1')?.paidFen).toBe(1280);
  });

  test('the app is another: unknown, with what the platform said', async () => {
    await using one = await world({ appId: '2021000000000002' });
    expect(await one.authorize(REQUEST.code)).toMatchObject({
      outcome: 'unknown',
      code: 'PJ_PLATFORM_SIGNATURE',
      words: expect.stringContaining('isv.invalid-app-id'),
    });
  });
});
