/** Faults of the platform as the vendor's own SDK meets them, over real HTTP. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AlipaySdk } from 'alipay-sdk';
import { describe, expect, test } from 'vitest';
import { createAlipayAcquirer } from '../../../../src/acquirer/alipay/acquirer.js';
import { createSdkNoticeDoor } from '../../../../src/acquirer/alipay/sdk-notices.js';
import { createSdkTransport } from '../../../../src/acquirer/alipay/sdk-transport.js';
import { EMULATED_APP_ID } from '../../../../src/emulator/platform/alipay/http.js';
import { FaultBoard } from '../../../../src/faults/board.js';
import type { FaultRecord } from '../../../../src/faults/fault.js';
import { seededRandom } from '../../../../src/ground/seeded-random.js';
import { wallClock } from '../../../../src/ground/wall-clock.js';
import type { Acquirer, AuthorizeAnswer, CancelAnswer, QueryAnswer } from '../../../../src/ports/acquirer.js';
import { KEYS, STRANGER, servedPlatform } from './support.js';

/** A served platform with faults, and an acquirer of the vendor's SDK on it. */
async function faulty(faults: readonly FaultRecord[], notifyUrl?: string) {
  const served = await servedPlatform();
  const board = new FaultBoard({
    sites: { platform: served.platform.site, notices: served.server.notices },
    clock: wallClock,
    random: seededRandom(1),
  });
  for (const fault of faults) board.put(fault);
  const config = {
    gateway: served.gateway,
    appId: EMULATED_APP_ID,
    privateKey: KEYS.merchant.privateKey,
    platformPublicKey: KEYS.platform.publicKey,
    notifyUrl: () => notifyUrl,
  };
  const acquirer = createAlipayAcquirer({ transport: createSdkTransport(config) });
  return { ...served, board, config, acquirer };
}

const REQUEST = { orderNo: 'A1', amountFen: 1_280, subject: '拿铁', terminalId: 'T01' };
const authorize = (acquirer: Acquirer, code: string) =>
  new Promise<AuthorizeAnswer>((done) => acquirer.authorize({ ...REQUEST, code }, done));
const query = (acquirer: Acquirer) => new Promise<QueryAnswer>((done) => acquirer.query('A1', done));
const cancel = (acquirer: Acquirer) => new Promise<CancelAnswer>((done) => acquirer.cancel('A1', done));

describe('a payment over HTTP', () => {
  test.each<[FaultRecord, object, number]>([
    [{ fault: 'platform.system-error' }, { outcome: 'unknown', code: 'ACQ.SYSTEM_ERROR' }, 1_280],
    [{ fault: 'platform.maintenance' }, { outcome: 'unknown', code: 'PJ_PLATFORM_HTTP' }, 0],
    [{ fault: 'platform.maintenance', says: '20000' }, { outcome: 'unknown', code: 'isp.unknow-error' }, 0],
    [{ fault: 'platform.rate-limit', requests: 0 }, { outcome: 'unknown', code: 'isv.app-call-limited' }, 0],
    [{ fault: 'platform.wrong-amount' }, { outcome: 'unknown', code: 'PJ_PLATFORM_ANSWER' }, 1_280],
    [{ fault: 'platform.bad-signature' }, { outcome: 'unknown', code: 'PJ_PLATFORM_SIGNATURE' }, 1_280],
    [{ fault: 'platform.clock-skew' }, { outcome: 'refused', code: 'isv.invalid-timestamp' }, 0],
    [{ fault: 'platform.clock-skew', aheadMs: 300_000 }, { outcome: 'paid', amountFen: 1_280 }, 1_280],
    [{ fault: 'platform.password-asked' }, { outcome: 'waiting', code: '10003' }, 0],
    [{ fault: 'platform.peak', medianMs: 5, worstMs: 20 }, { outcome: 'paid', amountFen: 1_280 }, 1_280],
  ])('%j: %j, with %i fen in the books', async (record, answer, paidFen) => {
    await using world = await faulty([record]);
    const code = world.platform.issueCode({ behaviour: 'pays' });
    expect(await authorize(world.acquirer, code)).toMatchObject(answer);
    expect(world.platform.ledger.trade('A1')?.paidFen ?? 0).toBe(paidFen);
  });

  test('and in memory a transport is said to have failed with the same codes', async () => {
    for (const fault of ['platform.maintenance', 'platform.bad-signature']) {
      await using world = await faulty([{ fault }, { fault: 'platform.bad-signature', method: 'alipay.trade.query' }]);
      const http = await query(world.acquirer);
      world.board.clearAll();
      world.board.put({ fault });
      world.board.put({ fault: 'platform.bad-signature', method: 'alipay.trade.query' });
      const memory = await new Promise<object>((done) =>
        world.platform.exchange('alipay.trade.query', { out_trade_no: 'A1' }, done),
      );
      expect(memory).toMatchObject({ failure: { code: 'code' in http ? http.code : 'none' } });
    }
  });
});

test('booked, and the connection breaks: the repeat, which the SDK sends by itself, is one too many, and nobody calls it refused', async () => {
  await using world = await faulty([{ fault: 'platform.rate-limit', requests: 1 }]);
  let forwarded = 0;
  const breaking = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { 'content-type': type = '' } = request.headers;
    const body = Buffer.concat(chunks);
    const url = `${world.server.url}${request.url}`;
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
    if (++forwarded === 1) request.socket.resetAndDestroy();
    else response.end(await answer.text());
  });
  await once(breaking.listen(0, '127.0.0.1'), 'listening');
  const gateway = `http://127.0.0.1:${(breaking.address() as AddressInfo).port}/gateway.do`; // It listens on TCP.
  const acquirer = createAlipayAcquirer({ transport: createSdkTransport({ ...world.config, gateway }) });
  const answer = await authorize(acquirer, world.platform.issueCode({ behaviour: 'pays' }));
  breaking.close();
  expect(forwarded).toBe(2);
  expect(world.platform.ledger.trade('A1')).toMatchObject({ state: 'TRADE_SUCCESS', paidFen: 1_280 });
  expect(answer).toMatchObject({ outcome: 'unknown', code: 'isv.app-call-limited' });
});

test('a stale query over HTTP: not found, which is not "not paid"', async () => {
  await using world = await faulty([{ fault: 'platform.stale-query' }]);
  await authorize(world.acquirer, world.platform.issueCode({ behaviour: 'pays' }));
  expect(await query(world.acquirer)).toMatchObject({ outcome: 'not-found', code: 'ACQ.TRADE_NOT_EXIST' });
});

test('a cancel that is refused over HTTP', async () => {
  await using world = await faulty([{ fault: 'platform.cancel-refused' }]);
  await authorize(world.acquirer, world.platform.issueCode({ behaviour: 'pays' }));
  expect(await cancel(world.acquirer)).toMatchObject({ outcome: 'refused', code: 'ACQ.SELLER_BALANCE_NOT_ENOUGH' });
});

describe('a notice over HTTP', () => {
  /** A merchant's server that keeps the first form that it is sent. */
  async function told(faults: readonly FaultRecord[]) {
    let keep: (form: Record<string, string>) => void = () => {};
    const heard = new Promise<Record<string, string>>((resolve) => {
      keep = resolve;
    });
    const shop = createServer((request, response) => {
      let body = '';
      request.on('data', (bytes) => (body += bytes));
      request.on('end', () => {
        expect([request.method, request.url]).toEqual(['POST', '/notify']);
        expect(request.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
        response.end('success');
        keep(Object.fromEntries(new URLSearchParams(body)));
      });
    });
    await once(shop.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/notify`; // It listens on TCP.
    try {
      await using world = await faulty(faults, url);
      await authorize(world.acquirer, world.platform.issueCode({ behaviour: 'pays' }));
      const form = await heard;
      return { form, config: world.config };
    } finally {
      shop.closeAllConnections();
      shop.close();
    }
  }

  const vendor = (publicKey: string) =>
    new AlipaySdk({
      appId: EMULATED_APP_ID,
      privateKey: KEYS.merchant.privateKey,
      keyType: 'PKCS8',
      alipayPublicKey: publicKey,
    });

  test("is signed so that the vendor's own check holds, by the platform's key and no other", async () => {
    const { form, config } = await told([]);
    expect(form).toMatchObject({
      out_trade_no: 'A1',
      trade_status: 'TRADE_SUCCESS',
      total_amount: '12.80',
      subject: '拿铁',
    });
    expect(vendor(KEYS.platform.publicKey).checkNotifySignV2(form)).toBe(true);
    expect(vendor(STRANGER.publicKey).checkNotifySignV2(form)).toBe(false);
    const changed = { ...form, total_amount: '92.80' };
    expect(vendor(KEYS.platform.publicKey).checkNotifySignV2(changed)).toBe(false);

    const door = createSdkNoticeDoor(config);
    const heard: object[] = [];
    door.watch((one) => heard.push(one));
    door.receive(form, () => {});
    expect(heard).toEqual([form]);
    for (const bad of [
      changed,
      { ...form, sign_type: 'RSA' },
      { ...form, sign_type: 'none' },
      { ...form, app_id: '1' },
    ]) {
      expect(() => door.receive(bad, () => {})).toThrow(expect.objectContaining({ code: 'PJ_NOTICE' }));
    }
    expect(heard).toHaveLength(1);
  });

  test('with a bad signature does not pass', async () => {
    const { form } = await told([{ fault: 'platform.bad-signature', method: 'notify' }]);
    expect(vendor(KEYS.platform.publicKey).checkNotifySignV2(form)).toBe(false);
  });
});
