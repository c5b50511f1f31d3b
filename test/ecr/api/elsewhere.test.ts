import { generateKeyPairSync } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { SignedTickets } from '../../../src/digital/tickets.js';
import { type ServedApi, serveApi } from '../../../src/ecr/api/server.js';
import { Flash } from '../../../src/ground/flash.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import type { Printer } from '../../../src/ports/printer.js';
import { DEFAULT_TIMINGS } from '../../../src/terminal/timings.js';
import { prepareDevice } from '../../../src/world/simulated.js';
import { World } from '../../../src/world/world.js';
import { NOTHING_DONE, PAID, PRINTED, READY } from '../../terminal/bench.js';

const KEY = generateKeyPairSync('ed25519').privateKey;

let api: ServedApi | undefined;
afterEach(() => api?.close());

/** A terminal whose platform and printer are real ones somewhere else: nothing here is emulated. */
async function openWorld() {
  const clock = new VirtualClock();
  const { profile } = await prepareDevice('epson-tm-m30');
  const flash = new Flash(clock);
  const printer: Printer = {
    print: (_, done) => void clock.setTimeout(() => done(PRINTED), 50),
    check: () => {},
    cancel: () => {},
    status: () => READY,
    counters: () => NOTHING_DONE,
    watch: () => {},
    close: () => {},
  };
  const world = new World({
    clock,
    random: seededRandom(1),
    profile,
    options: {
      version: '0.0.0-test',
      merchant: { name: 'x', terminalId: 'T01', utcOffsetMinutes: 480 },
      policy: { reprint: 'ask' },
      timings: DEFAULT_TIMINGS,
    },
    acquirers: {
      alipay: {
        authorize: (_, done) => void clock.setTimeout(() => done(PAID), 10),
        query: () => {},
        cancel: () => {},
      },
    },
    openJournal: () => flash,
    openPrinter: () => printer,
    glyphs: {
      glyph: (_, widthDots, heightDots) => ({ widthDots, heightDots, rows: new Uint8Array(0), missing: true }),
    },
    key: () => KEY,
    digital: new SignedTickets({ key: () => KEY, url: 'https://x.example/t/{orderNo}', utcOffsetMinutes: 480 }),
    material: () => ({ journal: { content: flash.read(), address: 'flash' }, line: [], settings: {} }),
    sites: {},
  }).start();
  clock.advance(10);
  api = await serveApi(world);
  const { url } = api;
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${url}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: response.status, json: await response.json() };
  };
  return { clock, world, call };
}

test('no emulated customer comes to a real platform, and no sale is opened for one', async () => {
  const { world, call } = await openWorld();
  expect(await call('POST', '/v1/sales', { amount: '1', customer: { behaviour: 'pays' } })).toMatchObject({
    status: 409,
    json: { code: 'PJ_NO_CUSTOMER', detail: expect.stringContaining('Scan a real payment code') },
  });
  expect(world.terminal.state).toBe('idle');
});

test('a real printer’s paper has no picture: it lies on the counter', async () => {
  const { world, clock, call } = await openWorld();
  const saleId = world.terminal.sell(100, { code: '281234567890123456' });
  clock.advance(1_000);
  expect(await call('GET', `/v1/sales/${saleId}`)).toMatchObject({ json: { payment: 'paid', ticket: 'printed' } });
  expect(await call('GET', `/v1/sales/${saleId}/ticket.png`)).toMatchObject({
    status: 404,
    json: { code: 'PJ_NO_PAPER', detail: expect.stringContaining('look at its paper') },
  });
});

test('a fault that needs an emulated part is impossible', async () => {
  const { call } = await openWorld();
  expect(await call('POST', '/v1/faults', { fault: 'printer.paper-jam' })).toMatchObject({
    status: 409,
    json: { code: 'PJ_FAULT_IMPOSSIBLE', detail: expect.stringContaining('no printer that can be made to fail') },
  });
});
