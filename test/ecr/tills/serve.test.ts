import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { listenError } from '../../../src/base/listen-error.js';
import { listenAt, remarkOn } from '../../../src/ecr/tills/ports.js';
import { type ServedTills, serveTills } from '../../../src/ecr/tills/serve.js';
import { Flash } from '../../../src/ground/flash.js';
import type { VirtualClock } from '../../../src/ground/virtual-clock.js';
import type { Storage } from '../../../src/ports/storage.js';
import { Shop } from '../../../src/till/shop.js';
import { readConfig } from '../../../src/world/config.js';
import { prepareDevice, simulate } from '../../../src/world/simulated.js';

const device = await prepareDevice('epson-tm-m30');
const folder = mkdtempSync(join(tmpdir(), 'paperjam-tills-'));
afterAll(() => rmSync(folder, { recursive: true }));

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** `kept`: what an earlier run has left on each shelf. */
async function served(
  tills: NonNullable<Parameters<typeof readConfig>[1]>['tills'],
  kept: readonly object[] = [],
  storageOf = (clock: VirtualClock, name: string, content: Uint8Array): Storage =>
    new Flash(clock, { address: name, content }),
): Promise<ServedTills & { readonly clock: VirtualClock }> {
  const { world, clock } = simulate(device);
  const content = Buffer.from(kept.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const shop = new Shop([world.start()]);
  open.push(async () => {
    shop.close();
    world.close();
  });
  const all = await serveTills(shop, {
    config: readConfig(undefined, { tills }).tills,
    ports: 'free',
    storage: (name) => storageOf(clock, name, content),
    folder: async () => folder,
  });
  open.push(all.close);
  return { ...all, clock };
}

/** Somebody else's server, on a free port. */
async function stranger(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push(() => new Promise((done) => void server.close(() => done())));
  return (server.address() as AddressInfo).port; // It listens, and on no pipe.
}

describe('the protocols of a start', () => {
  test('are all gone at the end, also when one of them cannot be closed as it should', async () => {
    const { urls, close } = await served({ faces: ['api', 'square'] }, [], (clock, name) => {
      const flash = new Flash(clock);
      const stuck = () => {
        throw new Error(`${name} is stuck`);
      };
      return name === 'square' ? Object.assign(flash, { close: stuck }) : flash;
    });
    await expect(close()).rejects.toThrow(/^square is stuck$/);
    for (const url of [urls.api, urls.square]) await expect(fetch(`${url}/`)).rejects.toThrow('fetch failed');
  });

  test('are all served, each at its own address, and are gone afterwards', async () => {
    const { urls, caFile = '', close, remarks } = await served({});
    expect(Object.keys(urls).sort()).toEqual(['api', 'nexo', 'nexoCloud', 'square', 'stripe']);
    expect(new Set(Object.values(urls)).size).toBe(5);
    expect(remarks).toEqual([]);
    expect((await fetch(`${urls.api}/healthz`)).status).toBe(200);
    expect((await fetch(`${urls.square}/v2/locations`)).status).toBe(401);
    expect((await fetch(`${urls.stripe}/v1/terminal/readers`)).status).toBe(401);
    const status = await new Promise<number | undefined>((done, fail) => {
      const sent = request(`${urls.nexo}/nexo/`, { method: 'POST', ca: readFileSync(caFile) }, (answer) => {
        answer.resume();
        done(answer.statusCode);
      });
      sent.on('error', fail);
      sent.end('{}');
    });
    expect(status).toBeGreaterThanOrEqual(200);
    await close();
    await expect(fetch(`${urls.api}/healthz`)).rejects.toThrow();
    await expect(fetch(`${urls.square}/`)).rejects.toThrow();
  });

  test('are those that were asked for', async () => {
    expect(Object.keys((await served({ faces: ['stripe'] })).urls)).toEqual(['stripe']);
    expect((await served({ faces: [] })).urls).toEqual({});
  });

  test('beyond this machine none is served without a token; then each wants it, and nobody stays open', async () => {
    await expect(served({ host: '0.0.0.0' })).rejects.toMatchObject({ code: 'PJ_TOKEN_WANTED' });
    await expect(served({ host: '0.0.0.0', faces: ['nexo'] })).rejects.toMatchObject({ code: 'PJ_TOKEN_WANTED' });
    const { urls } = await served({ token: 'token-of-mine', faces: ['api', 'square', 'stripe'] });
    for (const [url, path] of [
      [urls.api, '/v1/sales'],
      [urls.square, '/v2/locations'],
      [urls.stripe, '/v1/terminal/readers'],
    ]) {
      const ask = (token: string) => fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
      expect((await ask('another-token')).status).toBe(401);
      expect((await ask('token-of-mine')).status).toBe(200);
    }
  });

  test.each([
    ['square', 'x-square-hmacsha256-signature', /^[0-9A-Za-z+/]{43}=$/],
    ['stripe', 'stripe-signature', /^t=\d+,v1=[0-9a-f]{64}$/],
  ] as const)(
    '%s: an event that an earlier run has not delivered goes out at the start, signed',
    async (face, name, form) => {
      const receiver = createServer();
      await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
      open.push(() => new Promise((done) => void receiver.close(() => done())));
      const heard = new Promise<IncomingMessage>((done) => {
        receiver.on('request', (asked, answer) => {
          answer.end();
          done(asked);
        });
      });
      const { port } = receiver.address() as AddressInfo; // It listens, and on no pipe.
      const { clock } = await served({ faces: [face] }, [
        { kind: `${face}.subscription`, id: 'w', value: { url: `http://127.0.0.1:${port}/`, secret: 's' } },
        { kind: `${face}.delivery`, id: '1', value: { to: 'w', id: 'e', type: 'payment.updated', body: '{}' } },
      ]);
      clock.advance(1);
      expect((await heard).headers[name]).toMatch(form);
    },
  );

  test('one whose named port is in use is refused, and so are all', async () => {
    const port = await stranger();
    const wanted = served({ faces: ['api', 'square'], square: { port } });
    await expect(wanted).rejects.toMatchObject({ code: 'PJ_PORT_IN_USE', data: { port } });
    const nexo = served({ faces: ['nexo'], nexo: { port } });
    await expect(nexo).rejects.toMatchObject({ code: 'PJ_PORT_IN_USE', data: { port } });
  });
});

describe('a port', () => {
  const serve = async (port: number) => {
    const server = createServer();
    open.push(() => new Promise((done) => void server.close(() => done())));
    await new Promise<void>((done, fail) =>
      server
        .once('error', (error) => fail(listenError(error, 'test', '127.0.0.1', port)))
        .listen(port, '127.0.0.1', done),
    );
    return (server.address() as AddressInfo).port;
  };

  test('that is usual is taken while it is free; in its place any free one is, and that is told', async () => {
    const usual = await stranger();
    const { served, taken } = await listenAt({ named: undefined, usual }, serve);
    expect(taken).toBe(usual);
    expect(remarkOn('Square', taken, `http://127.0.0.1:${served}`)).toEqual([
      `port ${usual} is in use, so Square is at http://127.0.0.1:${served}`,
    ]);
    await open.shift()?.();
    expect(await listenAt({ named: undefined, usual }, serve)).toEqual({ served: usual });
  });

  test('that was named is that one, or an error', async () => {
    const named = await stranger();
    await expect(listenAt({ named, usual: 7_719 }, serve)).rejects.toMatchObject({ code: 'PJ_PORT_IN_USE' });
  });
});
