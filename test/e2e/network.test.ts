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
  codeLifeMs: 1_500,
  guardFirstMs: 50,
  guardEveryMs: 100,
};

/** Where an answer is expected, or a failure at once, the terminal waits for it however busy this machine is. */
const PATIENT = { authorizeTimeoutMs: 20_000 };

const openNetworkShop = (timings = {}) => openShop({ timings: { ...SHORT, ...timings } });

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

interface Case {
  readonly fault: { readonly fault: string; readonly [attribute: string]: unknown };
  /** What the terminal hears first. */
  readonly answer: { readonly outcome: string; readonly code?: string };
}

const SILENCE = { outcome: 'no-answer' };
const lost = (code: string) => ({ outcome: 'unknown', code });

/** One program for all of the cases that want the same patience: each puts its fault in, looks, and takes it out. */
async function inOneShop(
  cases: readonly Case[],
  look: (shop: Shop, api: string, one: Case, name: string) => Promise<void>,
): Promise<void> {
  for (const patient of [true, false]) {
    const shop = openNetworkShop(patient ? PATIENT : {});
    const own = cases.filter(({ answer }) => (answer.outcome === 'no-answer') !== patient);
    if (own.length === 0) continue;
    const api = await shop.start().api();
    for (const one of own) await look(shop, api, one, JSON.stringify(one.fault));
  }
}

const paymentsOf = (shop: Shop, id: string) => shop.payments().filter(([saleId]) => saleId === id);

describe('a fault of the network that strikes the request to pay', () => {
  test('after the platform has booked: unknown, then paid by query and printed, once', async () => {
    const cases: Case[] = [
      { fault: { fault: 'network.answer-lost' }, answer: SILENCE },
      { fault: { fault: 'network.reset', delivered: true }, answer: lost('PJ_PLATFORM_LOST') },
      { fault: { fault: 'network.half-body' }, answer: lost('PJ_PLATFORM_LOST') },
      { fault: { fault: 'network.half-body', ending: 'as-whole' }, answer: lost('PJ_PLATFORM_GARBAGE') },
      { fault: { fault: 'network.garbage-body' }, answer: lost('PJ_PLATFORM_GARBAGE') },
      { fault: { fault: 'network.empty-body' }, answer: lost('PJ_PLATFORM_GARBAGE') },
      { fault: { fault: 'network.server-error', status: 504 }, answer: lost('PJ_PLATFORM_HTTP') },
      { fault: { fault: 'network.drip', everyMs: 200 }, answer: SILENCE },
    ];
    await inOneShop(cases, async (shop, api, { fault, answer }, name) => {
      const mend = await put(api, fault);
      const { id } = await sell(api);
      expect(await settled(api, id), name).toMatchObject({ payment: 'paid', ticket: 'printed' });
      expect(firstAnswer(shop, id), name).toMatchObject(answer);
      expect(shop.records('payment', id), name).toMatchObject([{ fact: 'paid', by: 'query' }]);
      expect(paymentsOf(shop, id), name).toEqual([[id, 1_280]]);
      expect(shop.papers(id), name).toEqual(['complete original']);
      await mend();
    });
  });

  test('before the platform has got it: unknown until the code is dead, then not paid', async () => {
    const cases: Case[] = [
      { fault: { fault: 'network.request-lost' }, answer: SILENCE },
      { fault: { fault: 'network.reset' }, answer: lost('PJ_PLATFORM_LOST') },
      { fault: { fault: 'network.server-error', delivered: false }, answer: lost('PJ_PLATFORM_HTTP') },
    ];
    await inOneShop(cases, async (shop, api, { fault, answer }, name) => {
      const mend = await put(api, fault);
      const { id } = await sell(api);
      expect(await settled(api, id), name).toMatchObject({ payment: 'not-paid', ticket: 'none' });
      expect(firstAnswer(shop, id), name).toMatchObject(answer);
      const [intent] = shop.records('authorize-intent', id);
      const [payment] = shop.records('payment', id);
      const tookMs = Date.parse(payment?.at ?? '') - Date.parse(intent?.at ?? '');
      expect(tookMs, name).toBeGreaterThanOrEqual(SHORT.codeLifeMs);
      expect(shop.payments(), name).toEqual([]);
      await mend();
    });
  });

  test('and is too little to matter: paid at once', async () => {
    const shop = openNetworkShop(PATIENT);
    const api = await shop.start().api();
    for (const fault of [
      { fault: 'network.reset', times: 1 },
      { fault: 'network.latency', delayMs: 50, jitterMs: 20 },
      { fault: 'network.drip', bytes: 400, everyMs: 20 },
    ]) {
      const mend = await put(api, fault);
      const { id } = await sell(api);
      expect(shop.records('payment', id), fault.fault).toMatchObject([{ fact: 'paid', by: 'authorize' }]);
      expect(paymentsOf(shop, id), fault.fault).toEqual([[id, 1_280]]);
      await mend();
    }
  });
});

describe('a network on which nothing goes any more', () => {
  test('unknown while it lasts, and afterwards what the ledger says', async () => {
    const cases: (Case & { readonly payment: string })[] = [
      { fault: { fault: 'network.refused' }, answer: lost('PJ_PLATFORM_UNREACHABLE'), payment: 'not-paid' },
      { fault: { fault: 'network.bad-certificate' }, answer: lost('PJ_PLATFORM_CERTIFICATE'), payment: 'not-paid' },
      { fault: { fault: 'network.expired-certificate' }, answer: lost('PJ_PLATFORM_CERTIFICATE'), payment: 'not-paid' },
      { fault: { fault: 'network.black-hole' }, answer: SILENCE, payment: 'not-paid' },
      { fault: { fault: 'network.down' }, answer: SILENCE, payment: 'reversed' },
    ];
    await inOneShop(cases, async (shop, api, one, name) => {
      const mend = await put(api, one.fault);
      const { id, ...sale } = await sell(api);
      expect(sale.payment, name).toBe('unknown');
      expect(firstAnswer(shop, id), name).toMatchObject(one.answer);
      expect(paymentsOf(shop, id), name).toEqual([]);
      await mend();
      const payment = cases.find(({ fault }) => fault === one.fault)?.payment;
      expect((await settled(api, id)).payment, name).toBe(payment);
      expect(paymentsOf(shop, id), name).toEqual([]);
      expect((await sell(api)).payment, name).toBe('paid');
    });
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
