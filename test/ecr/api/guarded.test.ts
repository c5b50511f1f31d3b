import { describe, expect, test } from 'vitest';
import { serveApi } from '../../../src/ecr/api/server.js';
import { ApiBench, closeBenches, expectProblem } from './bench.js';

closeBenches();

const TOKEN = 'till-secret-7';
const bearer = { authorization: `Bearer ${TOKEN}` };

describe('beyond this machine', () => {
  test.each(['0.0.0.0', '::', '192.0.2.1', 'till.example'])('on %s nothing is served without a token', async (host) => {
    const bench = await ApiBench.open();
    await expect(serveApi(bench.world, { host })).rejects.toMatchObject({
      code: 'PJ_TOKEN_WANTED',
      message: expect.stringMatching(/would listen on .*, where other machines reach it, and asks nobody for a token/),
    });
  });

  test('with one it is, and whoever brings another or none is refused', async () => {
    const bench = await ApiBench.open({}, { token: TOKEN });
    for (const headers of [{}, { authorization: TOKEN }, { authorization: 'Bearer till-secret-8' }] as Record<
      string,
      string
    >[]) {
      for (const [method, path] of [
        ['POST', '/v1/sales'],
        ['GET', '/v1/events'],
        ['GET', '/v1/sales/x/evidence'],
        ['GET', '/openapi.json'],
        ['GET', '/docs'],
        ['GET', '/nothing'],
      ] as const) {
        const answer = await bench.call(method, path, { headers });
        expectProblem(answer, 401, 'PJ_TOKEN', /Authorization: Bearer TOKEN/);
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
        expect(answer.text).not.toContain(TOKEN);
      }
    }
    const sold = await bench.call('POST', '/v1/sales', { body: { amount: '1' }, headers: bearer });
    expect(sold.status).toBe(201);
  });

  test('whoever looks after the process learns without a token only whether it is well', async () => {
    const bench = await ApiBench.open({}, { token: TOKEN });
    bench.clock.advance(5_000);
    expect((await bench.call('GET', '/healthz')).json).toEqual({ status: 'ok' });
    expect((await bench.call('GET', '/readyz')).json).toEqual({ ready: true });
    expect((await bench.call('GET', '/healthz', { headers: bearer })).json).toMatchObject({ state: 'idle' });
    // The customer with the ticket, and the platform, have none.
    expect((await bench.call('GET', '/t/x')).status).toBe(400);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const notice = await bench.call('POST', '/v1/notify/alipay', { text: 'sign=x', headers: form });
    expectProblem(notice, 404, 'PJ_NOT_FOUND', /no notices are asked for/);
  });

  test('who asks too often is told when to come again', async () => {
    const bench = await ApiBench.open({}, { limits: { requestsPerSecond: 3 } });
    const answers = await Promise.all(Array.from({ length: 30 }, () => bench.call('GET', '/v1/faults')));
    const refused = answers.find(({ status }) => status === 429);
    if (refused === undefined) throw new Error('nobody was refused');
    expectProblem(refused, 429, 'PJ_RATE', /more than 3 a second come from 127\.0\.0\.1/);
    expect(refused.headers.get('retry-after')).toBe('1');
  });
});

describe('pages of other origins', () => {
  const ORIGIN = 'https://till.example';
  const preflight = {
    origin: ORIGIN,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'idempotency-key',
  };

  test('may call only if they are invited, with a token all the same, and are told what they may send', async () => {
    const bench = await ApiBench.open({}, { origins: [ORIGIN], token: TOKEN });
    const asked = await bench.call('OPTIONS', '/v1/sales', { headers: preflight });
    expect(asked.status).toBe(204);
    expect(Object.fromEntries([...asked.headers].filter(([name]) => /^(access|vary)/.test(name)))).toEqual({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'GET, HEAD, POST, DELETE',
      'access-control-allow-headers': 'authorization, content-type, idempotency-key, last-event-id',
      'access-control-expose-headers':
        'idempotency-replayed, link, location, paperjam-manifest, paperjam-pieces, retry-after',
      'access-control-max-age': '600',
      vary: 'origin',
    });
    for (const path of ['/v1/sales', '/healthz']) {
      const answer = await bench.call('GET', path, { headers: { ...bearer, origin: ORIGIN } });
      expect([path, answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([path, 200, ORIGIN]);
    }
    expectProblem(await bench.call('GET', '/v1/sales', { headers: { origin: ORIGIN } }), 401, 'PJ_TOKEN');
    const others = { ...bearer, origin: 'https://evil.example' };
    const refused = await bench.call('GET', '/v1/sales', { headers: others });
    expectProblem(refused, 403, 'PJ_FORBIDDEN');
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  });
});
