import { createVerify } from 'node:crypto';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { servePlatform } from '../../../../src/emulator/platform/alipay/http.js';
import { KEYS, parameters, STRANGER, servedPlatform } from './support.js';

const post = (url: string, body: string | URLSearchParams, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers });

describe('the gateway over HTTP', () => {
  test('signs the very characters of the node', async () => {
    await using world = await servedPlatform();
    const response = await post(world.gateway, parameters());
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html;charset=utf-8');
    const text = await response.text();
    const parts = /^\{"alipay_trade_query_response":(\{.*\}),"sign":"([^"]+)"\}$/.exec(text);
    const [, node = '', sign = ''] = parts ?? [];
    expect(JSON.parse(node)).toMatchObject({ code: '40004', sub_code: 'ACQ.TRADE_NOT_EXIST', out_trade_no: 'A1' });
    expect(createVerify('RSA-SHA256').update(node).verify(KEYS.platform.publicKey, sign, 'base64')).toBe(true);
  });

  test('takes system parameters from the address as well as from the body', async () => {
    await using world = await servedPlatform();
    const all = parameters();
    const bizContent = all.get('biz_content') ?? '';
    all.delete('biz_content');
    const response = await post(`${world.gateway}?${all}`, new URLSearchParams({ biz_content: bizContent }));
    expect(await response.text()).toContain('ACQ.TRADE_NOT_EXIST');
  });

  test.each([
    [{ method: undefined }, 'isv.missing-method', 'error_response'],
    [{ app_id: undefined }, 'isv.missing-app-id'],
    [{ app_id: '2021000000000002' }, 'isv.invalid-app-id'],
    [{ sign_type: undefined }, 'isv.missing-signature-type'],
    [{ sign_type: 'RSA' }, 'isv.invalid-signature-type'],
    [{ sign: undefined }, 'isv.missing-signature'],
    [{ timestamp: undefined }, 'isv.missing-timestamp'],
    [{ timestamp: '1767225600' }, 'isv.invalid-timestamp'],
    [{ version: undefined }, 'isv.missing-version'],
    [{ version: '2.0' }, 'isv.invalid-parameter'],
    [{ charset: 'latin1' }, 'isv.invalid-charset'],
    [{ format: 'xml' }, 'isv.invalid-format'],
  ])('refuses %j before it knows the sender, so without a signature: %s', async (change, subCode, key?: string) => {
    await using world = await servedPlatform();
    const answer = JSON.parse(await (await post(world.gateway, parameters(change))).text());
    expect(answer).toEqual({
      [key ?? 'alipay_trade_query_response']: expect.objectContaining({
        code: expect.stringMatching(/^4000[12]$/),
        msg: expect.stringMatching(/^(Missing Required|Invalid) Arguments$/),
        sub_code: subCode,
      }),
    });
    expect(world.platform.log).toMatchObject([{ response: { sub_code: subCode } }]);
  });

  test.each([
    ['by somebody else', parameters({}, STRANGER.privateKey)],
    ['that is no base64', parameters({ sign: '%%%' })],
    [
      'over another amount',
      (() => {
        const changed = parameters({
          method: 'alipay.trade.refund',
          biz_content: '{"out_trade_no":"A1","refund_amount":"1.00"}',
        });
        changed.set('biz_content', '{"out_trade_no":"A1","refund_amount":"9.00"}');
        return changed;
      })(),
    ],
  ])('refuses a signature %s, and signs that', async (_what, body) => {
    await using world = await servedPlatform();
    const text = await (await post(world.gateway, body)).text();
    expect(text).toContain('"sub_code":"isv.invalid-signature"');
    expect(text).toContain('网关生成的验签字符串为：app_id=2021000000000001&');
    expect(text).toContain('"sign":');
  });

  test('refuses a signed biz_content that is no JSON', async () => {
    await using world = await servedPlatform();
    const text = await (await post(world.gateway, parameters({ biz_content: '{"out_trade_no":' }))).text();
    expect(text).toContain('"sub_code":"isv.invalid-parameter"');
  });

  test('refuses a body of 10 MB, and stays up', async () => {
    await using world = await servedPlatform();
    const response = await post(world.gateway, 'x'.repeat(10_000_000), {
      'content-type': 'application/x-www-form-urlencoded',
    }).catch((error: unknown) => error);
    if (response instanceof Response) {
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({ message: expect.stringContaining('larger than 262144 bytes') });
    } // Else the server hung up while the body was still coming, which undici tells as a broken connection.
    expect((await post(world.gateway, parameters())).status).toBe(200);
  });

  test('says so when a body is too large, before it has all come', async () => {
    await using world = await servedPlatform();
    const { port } = new URL(world.server.url);
    const heard = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        const type = 'content-type: application/x-www-form-urlencoded';
        socket.write(`POST /gateway.do HTTP/1.1\r\nhost: x\r\n${type}\r\ncontent-length: 10000000\r\n\r\n`);
      });
      socket.once('data', (bytes) => {
        resolve(bytes.toString());
        socket.destroy();
      });
      socket.once('error', reject);
    });
    expect(heard).toContain('HTTP/1.1 413');
  });

  test('refuses other content types, addresses and methods in a sentence', async () => {
    await using world = await servedPlatform();
    const xml = await post(world.gateway, '<a/>', { 'content-type': 'text/xml' });
    expect([xml.status, await xml.json()]).toEqual([415, { code: 'PJ_REQUEST', message: expect.any(String) }]);
    const lost = await fetch(`${world.server.url}/nowhere`);
    expect([lost.status, await lost.json()]).toEqual([
      404,
      { code: 'PJ_REQUEST', message: 'The request GET /nowhere is not accepted: there is nothing at this address.' },
    ]);
  });
});

describe('a second process that plays the customer', () => {
  const json = { 'content-type': 'application/json' };
  const codeOf = async (response: Promise<Response>) =>
    z.object({ code: z.string() }).parse(await (await response).json()).code;

  test('gets codes, and sees trades and log', async () => {
    await using world = await servedPlatform();
    const { url } = world.server;
    const code = await codeOf(post(`${url}/emulator/codes`, '{"behaviour":"confirms","afterMs":0}', json));
    expect(code).toMatch(/^28\d{16}$/);
    const order = `{"out_trade_no":"A1","auth_code":"${code}","subject":"茶","total_amount":"1.00"}`;
    await post(world.gateway, parameters({ method: 'alipay.trade.pay', biz_content: order }));
    expect(await (await fetch(`${url}/emulator/trades`)).json()).toMatchObject([
      { orderNo: 'A1', amountFen: 100, code, refunds: {} },
    ]);
    expect(await (await fetch(`${url}/emulator/log`)).json()).toMatchObject([
      {
        method: 'alipay.trade.pay',
        orderNo: 'A1',
        request: { subject: '茶' },
        response: { code: '10003' },
        fate: 'deliver',
      },
    ]);
  });

  test('gets the code of one who pays when it says nothing', async () => {
    await using world = await servedPlatform({ strictCodes: true });
    const code = await codeOf(fetch(`${world.server.url}/emulator/codes`, { method: 'POST' }));
    const order = `{"out_trade_no":"A1","auth_code":"${code}","subject":"茶","total_amount":"1.00"}`;
    const paid = await post(world.gateway, parameters({ method: 'alipay.trade.pay', biz_content: order }));
    expect(await paid.text()).toContain('"code":"10000"');
  });

  test.each([
    '{"behaviour":"dances"}',
    '{"behaviour":"pays","afterMs":-1}',
    '{"wallet":"wechat"}',
    '{"colour":"red"}',
    '[]',
    '{',
  ])('is told what is wrong with %s', async (body) => {
    await using world = await servedPlatform();
    const response = await post(`${world.server.url}/emulator/codes`, body, json);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ code: 'PJ_REQUEST', message: expect.stringContaining('/emulator/codes') });
  });
});

describe('the server', () => {
  test('says that its port is in use', async () => {
    await using world = await servedPlatform();
    const port = Number(new URL(world.server.url).port);
    await expect(servePlatform(world.platform, { keys: KEYS, port })).rejects.toMatchObject({
      code: 'PJ_PORT_IN_USE',
      message: expect.stringContaining(String(port)),
    });
  });

  test('says that an address is not its own', async () => {
    await using world = await servedPlatform();
    await expect(servePlatform(world.platform, { keys: KEYS, host: '203.0.113.7' })).rejects.toMatchObject({
      code: 'PJ_LISTEN',
    });
  });

  test('closes at once though a lost answer keeps a connection open and silent', async () => {
    await using world = await servedPlatform();
    world.platform.site.onAnswer(() => 'lose');
    const silent = post(world.gateway, parameters()).catch((error: unknown) => error);
    while (world.platform.log.at(-1)?.fate !== 'lose') await new Promise(setImmediate);
    const startedMs = performance.now();
    await world.server.close();
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    expect(await silent).toBeInstanceOf(Error);
    await world.server.close();
  });
});
