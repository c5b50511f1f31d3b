import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startPaperjam } from '../../src/index.js';

const Sale = z.object({ id: z.string(), payment: z.string(), ticket: z.string() });
const Checkout = z.object({ checkout: z.object({ id: z.string(), status: z.string() }) });

async function call(method: string, url: string, body?: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json', authorization: 'Bearer sandbox-token' };
  const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return answer.json();
}

/** A turn of the machine's own events. */
const turn = () => new Promise<void>((done) => setImmediate(done));

const checkout = (key: string) => ({
  idempotency_key: key,
  checkout: { amount_money: { amount: 1280, currency: 'CNY' }, device_options: { device_id: 'T01' } },
});

describe('tills over real sockets, terminals on virtual time', () => {
  test('a customer who takes seconds costs the test none: time runs while the till waits, and stands still then', async () => {
    await using paperjam = await startPaperjam({
      tills: { faces: ['api'], customer: { behaviour: 'confirms', afterMs: 20_000, approachMs: 5_000 } },
    });
    const { urls, terminal } = paperjam;
    const beganMs = paperjam.now();
    const startMs = performance.now();
    const answer = await call('POST', `${urls.api}/v1/sales`, {
      amount: '12.80',
      customer: { behaviour: 'confirms', afterMs: 20_000 },
      waitMs: 60_000,
    });
    expect(Sale.parse(answer)).toMatchObject({ payment: 'paid', ticket: 'printed' });
    expect(performance.now() - startMs).toBeLessThan(10_000);
    const passedMs = paperjam.now() - beganMs;
    expect(passedMs).toBeGreaterThan(20_000);
    expect(passedMs).toBeLessThan(60_000);
    for (let n = 0; n < 20; n++) await turn();
    const { id } = Sale.parse(answer);
    expect(paperjam.now() - beganMs).toBe(passedMs);
    expect(terminal.sale(id)).toMatchObject({ payment: 'paid', ticket: 'printed', delivery: 'delivered' });
  });

  test('a till that asks again and again finds its sale further on each time', async () => {
    await using paperjam = await startPaperjam({ tills: { faces: ['square', 'api'] } });
    const { urls } = paperjam;
    const { checkout: made } = Checkout.parse(
      await call('POST', `${urls.square}/v2/terminals/checkouts`, checkout('one')),
    );
    let status = made.status;
    for (let asked = 0; status !== 'COMPLETED' && asked < 200; asked++) {
      const found = Checkout.parse(await call('GET', `${urls.square}/v2/terminals/checkouts/${made.id}`));
      status = found.checkout.status;
    }
    expect(status).toBe('COMPLETED');
    const [sale] = paperjam.terminal.sales();
    expect(sale).toMatchObject({ amount: '12.80', payment: 'paid' });
    expect(await call('GET', `${urls.api}/v1/sales/${sale?.id}`)).toMatchObject({ payment: 'paid' }); // One machine behind both.
  });

  test('nobody comes: time stands still at the question for a code, until somebody is sent', async () => {
    await using paperjam = await startPaperjam({
      tills: { faces: ['square'], customer: { behaviour: 'none' } },
    });
    const { urls, terminal } = paperjam;
    const { checkout: made } = Checkout.parse(
      await call('POST', `${urls.square}/v2/terminals/checkouts`, checkout('two')),
    );
    const look = async () =>
      Checkout.parse(await call('GET', `${urls.square}/v2/terminals/checkouts/${made.id}`)).checkout.status;
    for (let asked = 0; asked < 5; asked++) expect(await look()).not.toBe('COMPLETED');
    expect(terminal.state).toBe('scanning');
    terminal.scan('refuses');
    for (let asked = 0; (await look()) === 'IN_PROGRESS' && asked < 200; asked++);
    expect(terminal.sales()).toMatchObject([{ payment: 'not-paid' }]);
  });

  test.each([
    ['is out of service', 'outOfService', 0, { fault: 'terminal.disk-full', when: { journal: 'authorize-intent' } }],
    ['waits for a person for hours', 'printFault', 3_600_000, { fault: 'printer.paper-out' }],
  ])('a terminal with an open sale that %s does not let time run for ever', async (_, state, longestMs, fault) => {
    await using paperjam = await startPaperjam({
      policy: { unprinted: 'void-if-unprinted', voidAfterMs: 20 * 3_600_000 },
      tills: { faces: ['square'] },
    });
    const { urls, terminal } = paperjam;
    terminal.fault(fault);
    const sinceMs = paperjam.now(); // Not when it is seen here to wait: time runs on between two looks.
    await call('POST', `${urls.square}/v2/terminals/checkouts`, checkout('four'));
    while (terminal.state !== state) await turn();
    for (let beforeMs = -1; beforeMs !== paperjam.now(); await turn()) {
      beforeMs = paperjam.now();
      expect(beforeMs - sinceMs).toBeLessThanOrEqual(longestMs + 60_000);
      await turn();
    }
    expect(paperjam.now() - sinceMs).toBeGreaterThan(longestMs - 60_000);
    expect(terminal.sales()).toMatchObject([{ final: false }]);
    if (longestMs === 0) return;
    paperjam.advance(20 * 3_600_000);
    expect(terminal.sales()).toMatchObject([{ payment: 'reversed', final: true }]);
  });

  test('by hand: the request is heard, and its sale goes on only as time is told to', async () => {
    await using paperjam = await startPaperjam({ runs: 'by-hand', tills: { faces: ['square'] } });
    const { urls, terminal } = paperjam;
    await call('POST', `${urls.square}/v2/terminals/checkouts`, checkout('three'));
    paperjam.advance(0);
    expect(terminal.state).toBe('scanning');
    paperjam.advance(999);
    expect(terminal.state).toBe('scanning');
    paperjam.advance(30_000);
    expect(terminal.sales()).toMatchObject([{ payment: 'paid', ticket: 'printed' }]);
  });

  test('whoever may come from other machines has to bring a token', async () => {
    const open = startPaperjam({ tills: { faces: ['stripe'], host: '0.0.0.0' } });
    await expect(open).rejects.toMatchObject({ code: 'PJ_TOKEN_WANTED' });
  });

  test('a port that was named and is in use is said, and nothing stays open', async () => {
    await using first = await startPaperjam({ tills: { faces: ['square'] } });
    const port = Number(new URL(first.urls.square ?? '').port);
    const second = startPaperjam({ tills: { faces: ['api', 'square'], square: { port } } });
    await expect(second).rejects.toMatchObject({ code: 'PJ_PORT_IN_USE' });
  });
});
