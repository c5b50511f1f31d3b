import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MemoryCourier } from '../couriers.js';
import { expectProblem, FaceBench, PAYS } from './bench.js';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const HOOK = { url: 'https://till.example/hook', secret: SECRET };

function open(options: ConstructorParameters<typeof FaceBench>[0] = {}) {
  const courier = new MemoryCourier();
  const bench = new FaceBench(options, { courier });
  const events = () => courier.bodies.map((body) => JSON.parse(body));
  const types = () => events().map(({ type }) => type);
  return { bench, courier, events, types };
}

function sell(bench: FaceBench, more: object = {}): string {
  const { json } = bench.post('/v1/sales', { ...PAYS, waitMs: 100_000, ...more });
  bench.untilFree();
  bench.clock.advance(100);
  return json.id;
}

describe('webhooks', () => {
  test('tell of a sale from its opening on, in order, as it stood each time', () => {
    const { bench, events } = open();
    const { status, json, headers } = bench.post('/v1/webhooks', HOOK);
    expect({ status, json }).toEqual({
      status: 201,
      json: { id: expect.stringMatching(/^wh_\d{16}$/), url: HOOK.url, secret: SECRET },
    });
    expect(headers?.location).toBe(`/v1/webhooks/${json.id}`);
    const saleId = sell(bench);
    expect(events().map(({ type, data }) => `${type}: ${data.sale.payment}, ${data.sale.ticket}`)).toEqual([
      'sale.opened: unknown, none',
      'sale.payment: paid, pending',
      'sale.ticket: paid, printed',
      'sale.settled: paid, printed',
    ]);
    expect(events()[0]).toEqual({
      type: 'sale.opened',
      timestamp: '2026-01-01T00:00:00.000Z',
      data: { terminal: 'T01', sale: expect.objectContaining({ id: saleId, payment: 'unknown', ticket: 'none' }) },
    });
    expect(events().at(-1)).toMatchObject({
      type: 'sale.settled',
      data: { sale: { payment: 'paid', ticket: 'printed', final: true } },
    });
  });

  test('are signed as Standard Webhooks has it, anew at each attempt', () => {
    const { bench, courier } = open();
    courier.answer = () => (courier.attempts.length < 2 ? { status: 500 } : { status: 200 });
    bench.post('/v1/webhooks', { ...HOOK, types: ['sale.opened'] });
    sell(bench);
    bench.clock.advance(5_000);
    expect(courier.attempts).toHaveLength(2);
    const [first, second] = courier.attempts.map(({ headers }) => headers);
    expect(first?.['webhook-id']).toBe('T01-2-sale.opened');
    expect(second?.['webhook-id']).toBe(first?.['webhook-id']);
    expect(Number(second?.['webhook-timestamp'])).toBeGreaterThan(Number(first?.['webhook-timestamp']));
    for (const { headers, body } of courier.attempts) {
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
      const signature = createHmac('sha256', Buffer.alloc(32, 7)).update(signed).digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${signature}`);
    }
  });

  test('agree with the example of Standard Webhooks', async () => {
    // github.com/standard-webhooks/standard-webhooks, libraries: the reference implementations' test vector.
    const { signStandard } = await import('../../../src/till/api/standard-webhooks.js');
    expect(
      signStandard(
        'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
        '',
        '{"test": 2432232314}',
        1_614_265_330_000,
        'msg_p5jXN8AQM9LWM0D4loKWxJek',
      ),
    ).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  test('tell of a ticket that does not come, of one that comes later, and of money that goes back', () => {
    const { bench, types, events } = open();
    bench.post('/v1/webhooks', HOOK);
    const out = bench.world.faults.put({ fault: 'printer.paper-out', when: 'now' });
    const saleId = sell(bench);
    const before = types().length;
    bench.world.faults.clear(out.id);
    bench.clock.advance(10_000);
    bench.post(`/v1/sales/${saleId}/reprint`);
    bench.clock.advance(30_000);
    const printed = events().slice(before);
    expect(printed.at(-1)).toMatchObject({ type: 'sale.settled', data: { sale: { ticket: 'printed' } } });
    const after = types().length;
    bench.post(`/v1/sales/${saleId}/reverse`, { waitMs: 60_000 });
    bench.clock.advance(1_000);
    expect(
      events()
        .slice(after)
        .map(({ type, data }) => `${type} ${data.sale.payment}`),
    ).toEqual(['sale.payment unknown', 'sale.payment reversed', 'sale.settled reversed']);
  });

  test('tell of a boot, and of a terminal that cannot go on', () => {
    const { bench, types, events } = open({ flashCapacityBytes: 3_000 });
    bench.post('/v1/webhooks', { ...HOOK, types: ['terminal.booted', 'terminal.out-of-service'] });
    bench.world.powerCut();
    bench.clock.advance(5_000);
    expect(types()).toEqual(['terminal.booted']);
    for (let i = 0; i < 5 && bench.world.terminal.failure === undefined; i++) {
      bench.post('/v1/sales', PAYS);
      bench.clock.advance(30_000);
    }
    expect(events().at(-1)).toMatchObject({
      type: 'terminal.out-of-service',
      data: { terminal: 'T01', problem: expect.stringContaining('no room in flash') },
    });
  });

  test('miss nothing that was written while this process was away, and nothing that it did not get rid of', () => {
    const before = open();
    before.courier.answer = () => ({ status: 503 });
    before.bench.post('/v1/webhooks', { ...HOOK, types: ['sale.settled', 'terminal.booted'] });
    const first = sell(before.bench);
    const shelf = before.bench.shelfFlash.read();
    const second = sell(before.bench); // The process ends before its shelf hears of this one.
    const flash = before.bench.simulation.flash().read();

    const after = open({ flash, shelf });
    after.bench.clock.advance(5_000);
    expect(after.events().map(({ type, data }) => `${type} ${data.sale?.id ?? ''}`.trim())).toEqual([
      `sale.settled ${first}`,
      `sale.settled ${second}`,
      'terminal.booted',
    ]);
    const ids = after.courier.attempts.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toBe(before.courier.attempts[0]?.headers['webhook-id']);
    expect(after.bench.get('/v1/webhooks').json.webhooks).toMatchObject([{ url: HOOK.url, waiting: 0 }]);
  });

  test('are listed with what waits for them, and ended', () => {
    const { bench, courier } = open();
    courier.answer = () => ({ failure: 'connect ECONNREFUSED' });
    const { id } = bench.post('/v1/webhooks', { ...HOOK, types: ['sale.opened'] }).json;
    sell(bench);
    sell(bench);
    expect(bench.get('/v1/webhooks').json).toEqual({
      webhooks: [
        {
          id,
          url: HOOK.url,
          types: ['sale.opened'],
          waiting: 2,
          dropped: 0,
          lastFailure: 'connect ECONNREFUSED',
        },
      ],
    });
    expect(bench.till.ask({ method: 'DELETE', path: `/v1/webhooks/${id}` })).toMatchObject({ status: 204, body: '' });
    expectProblem(bench.till.ask({ method: 'DELETE', path: `/v1/webhooks/${id}` }), 404, 'PJ_NOT_FOUND', /webhook wh_/);
    expect(bench.get('/v1/webhooks').json).toEqual({ webhooks: [] });
  });

  test('are made once for a key, with the same secret; one is made up for who brings none', () => {
    const { bench } = open();
    const make = () => bench.post('/v1/webhooks', { url: HOOK.url }, 'hook-1');
    const first = make();
    expect(first.json.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(make()).toMatchObject({ status: 201, body: first.body, headers: { 'idempotency-replayed': 'true' } });
    expect(bench.get('/v1/webhooks').json.webhooks).toHaveLength(1);
  });

  test.each([
    [{ url: 'ftp://a.example/' }, /url, .*must be an http or https URL/],
    [{ url: 'http://me:secret@a.example/' }, /without a user name/],
    [{ url: 'nonsense' }, /must be an http or https URL/],
    [{ url: HOOK.url, types: [] }, /types/],
    [{ url: HOOK.url, types: ['sale.sold'] }, /types\.0, .*"sale\.opened"/],
    [{ url: HOOK.url, secret: 'whsec_c2hvcnQ=' }, /secret, .*24 to 64 bytes in base64/],
    [{}, /url, /],
  ])('%j is refused, and tells no secret', (body, words) => {
    const { bench } = open();
    const answer = bench.post('/v1/webhooks', body);
    expectProblem(answer, 400, 'PJ_REQUEST', words);
    expect(answer.body).not.toContain('c2hvcnQ');
    expect(bench.get('/v1/webhooks').json).toEqual({ webhooks: [] });
  });

  test('are no endless list', () => {
    const { bench } = open();
    for (let i = 0; i < 50; i++) expect(bench.post('/v1/webhooks', HOOK).status).toBe(201);
    expectProblem(bench.post('/v1/webhooks', HOOK), 409, 'PJ_NOT_NOW', /there are 50 webhooks already/);
  });
});
