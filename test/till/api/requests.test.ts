import { describe, expect, test } from 'vitest';
import { expectProblem, FaceBench, posted } from './bench.js';

const bench = new FaceBench();

describe('a request in memory is answered as over a socket', () => {
  test.each([
    ['GET', '/v1/nothing', 404, 'PJ_NOT_FOUND', /GET \/v1\/nothing/],
    ['DELETE', '/v1/sales', 405, 'PJ_METHOD', /Allowed: (POST, GET, HEAD|GET, HEAD, POST)\./],
    ['GET', '/v1/sales/%zz', 400, 'PJ_REQUEST', /%zz/],
    ['GET', `/v1/sales/${'x'.repeat(1_001)}`, 414, 'PJ_REQUEST', /longer than 1000 characters/],
    ['GET', '/v1/sales/T01NOBODY', 404, 'PJ_UNKNOWN_SALE', /There is no sale T01NOBODY/],
    ['GET', '/v1/terminals/T09', 404, 'PJ_NOT_FOUND', /terminal T09 \(known: T01\)/],
    ['POST', '/v1/terminals/T09/sales', 404, 'PJ_NOT_FOUND', /terminal T09/],
  ] as const)('%s %s', (method, path, status, code, words) => {
    expectProblem(bench.till.ask({ method, path }), status, code, words);
  });

  test('HEAD as GET, without a body, and it tells nobody', () => {
    const { json } = bench.post('/v1/sales', { amount: '1', customer: { behaviour: 'pays' }, waitMs: 60_000 });
    const told = bench.told.length;
    expect(bench.till.ask({ method: 'HEAD', path: `/v1/sales/${json.id}` })).toMatchObject({ status: 200 });
    expect(bench.told).toHaveLength(told);
    bench.untilFree();
  });

  test.each([
    ['not JSON', { body: '{"amount":', headers: { 'content-type': 'application/json' } }, 400, /not valid JSON/],
    [
      'of another type',
      { body: 'amount=1', headers: { 'content-type': 'text/plain' } },
      415,
      /allowed is application\/json/,
    ],
    ['of no type', { body: '{}' }, 415, /its content type is not given/],
    [
      'with a foreign prototype',
      { body: '{"__proto__":{}}', headers: { 'content-type': 'application/json' } },
      400,
      /__proto__/,
    ],
  ])('a body that is %s is refused', (_, request, status, words) => {
    expectProblem(bench.till.ask({ path: '/v1/sales', ...request }), status, 'PJ_REQUEST', words);
    expect(bench.world.terminal.free).toBe(true);
  });

  test.each([['with space'], ['x'.repeat(201)], ['umlaut ü'], ['""'], ['']])('the key %j is refused', (key) => {
    const answer = bench.post('/v1/sales', { amount: '1' }, key);
    expectProblem(answer, 400, 'PJ_REQUEST', /header, idempotency-key, .*1 to 200 visible characters/);
    expect(bench.world.terminal.free).toBe(true);
  });

  test('a key in quotes, as the draft of the header has it, is the same as without', () => {
    const first = bench.post('/v1/sales', { amount: '1' }, '"8e03978e-40d5"');
    expect(first.json.till).toEqual({ face: 'api', key: '8e03978e-40d5' });
    const again = bench.post('/v1/sales', { amount: '1' }, '8e03978e-40d5');
    expect(again.json.id).toBe(first.json.id);
    bench.post(`/v1/sales/${first.json.id}/cancel`);
    bench.untilFree();
  });

  test('what was refused may be tried again with the same key', () => {
    const scan = () => bench.post('/v1/scan', { code: '281234567890123456' }, 'scan-1');
    expectProblem(scan(), 409, 'PJ_NOT_NOW', /no code is asked for/);
    const { json } = bench.post('/v1/sales', { amount: '1' });
    expect(scan()).toMatchObject({ status: 202, json: { id: json.id } });
    expect(scan().headers).toMatchObject({ 'idempotency-replayed': 'true' });
    bench.untilFree();
    expectProblem(
      bench.post('/v1/scan', { code: '281234567890123457' }, 'scan-1'),
      422,
      'PJ_KEY_REUSED',
      /POST \/v1\/scan/,
    );
  });

  test('the answers of keys are kept over a restart, and not without end', () => {
    const first = new FaceBench();
    const put = (at: FaceBench, n: number) => at.post('/v1/faults', { fault: 'printer.paper-near-end' }, `fault-${n}`);
    for (let n = 0; n <= 1_000; n++) expect(put(first, n).status).toBe(201);
    const after = new FaceBench({ shelf: first.shelfFlash.read() });
    expect(put(after, 1_000).headers).toMatchObject({ 'idempotency-replayed': 'true' });
    expect(put(after, 0).headers).not.toHaveProperty('idempotency-replayed'); // A thousand others ago.
    expect(after.world.faults.active()).toHaveLength(1);
  });

  test('a bug is told to us, not to the till', () => {
    const broken = new FaceBench();
    broken.world.faults.put = () => {
      throw new TypeError('the secret of the terminal');
    };
    const answer = broken.till.ask(posted('/v1/faults', { fault: 'printer.paper-out' }));
    expectProblem(answer, 500, 'PJ_INTERNAL', /It is a bug/);
    expect(broken.bugs).toMatchObject([{ message: 'the secret of the terminal' }]);
  });

  test('before it, every request was what a till may send', () => expect(bench.bugs).toEqual([]));
});
