import { describe, expect, test } from 'vitest';
import { FaultBoard } from '../../../src/faults/board.js';
import type { FaultRecord } from '../../../src/faults/fault.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { NetworkFaults } from '../../../src/world/network/faults.js';

const UNTOUCHED = { requestDelayMs: 0, answerDelayMs: 0, breaks: undefined, drip: undefined };

/** A network with these faults; `ask` gives the fates of so many requests. */
function network(...records: FaultRecord[]) {
  const clock = new VirtualClock();
  const site = new NetworkFaults(clock, seededRandom(1));
  const board = new FaultBoard({ sites: { network: site }, clock, random: seededRandom(1) });
  const ids = records.map((record) => board.put(record).id);
  const ask = (method: string) => site.fateOf({ method: `alipay.trade.${method}`, orderNo: 'T01' });
  return { clock, site, board, ids, ask };
}

describe('of the requests', () => {
  test('the first one that pays is struck if nothing is said, and no other', () => {
    const { ask } = network({ fault: 'network.request-lost' });
    expect(ask('query')).toEqual(UNTOUCHED);
    expect(ask('pay').breaks).toEqual({ delivered: false, how: 'silence' });
    expect(ask('pay')).toEqual(UNTOUCHED);
  });

  test('those of a method are counted apart, from the one that is named and as many as are asked for', () => {
    const { ask } = network({ fault: 'network.answer-lost', method: 'alipay.trade.query', from: 2, times: 2 });
    const struck = ['query', 'pay', 'query', 'cancel', 'query', 'query'].map((method) => ask(method).breaks?.how);
    expect(struck).toEqual([undefined, undefined, 'silence', undefined, 'silence', undefined]);
  });

  test('any can be struck', () => {
    const { ask } = network({ fault: 'network.empty-body', method: 'any', times: 2 });
    const struck = ['cancel', 'pay', 'query'].map((method) => ask(method).breaks?.how);
    expect(struck).toEqual([{ status: 200, body: '' }, { status: 200, body: '' }, undefined]);
  });

  test('a slow network strikes all, both ways, until it is cleared', () => {
    const { ask, board, ids } = network({ fault: 'network.latency' });
    const slow = { ...UNTOUCHED, requestDelayMs: 1_000, answerDelayMs: 1_000 };
    expect([ask('pay'), ask('query'), ask('query')]).toEqual([slow, slow, slow]);
    board.clear(ids[0] ?? '');
    expect(ask('pay')).toEqual(UNTOUCHED);
  });

  test('a reset strikes the second attempt too, which the SDK makes by itself', () => {
    const { ask } = network({ fault: 'network.reset' });
    expect([ask('pay'), ask('pay'), ask('pay')].map(({ breaks }) => breaks?.how)).toEqual([
      'reset',
      'reset',
      undefined,
    ]);
  });
});

describe('each fault asks for its own thing', () => {
  test.each([
    [
      { fault: 'network.latency', delayMs: 50, way: 'request' },
      { requestDelayMs: 50, answerDelayMs: 0 },
    ],
    [
      { fault: 'network.latency', delayMs: 50, way: 'answer' },
      { requestDelayMs: 0, answerDelayMs: 50 },
    ],
    [{ fault: 'network.reset', delivered: true }, { breaks: { delivered: true, how: 'reset' } }],
    [{ fault: 'network.half-body' }, { breaks: { delivered: true, how: { half: 'broken-off' } } }],
    [{ fault: 'network.half-body', ending: 'as-whole' }, { breaks: { delivered: true, how: { half: 'as-whole' } } }],
    [
      { fault: 'network.garbage-body', body: 'hello' },
      { breaks: { delivered: true, how: { status: 200, body: 'hello' } } },
    ],
    [
      { fault: 'network.empty-body', delivered: false },
      { breaks: { delivered: false, how: { status: 200, body: '' } } },
    ],
    [{ fault: 'network.server-error', status: 504 }, { breaks: { delivered: true, how: { status: 504 } } }],
    [{ fault: 'network.drip' }, { drip: { bytes: 32, everyMs: 1_000 } }],
  ])('%j', (record, fate) => {
    expect(network(record).ask('pay')).toMatchObject(fate);
  });
});

describe('several faults at once', () => {
  test('delays add up', () => {
    const { ask } = network(
      { fault: 'network.latency', delayMs: 100 },
      { fault: 'network.latency', delayMs: 20, way: 'answer' },
    );
    expect(ask('pay')).toEqual({ ...UNTOUCHED, requestDelayMs: 100, answerDelayMs: 120 });
  });

  test.each([
    [['network.request-lost', 'network.server-error'], 'silence'],
    [['network.server-error', 'network.request-lost'], 'silence'],
    [['network.answer-lost', 'network.empty-body'], { status: 200, body: '' }],
  ])('of %j the one counts that comes first on the way, or else was put in last', (names, how) => {
    const { ask } = network(...names.map((fault) => ({ fault })));
    expect(ask('pay').breaks?.how).toEqual(how);
  });

  test('each counts its own requests, also those that another strikes', () => {
    const { ask } = network(
      { fault: 'network.request-lost', times: 2 },
      { fault: 'network.server-error', from: 2, times: 2 },
    );
    expect([ask('pay'), ask('pay'), ask('pay')].map(({ breaks }) => breaks?.how)).toEqual([
      'silence',
      'silence',
      { status: 502, body: '<html><body><h1>502</h1></body></html>' },
    ]);
  });
});

describe('jitter', () => {
  test('is on top of the delay, within its bound, and the same for the same seed', () => {
    const drawn = () => {
      const { ask } = network({ fault: 'network.latency', delayMs: 100, jitterMs: 40 });
      return Array.from({ length: 200 }, () => ask('pay')).flatMap((fate) => [fate.requestDelayMs, fate.answerDelayMs]);
    };
    const delays = drawn();
    expect(Math.min(...delays)).toBe(100);
    expect(Math.max(...delays)).toBe(140);
    expect(drawn()).toEqual(delays);
  });
});

describe('a condition of the way', () => {
  test.each(['network.refused', 'network.black-hole', 'network.down', 'network.expired-certificate'])(
    '%s that was put in twice ends with the last of the two',
    (fault) => {
      const { site, board, ids } = network({ fault }, { fault });
      board.clear(ids[0] ?? '');
      expect(site.isSound).toBe(false);
      board.clear(ids[1] ?? '');
      expect(site.isSound).toBe(true);
    },
  );

  test('of two certificates the last is shown, and then the other one again', () => {
    const { site, board, ids } = network(
      { fault: 'network.bad-certificate' },
      { fault: 'network.expired-certificate' },
    );
    expect(site.connect()).toBe('expired');
    board.clear(ids[1] ?? '');
    expect(site.connect()).toBe('unknown-issuer');
  });

  test('a link that is down holds what is on its way, in its order, and lets it go when it is up', () => {
    const { site, board, clock, ids } = network({ fault: 'network.down' });
    const arrived: number[] = [];
    for (const n of [1, 2, 3]) site.pass(() => arrived.push(n));
    clock.advance(600_000);
    expect(arrived).toEqual([]);
    board.clear(ids[0] ?? '');
    clock.advance(0);
    expect(arrived).toEqual([1, 2, 3]);
    site.pass(() => arrived.push(4));
    expect(arrived).toEqual([1, 2, 3, 4]);
  });

  test('and what a black hole has swallowed never comes', () => {
    const { site, board, clock, ids } = network({ fault: 'network.black-hole' });
    site.pass(() => expect.unreachable());
    board.clear(ids[0] ?? '');
    clock.advance(600_000);
  });
});

test.each([
  [{ fault: 'network.latency', delayMs: -1 }, /at delayMs: .*>=0 \(given: -1\)/],
  [{ fault: 'network.latency', delay: 5 }, /there is no key delay; did you mean delayMs\?/],
  [{ fault: 'network.reset', method: 'pay' }, /at method: .*"any"\|"alipay\.trade\.pay"/],
  [{ fault: 'network.server-error', status: 404 }, /at status: .*>=500 \(given: 404\)/],
  [{ fault: 'network.garbage-body', body: '{"a":1}' }, /at body: must be no JSON/],
  [{ fault: 'network.bad-certificate', problem: 'expired' }, /at problem: .*"unknown-issuer"\|"wrong-host"/],
  [{ fault: 'network.drip', bytes: 0 }, /at bytes: .*>=1/],
])('%j is refused with what is allowed', (record, words) => {
  expect(() => network(record)).toThrow(words);
});
