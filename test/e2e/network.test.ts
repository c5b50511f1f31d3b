import { describe, expect, test } from 'vitest';
import { call, put, type Sale, sell } from './api.js';
import { openShop, type Shop } from './shop.js';
import { until } from './until.js';

/** The terminal gives up soon, so that a sale is over in a second or two. */
const SHORT = {
  authorizeTimeoutMs: 300,
  queryTimeoutMs: 300,
  queryIntervalMs: 20,
  cancelTimeoutMs: 300,
  cancelIntervalMs: 20,
  codeLifeMs: 3_000,
  guardFirstMs: 50,
  guardEveryMs: 100,
};

/** Where an answer is expected, or a failure at once, the terminal waits for it however busy this machine is. */
const PATIENT = { authorizeTimeoutMs: 20_000 };

const openNetworkShop = (timings = {}) => openShop({ timings: { ...SHORT, ...timings } });

const patienceFor = ({ outcome }: { outcome: string }) => (outcome === 'no-answer' ? {} : PATIENT);

/** The sale, when its payment is known for good. */
function settled(api: string, id: string): Promise<Sale> {
  return until(
    async () => {
      const sale = await call<Sale>(api, 'GET', `/v1/sales/${id}`);
      return sale.payment !== 'unknown' && sale.ticket !== 'pending' && sale;
    },
    () => `sale ${id} to settle`,
  );
}

/** What the platform was heard to say to the request to pay, as the journal has it. */
function firstAnswer(shop: Shop, id: string): object | undefined {
  return shop.records('platform-answer', id)[0];
}

describe('a fault of the network that strikes the request to pay', () => {
  test.each([
    [{ fault: 'network.answer-lost' }, { outcome: 'no-answer' }],
    [
      { fault: 'network.reset', delivered: true },
      { outcome: 'unknown', code: 'PJ_PLATFORM_LOST' },
    ],
    [{ fault: 'network.half-body' }, { outcome: 'unknown', code: 'PJ_PLATFORM_LOST' }],
    [
      { fault: 'network.half-body', ending: 'as-whole' },
      { outcome: 'unknown', code: 'PJ_PLATFORM_GARBAGE' },
    ],
    [{ fault: 'network.garbage-body' }, { outcome: 'unknown', code: 'PJ_PLATFORM_GARBAGE' }],
    [{ fault: 'network.empty-body' }, { outcome: 'unknown', code: 'PJ_PLATFORM_GARBAGE' }],
    [
      { fault: 'network.server-error', status: 504 },
      { outcome: 'unknown', code: 'PJ_PLATFORM_HTTP' },
    ],
    [{ fault: 'network.drip', everyMs: 200 }, { outcome: 'no-answer' }],
  ])('%j, after the platform has booked: unknown, then paid by query and printed, once', async (fault, answer) => {
    const shop = openNetworkShop(patienceFor(answer));
    const api = await shop.start().api();
    await put(api, fault);
    const { id } = await sell(api);
    expect(await settled(api, id)).toMatchObject({ payment: 'paid', ticket: 'printed' });
    expect(firstAnswer(shop, id)).toMatchObject(answer);
    expect(shop.records('payment', id)).toMatchObject([{ fact: 'paid', by: 'query' }]);
    expect(shop.payments()).toEqual([[id, 1_280]]);
    expect(shop.papers(id)).toEqual(['complete original']);
  });

  test.each([
    [{ fault: 'network.request-lost' }, { outcome: 'no-answer' }],
    [{ fault: 'network.reset' }, { outcome: 'unknown', code: 'PJ_PLATFORM_LOST' }],
    [
      { fault: 'network.server-error', delivered: false },
      { outcome: 'unknown', code: 'PJ_PLATFORM_HTTP' },
    ],
  ])('%j, before the platform has got it: unknown until the code is dead, then not paid', async (fault, answer) => {
    const shop = openNetworkShop(patienceFor(answer));
    const api = await shop.start().api();
    await put(api, fault);
    const { id } = await sell(api);
    expect(await settled(api, id)).toMatchObject({ payment: 'not-paid', ticket: 'none' });
    expect(firstAnswer(shop, id)).toMatchObject(answer);
    const [intent] = shop.records('authorize-intent', id);
    const [payment] = shop.records('payment', id);
    const tookMs = Date.parse(payment?.at ?? '') - Date.parse(intent?.at ?? '');
    expect(tookMs).toBeGreaterThanOrEqual(SHORT.codeLifeMs);
    expect(shop.payments()).toEqual([]);
  });

  test.each([
    [{ fault: 'network.reset', times: 1 }],
    [{ fault: 'network.latency', delayMs: 50, jitterMs: 20 }],
    [{ fault: 'network.drip', bytes: 400, everyMs: 20 }],
  ])('%j, which is too little to matter: paid at once', async (fault) => {
    const shop = openNetworkShop(PATIENT);
    const api = await shop.start().api();
    await put(api, fault);
    const { id } = await sell(api);
    expect(shop.records('payment', id)).toMatchObject([{ fact: 'paid', by: 'authorize' }]);
    expect(shop.payments()).toEqual([[id, 1_280]]);
  });
});

describe('a network on which nothing goes any more', () => {
  test.each([
    ['network.refused', { outcome: 'unknown', code: 'PJ_PLATFORM_UNREACHABLE' }, 'not-paid'],
    ['network.bad-certificate', { outcome: 'unknown', code: 'PJ_PLATFORM_CERTIFICATE' }, 'not-paid'],
    ['network.expired-certificate', { outcome: 'unknown', code: 'PJ_PLATFORM_CERTIFICATE' }, 'not-paid'],
    ['network.black-hole', { outcome: 'no-answer' }, 'not-paid'],
    ['network.down', { outcome: 'no-answer' }, 'reversed'],
  ])('%s: unknown while it lasts, and afterwards what the ledger says', async (fault, answer, payment) => {
    const shop = openNetworkShop(patienceFor(answer)); // A certificate has to be made first.

    const api = await shop.start().api();
    const mend = await put(api, { fault });
    const { id, ...sale } = await sell(api);
    expect(sale.payment).toBe('unknown');
    expect(firstAnswer(shop, id)).toMatchObject(answer);
    expect(shop.payments()).toEqual([]);
    await mend();
    expect((await settled(api, id)).payment).toBe(payment);
    expect(shop.payments()).toEqual([]);
    expect((await sell(api)).payment).toBe('paid');
  });

  test('a request to pay that was held up by it is booked afterwards, and the money goes back', async () => {
    const shop = openNetworkShop();
    const api = await shop.start().api();
    const mend = await put(api, { fault: 'network.down' });
    const { id } = await sell(api);
    await mend();
    await settled(api, id);
    expect(shop.trades()).toMatchObject([{ orderNo: id, paidFen: 1_280, refundedFen: 1_280 }]);
    expect(shop.papers(id)).toEqual([]);
  });

  test('does not hold up the shutdown', async () => {
    const shop = openNetworkShop();
    const program = shop.start();
    const api = await program.api();
    await put(api, { fault: 'network.down' });
    const { id } = await sell(api);
    expect((await program.signal('SIGTERM')).code).toBe(0);
    expect(shop.trades()).toEqual([]); // What was on its way is gone with the program.
    await shop.start().api();
    await until(() => shop.records('payment', id)[0], 'the next start to settle it');
    expect(shop.records('payment', id)).toMatchObject([{ fact: 'not-paid', by: 'cancel' }]);
  });
});
