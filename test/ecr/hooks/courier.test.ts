import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { createHttpCourier } from '../../../src/ecr/hooks/courier.js';
import { makeAuthority } from '../../../src/ground/certificates.js';
import type { CourierResult } from '../../../src/till/courier.js';

const servers: { close(): void; closeAllConnections(): void }[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

type Handler = (request: IncomingMessage, body: string, answer: ServerResponse) => void;

const listen = (server: Server): Promise<number> =>
  new Promise((done) => server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port))); // Of a socket, as it listens.

async function receiver(handler: Handler): Promise<string> {
  const server = createServer(reading(handler));
  servers.push(server);
  return `http://127.0.0.1:${await listen(server)}`;
}

function reading(handler: Handler) {
  return (request: IncomingMessage, answer: ServerResponse) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => handler(request, body, answer));
  };
}

const post = (url: string, { timeoutMs = 5_000, courier = createHttpCourier(), headers = {}, body = '{}' } = {}) =>
  new Promise<CourierResult>((done) => courier.post(url, headers, body, timeoutMs, done));

describe('a courier over HTTP', () => {
  test('posts the body as it is, with the headers, and tells the status', async () => {
    const seen: unknown[] = [];
    const url = await receiver(({ method, url: path, headers }, body, answer) => {
      seen.push({ method, path, body, type: headers['content-type'], signature: headers['webhook-signature'] });
      seen.push(headers['content-length'], headers['transfer-encoding']);
      answer.writeHead(204).end();
    });
    const headers = { 'content-type': 'application/json', 'webhook-signature': 'v1,abc' };
    expect(await post(`${url}/hook?a=1`, { headers, body: '{"zh":"请收款"}' })).toEqual({ status: 204 });
    expect(seen).toEqual([
      { method: 'POST', path: '/hook?a=1', body: '{"zh":"请收款"}', type: 'application/json', signature: 'v1,abc' },
      '18',
      undefined,
    ]);
  });

  test('follows no redirect', async () => {
    const paths: (string | undefined)[] = [];
    const url = await receiver((request, _body, answer) => {
      paths.push(request.url);
      answer.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await post(`${url}/hook`)).toEqual({ status: 307 });
    expect(paths).toEqual(['/hook']);
  });

  test('gives up when the time is up, and when the receiver hangs up', async () => {
    const gone = new Promise((done) => {
      void receiver((request) => request.socket.once('close', done)).then(async (url) => {
        expect(await post(url, { timeoutMs: 30 })).toEqual({ failure: 'no answer in 30 ms' });
      });
    });
    await gone; // It has not only stopped to listen.
    const url = await receiver((request) => request.socket.destroy());
    expect(await post(url)).toEqual({ failure: 'socket hang up' });
  });

  test('takes no endless answer', async () => {
    let closed: () => void = () => {};
    const cut = new Promise<void>((done) => {
      closed = done;
    });
    const url = await receiver((_request, _body, answer) => {
      answer.on('close', closed);
      const more = () => {
        while (!answer.destroyed && answer.write('x'.repeat(16_384)));
      };
      answer.on('drain', more);
      more();
    });
    expect(await post(url)).toEqual({ status: 200 });
    await cut;
  });

  test.each([
    ['http://127.0.0.1:1/', {}, /ECONNREFUSED/],
    ['ftp://example.com/', {}, /Protocol "ftp:" not supported/],
    ['nonsense', {}, /Invalid URL/],
    ['http://127.0.0.1:1/', { 'webhook-id': 'a\nb' }, /Invalid character in header/],
  ])('what cannot be sent to %s is told as a failure', async (url, headers, words) => {
    expect(await post(url, { headers })).toEqual({ failure: expect.stringMatching(words) });
  });

  test('what is taken back is not told any more', async () => {
    let arrived: (request: IncomingMessage) => void = () => {};
    const there = new Promise<IncomingMessage>((done) => {
      arrived = done;
    });
    const url = await receiver((request) => arrived(request));
    const told: CourierResult[] = [];
    const undo = createHttpCourier().post(url, {}, '{}', 5_000, (result) => told.push(result));
    const { socket } = await there;
    const closed = new Promise((done) => socket.once('close', done));
    undo();
    await closed;
    expect(told).toEqual([]);
  });

  test('believes a receiver over TLS only with a certificate that it trusts', async () => {
    const times = { fromMs: Date.now() - 60_000, untilMs: Date.now() + 3_600_000 };
    const authority = await makeAuthority('receiver', times);
    const { certificate: cert, privateKey: key } = await authority.issue({ hosts: ['localhost'], ...times });
    const server = createTlsServer({ key, cert }, (_request, answer) => void answer.end());
    servers.push(server);
    const url = `https://localhost:${await listen(server)}/`;
    expect(await post(url)).toEqual({ failure: expect.stringMatching(/certificate/) });
    expect(await post(url, { courier: createHttpCourier({ ca: authority.certificate }) })).toEqual({ status: 200 });
  });
});
