import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { EMULATED_APP_ID, servePlatform } from '../../src/emulator/platform/alipay/http.js';
import { testKeys } from '../../src/emulator/platform/keys.js';
import { createEmulatedPlatform } from '../../src/emulator/platform/platform.js';
import { seededRandom } from '../../src/ground/seeded-random.js';
import { wallClock } from '../../src/ground/wall-clock.js';
import { Program } from './program.js';
import { openShop, type Shop } from './shop.js';
import { until } from './until.js';

const closings: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

const SHORT = { queryIntervalMs: 20, cancelIntervalMs: 20, guardFirstMs: 50 };
const SALE = ['--amount', '12.80', '--lang', 'en'];

/** A shop whose platform is in another process than its terminal. */
async function shopWithPlatformElsewhere() {
  const shop = openShop();
  const keys = await testKeys(shop.file('platform', 'keys'));
  const platform = createEmulatedPlatform({ clock: wallClock, random: seededRandom(1) });
  const served = await servePlatform(platform, { keys });
  closings.push(() => served.close());
  configure(shop, `${served.url}/gateway.do`);
  fs.writeFileSync(shop.file('alipay-public.pem'), keys.platform.publicKey);
  return { shop, platform, keys, code: platform.issueCode({ behaviour: 'pays' }) };
}

function configure(shop: Shop, gateway: string): void {
  const platform = {
    gateway,
    appId: EMULATED_APP_ID,
    privateKeyFile: 'platform/keys/merchant-private.pem',
    platformPublicKeyFile: 'alipay-public.pem',
    timeoutMs: 3_600_000, // The terminal's own time-outs are meant to be enough.
  };
  shop.configure({ timings: SHORT, platform });
}

/** A key that somebody has put in by mistake. */
function strangersKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2_048 })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString();
}

describe('a platform elsewhere', () => {
  test('is reached by configuration alone: the sale is in its books, and a used code is not paid twice', async () => {
    const { shop, platform, code } = await shopWithPlatformElsewhere();
    expect((await shop.run('sale', ...SALE, '--code', code)).code).toBe(0);
    expect(platform.ledger.trades()).toMatchObject([{ code, state: 'TRADE_SUCCESS', paidFen: 1_280 }]);
    expect((await shop.run('sale', ...SALE, '--code', code)).code).toBe(20);
    expect(platform.ledger.trades()).toHaveLength(1);
  });

  test('has no emulated customers: start makes no first sale and says so, and a sale needs a code', async () => {
    const { shop, platform } = await shopWithPlatformElsewhere();
    const { code, stdout } = await shop.run('start', '--once', '--port', '0');
    expect(code).toBe(0);
    expect(stdout).toContain('no first sale: the platform is a real one');
    const sale = await shop.run('sale', ...SALE);
    expect(sale.code).toBe(2);
    expect(sale.stderr).toContain('[PJ_NO_CUSTOMER]');
    expect(platform.ledger.trades()).toEqual([]);
  });
});

describe('a fixture at a platform elsewhere', () => {
  const FIXTURE = `
title: { zh: 别处的平台, en: A platform elsewhere }
steps:
  - sell: { yuan: 12.80, as: coffee, customer: pays }
  - wait: { settled: coffee }
  - wait: free
  - sell: { yuan: 9.90, as: tea, customer: no-money }
expect:
  sales:
    coffee: { payment: paid, ticket: printed }
    tea: { payment: not-paid, ticket: none }
`;

  test('has the customers of an emulated one, each with a code of that platform', async () => {
    const { shop, platform } = await shopWithPlatformElsewhere();
    fs.writeFileSync(shop.file('two.yaml'), FIXTURE);
    const args = [shop.file('two.yaml'), '--config', shop.file('config.yaml')];
    const { code, stdout, stderr } = await new Program(['run', '--real', ...args]).ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/1 run from 1 file: 1 passed/);
    expect(platform.ledger.trades()).toMatchObject([{ state: 'TRADE_SUCCESS', paidFen: 1_280 }]);
  });
});

describe('faults of the network', () => {
  test('are possible on the way to a platform elsewhere, over plain HTTP', async () => {
    const { shop, platform, code } = await shopWithPlatformElsewhere();
    const sale = await shop.run('sale', ...SALE, '--code', code, '--fault', 'network.server-error:status=504');
    expect(sale.code).toBe(0);
    expect(shop.records('platform-answer')[0]).toMatchObject({
      code: 'PJ_PLATFORM_HTTP',
      words: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/gateway\.do answered with HTTP status 504/),
    });
    expect(shop.records('payment')).toMatchObject([{ fact: 'paid', by: 'query' }]);
    expect(platform.ledger.trades()).toHaveLength(1);
  });

  test('are not possible over TLS, and it is said why', async () => {
    const { shop } = await shopWithPlatformElsewhere();
    configure(shop, 'https://127.0.0.1:9/gateway.do');
    const { code, stderr } = await shop.run('sale', ...SALE, '--code', '281234567890123456', '--fault', 'network.down');
    expect(code).toBe(2);
    expect(stderr).toContain('[PJ_FAULT_IMPOSSIBLE]');
    expect(stderr).toContain('this world has no plain HTTP on the way to the platform (its gateway is https)');
  });
});

describe('a platform whose key in the configuration is the wrong one', () => {
  test('nothing that it says is believed: unknown, and the keys are named as the cause; put right, the sale settles', async () => {
    const { shop, platform, keys, code } = await shopWithPlatformElsewhere();
    fs.writeFileSync(shop.file('alipay-public.pem'), strangersKey());
    const wrong = await shop.run('sale', ...SALE, '--code', code);
    expect(wrong.code).toBe(30);
    expect(wrong.stdout).toMatch(/payment {3}not known yet\n/);
    expect(wrong.stdout).toMatch(/cause {5}the terminal is configured wrongly \[terminal\.misconfigured/);
    expect(shop.records('platform-answer')[0]).toMatchObject({
      code: 'PJ_PLATFORM_SIGNATURE',
      words: expect.stringContaining('Check appId and platformPublicKey'),
    });

    fs.writeFileSync(shop.file('alipay-public.pem'), keys.platform.publicKey);
    const program = shop.start();
    expect(await shop.record('payment')).toMatchObject({ fact: 'reversed', by: 'cancel' });
    expect((await program.signal('SIGTERM')).code).toBe(0);
    expect(platform.ledger.trades()).toMatchObject([{ paidFen: 1_280, refundedFen: 1_280 }]);
  });

  test("the app's own key in its place is noticed before anything is sold", async () => {
    const { shop, keys } = await shopWithPlatformElsewhere();
    const own = createPublicKey(keys.merchant.privateKey).export({ type: 'spki', format: 'pem' });
    fs.writeFileSync(shop.file('alipay-public.pem'), own);
    const { code, stderr } = await shop.run('start', '--once');
    expect(code).toBe(2);
    expect(stderr).toMatch(/it is the app's own public key, and the platform's is wanted.* \[PJ_KEY\]\n$/);
  });
});

describe('a platform that cannot be reached', () => {
  test('the sale ends unknown, and the network is the cause', async () => {
    const { shop, code } = await shopWithPlatformElsewhere();
    for (const close of closings.splice(0)) await close();
    const sale = await shop.run('sale', ...SALE, '--code', code);
    expect(sale.code).toBe(30);
    expect(sale.stdout).toContain('[network.unstable');
    expect(shop.records('platform-answer')[0]).toMatchObject({ code: 'PJ_PLATFORM_UNREACHABLE' });
  });

  test('one that takes the request and says nothing does not hold up the shutdown', async () => {
    const { shop, code } = await shopWithPlatformElsewhere();
    let asked = false;
    const silent = createServer((socket) => socket.on('data', () => (asked = true)).on('error', () => {}));
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    closings.push(() => silent.close());
    configure(shop, `http://127.0.0.1:${(silent.address() as AddressInfo).port}/gateway.do`);
    const program = shop.start(['--lang', 'en'], { stdin: 'open' });
    await program.says(/^ready in /m);
    program.type('sale 12.80 -');
    await program.says(/Show your payment code/);
    program.type(code);
    await until(() => asked, 'the request to arrive');
    expect((await program.signal('SIGTERM')).code).toBe(0);
  });
});
