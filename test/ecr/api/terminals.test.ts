import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServedApi, serveApi } from '../../../src/ecr/api/server.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { Shop } from '../../../src/till/shop.js';
import { prepareDevice, type Simulation, simulate, simulatedPlatform } from '../../../src/world/simulated.js';
import { turn } from './bench.js';

const clock = new VirtualClock();
let simulations: readonly Simulation[];
let shop: Shop;
let api: ServedApi;
const bugs: Error[] = [];

beforeAll(async () => {
  const device = await prepareDevice('epson-tm-m30');
  const shared = { clock, platform: simulatedPlatform(clock, {}) };
  simulations = ['T01', 'T02', 'T03'].map((terminalId, i) =>
    simulate(device, { shared, seed: i + 1, merchant: { terminalId } }),
  );
  shop = new Shop(simulations.map(({ world }) => world));
  api = await serveApi(shop, { bug: (error) => bugs.push(error) });
});
afterAll(async () => {
  expect(bugs).toEqual([]);
  await api.close();
  shop.close();
});

/** Sends a request, and lets time go by until the answer is there. */
async function call(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  let there = false;
  const answer = fetch(`${api.url}${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).finally(() => {
    there = true;
  });
  while (!there) {
    clock.advance(50);
    await turn();
  }
  const response = await answer;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to find, and fails where it is not.
  return { status: response.status, headers: response.headers, json: (await response.json()) as any };
}

describe('several terminals', () => {
  test('are not ready before all of them have booted', async () => {
    const booting = await call('GET', '/readyz');
    expect(booting).toMatchObject({ status: 503, json: { ready: false } });
    for (const { world } of simulations) world.start();
    clock.advance(5_000);
    expect(await call('GET', '/readyz')).toMatchObject({
      status: 200,
      json: { ready: true, terminals: [{ id: 'T01', ready: true }, { id: 'T02' }, { id: 'T03' }] },
    });
  });

  test('are listed, each with its printer and what it shows', async () => {
    const { json } = await call('GET', '/v1/terminals');
    expect(json.terminals.map(({ id, state, ready }: Record<string, unknown>) => `${id} ${state} ${ready}`)).toEqual([
      'T01 idle true',
      'T02 idle true',
      'T03 idle true',
    ]);
    expect((await call('GET', '/v1/terminals/T02')).json).toMatchObject({ id: 'T02', printer: { ready: true } });
  });

  test('sell at the same time; short paths mean the first; a sale is found by its number', async () => {
    const body = { amount: '1', customer: { behaviour: 'pays' }, waitMs: 60_000 };
    const sold = await Promise.all(
      ['/v1/terminals/T02/sales', '/v1/sales', '/v1/terminals/T03/sales'].map((path) => call('POST', path, body)),
    );
    const ids = sold.map(({ json }) => json.id);
    expect(ids.map((id) => id.slice(0, 3))).toEqual(['T02', 'T01', 'T03']);
    for (const { json } of sold) expect(json).toMatchObject({ payment: 'paid', ticket: 'printed' });
    for (const id of ids) expect((await call('GET', `/v1/sales/${id}/verdict`)).json).toMatchObject({ saleId: id });
    expect((await call('GET', '/v1/sales')).json.sales).toMatchObject([{ id: ids[1] }]);
    expect((await call('GET', '/v1/terminals/T02/sales')).json.sales).toMatchObject([{ id: ids[0] }]);
    const elsewhere = await call('GET', `/v1/terminals/T03/sales/${ids[0]}`);
    expect(elsewhere).toMatchObject({ status: 404, json: { code: 'PJ_UNKNOWN_SALE' } });
    expect(await call('POST', `/v1/sales/${ids[0]}/reprint`)).toMatchObject({
      status: 202,
      json: { state: 'printing' },
    });
    clock.advance(30_000);
    const picture = await fetch(`${api.url}/v1/sales/${ids[2]}/ticket.png`);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    await picture.arrayBuffer();
  });

  test('never sell twice for one key, at whichever of them it is repeated', async () => {
    const key = { 'idempotency-key': 'order-1' };
    const body = { amount: '2', customer: { behaviour: 'pays' }, waitMs: 60_000 };
    const { json } = await call('POST', '/v1/terminals/T02/sales', body, key);
    const other = await call('POST', '/v1/terminals/T03/sales', body, key);
    expect(other).toMatchObject({ status: 422, json: { code: 'PJ_KEY_REUSED' } });
    expect(other.json.detail).toContain(`the sale ${json.id} at T02`);
    expect((await call('POST', '/v1/terminals/T02/sales', body, key)).json.id).toBe(json.id);
  });

  test('have faults of their own', async () => {
    const put = await call('POST', '/v1/terminals/T03/faults', { fault: 'printer.paper-out', when: 'now' });
    expect(put.headers.get('location')).toBe('/v1/terminals/T03/faults/f1');
    expect((await call('GET', '/v1/faults')).json).toEqual({ faults: [] });
    clock.advance(1_000);
    const { json } = await call('GET', '/v1/terminals');
    expect(json.terminals.map(({ printer }: { printer: { faults: string[] } }) => printer.faults)).toEqual([
      [],
      [],
      ['paper-out'],
    ]);
    // Known to be missing is known: it is ready all the same.
    expect((await call('GET', '/readyz')).status).toBe(200);
    const cleared = await fetch(`${api.url}${put.headers.get('location')}`, { method: 'DELETE' });
    expect(cleared.status).toBe(204);
  });

  test('go out of service one by one: the process is alive as long as one can sell', async () => {
    for (const [i, simulation] of simulations.entries()) {
      simulation.flash().failSyncs(1);
      simulation.world.terminal.selfTest();
      clock.advance(5_000);
      const health = await call('GET', '/healthz');
      const lost = i === simulations.length - 1;
      expect(health).toMatchObject({ status: lost ? 503 : 200, json: { status: lost ? 'out-of-service' : 'ok' } });
      expect(health.json.terminals[i]).toMatchObject({ ready: false, problem: expect.any(String) });
      expect((await call('GET', '/readyz')).status).toBe(503);
    }
  });
});
