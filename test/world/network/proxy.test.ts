import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { wallClock } from '../../../src/ground/wall-clock.js';
import { type NetworkProxy, openNetworkProxy } from '../../../src/world/network/proxy.js';
import { openRealNetwork } from '../../../src/world/network/route.js';
import { until } from '../../e2e/until.js';

interface Got {
  readonly url: string | undefined;
  readonly host: string | undefined;
  readonly body: string;
}

/** A platform that writes down what it gets. */
let got: Got[];
let behave: (request: IncomingMessage, response: ServerResponse) => void;
let platform: Server;
let target: string;
let proxy: NetworkProxy;

beforeEach(async () => {
  got = [];
  behave = (_, response) => void response.writeHead(201, { 'x-said': 'so' }).end('你好');
  platform = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.once('end', () => {
      got.push({ url: request.url, host: request.headers.host, body });
      behave(request, response);
    });
  });
  await new Promise<void>((done) => platform.listen(0, '127.0.0.1', done));
  target = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`; // Always that, for a server on a host and port.
  proxy = await openNetworkProxy({ clock: wallClock, random: seededRandom(1), target });
});

afterEach(async () => {
  await proxy.close();
  platform.closeAllConnections();
  await new Promise((done) => platform.close(done));
});

const ask = (body = 'biz_content=%7B%22out_trade_no%22%3A%22A1%22%7D') =>
  fetch(`${proxy.url}/gateway.do?method=alipay.trade.query`, { method: 'POST', body });

describe('a request', () => {
  test('arrives as it is, for the platform’s own host, and so does the answer', async () => {
    const response = await ask();
    expect([response.status, response.headers.get('x-said'), await response.text()]).toEqual([201, 'so', '你好']);
    expect(got).toEqual([
      {
        url: '/gateway.do?method=alipay.trade.query',
        host: target.slice('http://'.length),
        body: 'biz_content=%7B%22out_trade_no%22%3A%22A1%22%7D',
      },
    ]);
  });

  test('is told to the rules by its method and its order', async () => {
    const asked: object[] = [];
    proxy.site.onRequest((request) => void asked.push(request));
    await ask();
    await ask('');
    expect(asked).toEqual([
      { method: 'alipay.trade.query', orderNo: 'A1' },
      { method: 'alipay.trade.query', orderNo: undefined },
    ]);
  });

  test('that is slow arrives though the client has hung up meanwhile', async () => {
    const hangUp = new AbortController();
    proxy.site.onRequest(() => {
      hangUp.abort();
      return { requestDelayMs: 50 };
    });
    const asked = fetch(`${proxy.url}/gateway.do`, { method: 'POST', body: 'x', signal: hangUp.signal });
    await expect(asked).rejects.toThrow();
    await until(() => got.length === 1, 'the request to arrive');
  });

  test('of more than a megabyte is cut off, and the platform never gets it', async () => {
    await expect(ask('x'.repeat(1024 * 1024 + 1))).rejects.toThrow();
    expect(got).toEqual([]);
    expect((await ask()).status).toBe(201);
  });

  test('that breaks off in the middle is not passed on', async () => {
    const { port } = new URL(proxy.url);
    const socket = connect(Number(port), '127.0.0.1');
    await new Promise<void>((done) => socket.once('connect', done));
    socket.end('POST /gateway.do HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc');
    await new Promise((done) => socket.once('close', done).resume());
    expect(got).toEqual([]);
  });
});

describe('a platform', () => {
  test('that breaks the connection: so does the proxy', async () => {
    behave = (request) => request.socket.destroy();
    await expect(ask()).rejects.toThrow();
  });

  test('that sends more than a megabyte: the connection breaks', async () => {
    behave = (_, response) => void response.end('x'.repeat(2 * 1024 * 1024));
    await expect(ask()).rejects.toThrow();
  });

  test('that is gone: the connection breaks, and the proxy goes on', async () => {
    platform.closeAllConnections();
    await new Promise((done) => platform.close(done));
    await expect(ask()).rejects.toThrow();
    await expect(ask()).rejects.toThrow();
  });
});

describe('closing', () => {
  test('forgets what is held by a link that is down: it never arrives', async () => {
    const up = proxy.site.takeDown();
    let asked = false;
    proxy.site.onRequest(() => {
      asked = true;
      return undefined;
    });
    const answer = ask();
    await until(() => asked, 'the request to set out');
    await Promise.all([expect(answer).rejects.toThrow(), proxy.close()]);
    up();
    await expect(fetch(target, { method: 'POST', body: 'last' })).resolves.toMatchObject({ status: 201 });
    expect(got.map(({ body }) => body)).toEqual(['last']);
  });

  test('cuts silent connections, and a second time does nothing', async () => {
    behave = () => {};
    const answer = ask();
    await until(() => got.length === 1, 'the request to arrive');
    await Promise.all([expect(answer).rejects.toThrow(), proxy.close()]);
    await proxy.close();
  });
});

describe('the way to a platform elsewhere', () => {
  test('is straight on while nothing fails, by the proxy for as long as something does', async () => {
    const network = await openRealNetwork({ clock: wallClock, random: seededRandom(1), target, always: false });
    expect(network.route()).toBeUndefined();
    const undo = network.site.onRequest(() => undefined);
    expect(await network.route()).toMatchObject({ origin: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
    undo();
    expect(network.route()).toBeUndefined();
    const accept = network.site.refuse();
    const { port } = new URL((await network.route())?.origin ?? target);
    const refused = new Promise((done) => connect(Number(port), '127.0.0.1').once('error', done));
    expect(await refused).toMatchObject({ code: 'ECONNREFUSED' });
    accept();
    await network.close();
  });
});
