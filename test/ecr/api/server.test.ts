import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { PaperjamError } from '../../../src/base/errors.js';
import { serveApi } from '../../../src/ecr/api/server.js';
import { ApiBench, closeBenches, expectProblem } from './bench.js';

closeBenches();
afterEach(() => vi.restoreAllMocks());

/** Sends bytes and gives what comes back until the server ends the connection. */
function raw(bench: ApiBench, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(new URL(bench.api.url).port), '127.0.0.1');
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
    socket.write(bytes);
  });
}

describe('a request that is none', () => {
  test.each([
    ['{"amount":', /body is not valid json/i],
    ['{"amount": 1}}', /body is not valid json/i],
    ['nonsense', /body is not valid json/i],
    ['\u0000', /body is not valid json/i],
    ['', /body cannot be empty/i],
    ['{"__proto__": {"amount": "1"}, "amount": "1"}', /object contains forbidden prototype property|not valid/i],
  ])('JSON garbage %j is 400, and says of which request', async (text, words) => {
    const bench = await ApiBench.open();
    const answer = await bench.call('POST', '/v1/sales', { text });
    expectProblem(answer, 400, 'PJ_REQUEST', words);
    expectProblem(answer, 400, 'PJ_REQUEST', /^The request POST \/v1\/sales is not accepted: /);
    expect(bench.world.terminal.state).toBe('idle');
  });

  test.each([
    ['text/plain', /its content type is text\/plain, allowed is application\/json/],
    ['application/x-www-form-urlencoded', /its content type is application\/x-www-form-urlencoded/],
    ['application/xml', /application\/xml/],
    ['nonsense', /nonsense/],
  ])('the content type %s is 415', async (type, words) => {
    const bench = await ApiBench.open();
    const answer = await bench.call('POST', '/v1/sales', { text: '{"amount":"1"}', headers: { 'content-type': type } });
    expectProblem(answer, 415, 'PJ_REQUEST', words);
    expect(bench.world.terminal.state).toBe('idle');
  });

  test.each([
    ['of 10 MB', new Uint8Array(10_000_000).fill(0x20)],
    ['of one byte too many', JSON.stringify({ amount: '1', subject: 'x'.repeat(65_536 - 26) })],
  ])('a body %s is 413, and the next request is served', async (_, text) => {
    const bench = await ApiBench.open();
    const answer = await bench.call('POST', '/v1/sales', { text });
    expectProblem(answer, 413, 'PJ_REQUEST', /its body is larger than 65536 bytes/);
    expect((await bench.call('GET', '/healthz')).status).toBe(200);
  });

  test('a body of 10 MB that does not say how long it is, is 413 too', async () => {
    const bench = await ApiBench.open();
    const chunk = `${(100_000).toString(16)}\r\n${' '.repeat(100_000)}\r\n`;
    const request =
      'POST /v1/sales HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n';
    expect(await raw(bench, `${request}${chunk.repeat(100)}0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
    expect((await bench.call('GET', '/healthz')).status).toBe(200);
  });

  test.each([
    ['POST', '/v1/nothing'],
    ['GET', '/'],
    ['GET', '/v2/sales'],
    ['GET', '/v1/sales/'],
    ['GET', '/v1/sales/a/b/c'],
    ['GET', '/../../etc/passwd'],
  ])('%s %s is 404', async (method, path) => {
    const bench = await ApiBench.open();
    expectProblem(await bench.call(method, path), 404, /sales\/$/.test(path) ? 'PJ_UNKNOWN_SALE' : 'PJ_NOT_FOUND');
  });

  test.each([
    ['DELETE', '/v1/sales', 'GET, HEAD, POST'],
    ['PUT', '/v1/sales/x', 'GET, HEAD'],
    ['GET', '/v1/scan', 'POST'],
    ['HEAD', '/v1/scan', 'POST'],
    ['GET', '/v1/sales/x/reprint', 'POST'],
    ['PATCH', '/v1/faults/f1', 'DELETE'],
    ['OPTIONS', '/v1/sales', 'GET, HEAD, POST'],
    ['POST', '/healthz', 'GET, HEAD'],
  ])('%s %s is 405, and says what is allowed', async (method, path, allowed) => {
    const bench = await ApiBench.open();
    const answer = await bench.call(method, path);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')?.split(', ').sort().join(', ')).toBe(allowed);
    if (method !== 'HEAD') expectProblem(answer, 405, 'PJ_METHOD', /is not possible here\. Allowed: /);
  });

  test('a method that HTTP does not know is 400', async () => {
    const bench = await ApiBench.open();
    expect(await raw(bench, 'BREW /v1/sales HTTP/1.1\r\nhost: localhost\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 Bad Request\r\ncontent-type: application\/problem\+json\r\n[\s\S]*"code":"PJ_REQUEST","detail":"The request as it came is not accepted: it is not HTTP\."}$/,
    );
  });

  test('a long address is 404, a huge one 431', async () => {
    const bench = await ApiBench.open();
    const long = await bench.call('GET', `/${'x'.repeat(8_000)}`);
    expectProblem(long, 404, 'PJ_NOT_FOUND');
    expect(long.text.length).toBeLessThan(500);
    expectProblem(await bench.call('GET', `/v1/sales/${'x'.repeat(8_000)}`), 414, 'PJ_REQUEST');
    expectProblem(await bench.call('GET', `/v1/sales?${'x'.repeat(20_000)}`), 431, 'PJ_REQUEST', /larger than 16 KiB/);
  });

  test('a broken escape in the address is 400', async () => {
    const bench = await ApiBench.open();
    expectProblem(await bench.call('GET', '/v1/sales/%zz'), 400, 'PJ_REQUEST', /%zz/);
  });

  test('HEAD answers as GET, without a body', async () => {
    const bench = await ApiBench.open();
    expect(await bench.call('HEAD', '/healthz')).toMatchObject({ status: 200, text: '' });
    expect(await bench.call('HEAD', '/v1/sales/nobody')).toMatchObject({ status: 404, text: '' });
  });
});

describe('who may come in', () => {
  test('nobody from a web page: a foreign origin, or a foreign name for this machine, is 403', async () => {
    const bench = await ApiBench.open();
    const ask = (headers: Record<string, string>) =>
      bench.call('POST', '/v1/sales', { body: { amount: '1' }, headers });
    for (const origin of ['https://evil.example', 'null', 'http://localhost:1']) {
      expectProblem(await ask({ origin }), 403, 'PJ_FORBIDDEN', /it comes from a page of /);
    }
    const answer = await raw(bench, 'GET /v1/sales HTTP/1.1\r\nhost: rebound.example:80\r\nconnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 403 [\s\S]*it asks for the host rebound\.example:80/);
    expect(bench.world.terminal.state).toBe('idle');
  });

  test.each(['localhost', 'localhost:7717', '127.0.0.1', '[::1]:80', 'LOCALHOST'])(
    'the host %s is this machine',
    async (host) => {
      const bench = await ApiBench.open();
      const answer = await raw(bench, `GET /healthz HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    },
  );

  test('no header invites other pages', async () => {
    const bench = await ApiBench.open();
    const preflight = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    for (const answer of [
      await bench.call('GET', '/v1/sales'),
      await bench.call('OPTIONS', '/v1/sales', { headers: preflight }),
    ]) {
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  test('only programs on this machine, unless told otherwise', async () => {
    const bench = await ApiBench.open();
    expect(bench.api.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const foreign = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    for (const { address } of foreign.filter(({ internal, family }) => !internal && family === 'IPv4')) {
      const { port } = new URL(bench.api.url);
      await expect(fetch(`http://${address}:${port}/healthz`)).rejects.toThrow();
    }
  });

  test('a port in use, and an address that is not here, are said', async () => {
    const bench = await ApiBench.open();
    const port = Number(new URL(bench.api.url).port);
    await expect(serveApi(bench.world, { port })).rejects.toMatchObject({
      code: 'PJ_PORT_IN_USE',
      message: expect.stringContaining(`Port ${port} on 127.0.0.1`),
    });
    await expect(serveApi(bench.world, { host: '192.0.2.1', token: 'x' })).rejects.toMatchObject({ code: 'PJ_LISTEN' });
  });
});

describe('GET /healthz', () => {
  test('says what the terminal does and shows', async () => {
    const bench = await ApiBench.open();
    bench.clock.advance(5_000);
    expect(await bench.call('GET', '/healthz')).toMatchObject({
      status: 200,
      json: { state: 'idle', screen: { state: 'idle', zh: '请收款', en: 'Ready for a sale' } },
    });
  });
});

describe('a bug', () => {
  test('is 500 with a code of its own; what it was is told to standard error, not to the client', async () => {
    const bench = await ApiBench.open();
    vi.spyOn(bench.world.terminal, 'sales').mockImplementation(() => {
      throw new TypeError('the secret of the terminal');
    });
    const answer = await bench.call('GET', '/v1/sales');
    expectProblem(answer, 500, 'PJ_INTERNAL', /It is a bug/);
    expect(answer.text).not.toContain('secret');
    expect(bench.bugs).toMatchObject([{ message: 'the secret of the terminal' }]);
    expect((await bench.call('GET', '/healthz')).status).toBe(200);
  });

  test('goes to standard error if nobody else wants to know', async () => {
    const bench = await ApiBench.open();
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { url, close } = await serveApi(bench.world);
    const bug = new Error('the secret of the terminal');
    vi.spyOn(bench.world.terminal, 'sell').mockImplementation(() => {
      throw bug;
    });
    const response = await fetch(`${url}/v1/sales`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"amount":"1"}',
    });
    expect(response.status).toBe(500);
    expect(said.mock.calls).toEqual([[bug]]);
    await close();
  });

  test('that carries a status of its own is a bug all the same', async () => {
    const bench = await ApiBench.open();
    vi.spyOn(bench.world.terminal, 'sales').mockImplementation(() => {
      throw Object.assign(new Error('secret'), { statusCode: 503 });
    });
    expectProblem(await bench.call('GET', '/v1/sales'), 500, 'PJ_INTERNAL');
    expect(bench.bugs).toHaveLength(1);
  });

  test('a failure that has a code and no status of its own is 500, told in its own words', async () => {
    const bench = await ApiBench.open();
    vi.spyOn(bench.world.terminal, 'page').mockImplementation(() => {
      throw new PaperjamError('PJ_LEDGER_CORRUPT', { address: 'ledger', line: 7, problem: 'x' });
    });
    expectProblem(await bench.call('GET', '/v1/sales/a'), 500, 'PJ_LEDGER_CORRUPT', /at line 7/);
  });
});

describe('the server closes', () => {
  test('at once, with waiting tills and silent connections, and twice', async () => {
    const bench = await ApiBench.open();
    const connections = [
      '',
      'POST /v1/sales HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
    ];
    const cut = connections.map((bytes) => raw(bench, bytes));
    const waiting = bench
      .send('POST', '/v1/sales', { body: { amount: '1', waitMs: 120_000 } })
      .then(() => 'answered')
      .catch(() => 'cut off');
    await bench.until(() => bench.world.terminal.sales().length === 1);
    const startMs = performance.now();
    await bench.api.close();
    await bench.api.close();
    expect(performance.now() - startMs).toBeLessThan(1_000);
    expect(await waiting).toBe('cut off');
    const saleId = bench.world.terminal.sales()[0]?.saleId ?? '';
    await bench.until(() => bench.deliveries(saleId).length > 0);
    expect(bench.deliveries(saleId)).toEqual(['lost to api']);
    expect(await Promise.all(cut)).toEqual(['', '']);
  });
});
