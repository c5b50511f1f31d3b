import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSdkTransport } from '../../../src/acquirer/alipay/sdk-transport.js';
import type { AlipayTransport, ExchangeResult } from '../../../src/acquirer/alipay/transport.js';
import { EMULATED_APP_ID, type ServedPlatform, servePlatform } from '../../../src/emulator/platform/alipay/http.js';
import { createEmulatedPlatform, type EmulatedPlatform } from '../../../src/emulator/platform/platform.js';
import { FaultBoard } from '../../../src/faults/board.js';
import { FAULT_NAMES } from '../../../src/faults/catalogue.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { wallClock } from '../../../src/ground/wall-clock.js';
import type { NetworkSite } from '../../../src/ports/faults.js';
import { openRealNetwork, type RealNetwork } from '../../../src/world/network/route.js';
import { SimulatedNetwork } from '../../../src/world/network/simulated.js';
import { until } from '../../e2e/until.js';

const TIMEOUT_MS = 150;

/** What came of one payment: how it looks to the terminal, and what the platform has of it. */
interface Outcome {
  readonly result: ExchangeResult | undefined;
  /** How often the platform got the request. */
  readonly got: number;
  readonly paidFen: number | undefined;
}

/** A network with an emulated platform at its end. */
interface Ground {
  readonly platform: EmulatedPlatform;
  readonly board: FaultBoard;
  readonly transport: AlipayTransport;
  /** Until there is a result, or all time-outs are over. */
  wait(done: () => boolean): Promise<unknown>;
}

async function payWith(ground: Ground, fault: object): Promise<Outcome> {
  const { platform, board, transport } = ground;
  const orderNo = `order-${platform.log.length}-${platform.ledger.trades().length}`;
  const content = {
    out_trade_no: orderNo,
    scene: 'bar_code',
    auth_code: platform.issueCode({ behaviour: 'pays' }),
    subject: '拿铁',
    total_amount: '12.80',
  };
  board.put({ fault: '', ...fault });
  let result: ExchangeResult | undefined;
  transport.exchange('alipay.trade.pay', content, (came) => {
    expect(result).toBeUndefined();
    result = came;
  });
  await ground.wait(() => result !== undefined);
  const seen = { got: platform.log.filter((entry) => entry.orderNo === orderNo).length, result };
  board.clearAll();
  return { ...seen, paidFen: platform.ledger.trade(orderNo)?.paidFen };
}

function simulated(): Ground {
  const clock = new VirtualClock();
  const platform = createEmulatedPlatform({ clock, random: seededRandom(1) });
  const network = new SimulatedNetwork({
    clock,
    random: seededRandom(2),
    platform,
    tripMs: 1,
    timeoutMs: TIMEOUT_MS,
    frame: {},
  });
  return {
    platform,
    board: boardOf(network.site, clock),
    transport: network,
    wait: async (done) => clock.runUntil(done, 20_000),
  };
}

const boardOf = (network: NetworkSite, clock: typeof wallClock) =>
  new FaultBoard({ sites: { network }, clock, random: seededRandom(1) });

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });

let real: Ground & { readonly network: RealNetwork; readonly served: ServedPlatform };

beforeAll(async () => {
  const keys = { merchant: pair(), platform: pair() };
  const platform = createEmulatedPlatform({ clock: wallClock, random: seededRandom(1) });
  const served = await servePlatform(platform, { keys });
  const network = await openRealNetwork({
    clock: wallClock,
    random: seededRandom(2),
    target: served.url,
    always: true,
  });
  const transport = createSdkTransport(
    {
      gateway: `${served.url}/gateway.do`,
      appId: EMULATED_APP_ID,
      privateKey: keys.merchant.privateKey,
      platformPublicKey: keys.platform.publicKey,
      timeoutMs: TIMEOUT_MS,
    },
    network.route,
  );
  const wait = (done: () => boolean) => until(done, 'the exchange to end');
  real = { platform, board: boardOf(network.site, wallClock), transport, wait, network, served };
});

afterAll(async () => {
  await real.network.close();
  await real.served.close();
  real.platform.close();
});

/** Without what differs from place to place and from payment to payment: addresses, numbers, times, signatures. */
function plain({ result, ...rest }: Outcome): object {
  if (result === undefined) return { ...rest, result };
  if ('response' in result) return { ...rest, response: { ...result.response, ...CHANGING } };
  const words = result.failure.words
    .replaceAll(/http:\/\/[\w.:]+\/gateway\.do/g, 'GATEWAY')
    .replaceAll(/\b\d+\.\d+\.\d+\.\d+(:\d+)?/g, 'ADDRESS')
    .replaceAll(/(IP: ADDRESS|Host: [\w.]+) is not in the cert's (list: |altnames: [^\s)]+)/g, 'NOT HERE')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'TIME')
    .replaceAll(/order-\d+-\d+|1\d\d\*{4}\d{4}|\d{16,28}/g, 'NUMBER');
  return { ...rest, failure: { ...result.failure, words } };
}

const CHANGING = { out_trade_no: '', trade_no: '', gmt_payment: '', buyer_logon_id: '', buyer_user_id: '' };

const PAID = { got: 1, paidFen: 1_280, response: { code: '10000' } };
const fails = (code: string, words: string, got: number) => ({
  got,
  paidFen: got > 0 ? 1_280 : undefined,
  failure: { code: `PJ_PLATFORM_${code}`, words: expect.stringContaining(words) },
});
const SILENCE = 'Request timeout for 150 ms';

const CASES: [fault: { fault: string; [attribute: string]: unknown }, seen: object][] = [
  [{ fault: 'network.latency', delayMs: 20, jitterMs: 10 }, PAID],
  [{ fault: 'network.latency', delayMs: 2_500, way: 'answer' }, fails('TIMEOUT', SILENCE, 1)],
  [{ fault: 'network.latency', delayMs: 2_500, way: 'request' }, { ...fails('TIMEOUT', SILENCE, 0) }],
  [{ fault: 'network.refused' }, fails('UNREACHABLE', 'ECONNREFUSED', 0)],
  [{ fault: 'network.reset', times: 1 }, PAID],
  [{ fault: 'network.reset' }, fails('LOST', 'ECONNRESET', 0)],
  [
    { fault: 'network.reset', delivered: true, times: 1 },
    { ...PAID, got: 2 },
  ],
  [{ fault: 'network.reset', delivered: true }, fails('LOST', 'ECONNRESET', 2)],
  [{ fault: 'network.black-hole' }, fails('TIMEOUT', SILENCE, 0)],
  [{ fault: 'network.request-lost' }, fails('TIMEOUT', SILENCE, 0)],
  [{ fault: 'network.answer-lost' }, fails('TIMEOUT', SILENCE, 1)],
  [
    { fault: 'network.half-body', times: 1 },
    { ...PAID, got: 2 },
  ],
  [{ fault: 'network.half-body' }, fails('LOST', 'other side closed', 2)],
  [{ fault: 'network.half-body', ending: 'as-whole' }, fails('GARBAGE', 'It sent: {"alipay_trade_pay_response":{', 1)],
  [{ fault: 'network.garbage-body' }, fails('GARBAGE', 'Please sign in', 1)],
  [
    { fault: 'network.garbage-body', delivered: false, body: 'null and void' },
    fails('GARBAGE', 'It sent: null and void', 0),
  ],
  [{ fault: 'network.empty-body' }, fails('GARBAGE', 'it is empty', 1)],
  [{ fault: 'network.server-error' }, fails('HTTP', 'HTTP status 502', 1)],
  [{ fault: 'network.server-error', status: 503, delivered: false }, fails('HTTP', 'HTTP status 503', 0)],
  [{ fault: 'network.bad-certificate' }, fails('CERTIFICATE', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 0)],
  [{ fault: 'network.bad-certificate', problem: 'wrong-host' }, fails('CERTIFICATE', 'ALTNAME_INVALID', 0)],
  [{ fault: 'network.expired-certificate' }, fails('CERTIFICATE', 'CERT_HAS_EXPIRED', 0)],
  [{ fault: 'network.drip', bytes: 200, everyMs: 10 }, PAID],
  [{ fault: 'network.drip', bytes: 200, everyMs: 10_000 }, fails('TIMEOUT', SILENCE, 1)],
  [{ fault: 'network.down' }, fails('TIMEOUT', SILENCE, 0)],
];

test('every fault of the network is here', () => {
  const names = FAULT_NAMES.filter((name) => name.startsWith('network.'));
  expect([...new Set(CASES.map(([{ fault }]) => fault))].sort()).toEqual([...names].sort());
});

describe('a payment over a network with', () => {
  test.each(CASES)('%j looks the same on both grounds', async (fault, seen) => {
    const inSimulation = plain(await payWith(simulated(), fault));
    expect(inSimulation).toMatchObject(seen);
    expect(plain(await payWith(real, fault))).toEqual(inSimulation);
  });
});

describe('what sets out while the link is down', () => {
  test.each([
    ['simulated', () => simulated()],
    ['real', () => real],
  ])('arrives when it is up again, though nobody waits for it any more: %s', async (_, ground) => {
    const { platform, wait, ...rest } = ground();
    const before = platform.ledger.trades().length;
    await payWith({ platform, wait, ...rest }, { fault: 'network.down' });
    await wait(() => platform.ledger.trades().length > before);
    expect(platform.ledger.trades().at(-1)).toMatchObject({ paidFen: 1_280 });
  });

  test.each([
    ['simulated', () => simulated()],
    ['real', () => real],
  ])('and so does a request that is slow: %s', async (_, ground) => {
    const { platform, wait, ...rest } = ground();
    const before = platform.ledger.trades().length;
    await payWith({ platform, wait, ...rest }, { fault: 'network.latency', delayMs: 2_500, way: 'request' });
    await wait(() => platform.ledger.trades().length > before);
  });
});

test('without a fault a payment goes by the proxy as it does without one', async () => {
  const fault = { fault: 'network.reset', method: 'alipay.trade.refund' };
  expect(plain(await payWith(real, fault))).toMatchObject(PAID);
  expect(plain(await payWith(simulated(), fault))).toMatchObject(PAID);
});
