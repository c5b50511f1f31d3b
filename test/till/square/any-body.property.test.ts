import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bench, HEADERS } from './bench.js';

const bench = new Bench();
const { id } = bench.checkout(100);
bench.until('checkouts', id, 'COMPLETED');
const saleId = bench.saleOf(id);

const PATHS = [
  '/v2/terminals/checkouts',
  '/v2/terminals/checkouts/search',
  `/v2/terminals/checkouts/${id}`,
  `/v2/terminals/checkouts/${id}/cancel`,
  `/v2/terminals/checkouts/${id}/dismiss`,
  '/v2/terminals/actions',
  '/v2/terminals/actions/search',
  '/v2/terminals/refunds',
  '/v2/terminals/refunds/search',
  '/v2/payments',
  `/v2/payments/${saleId}`,
  '/v2/refunds',
  '/v2/devices/codes',
  '/v2/devices',
  '/v2/locations/main',
  '/v2/webhooks/subscriptions',
];

/** Bodies that are nearly right, so that they get far. */
const nearly = fc.record(
  {
    idempotency_key: fc.oneof(fc.string({ maxLength: 70 }), fc.jsonValue()),
    checkout: fc.record(
      {
        amount_money: fc.oneof(
          fc.record({ amount: fc.oneof(fc.integer(), fc.double()), currency: fc.constantFrom('CNY', 'USD', '') }),
          fc.jsonValue(),
        ),
        device_options: fc.oneof(
          fc.record({ device_id: fc.constantFrom('T01', 'T02', '__proto__', '') }),
          fc.jsonValue(),
        ),
        note: fc.oneof(fc.string({ unit: 'binary', maxLength: 600 }), fc.constant(null)),
        deadline_duration: fc.oneof(fc.constantFrom('PT10S', 'PT1M', 'P1Y'), fc.string()),
      },
      { requiredKeys: [] },
    ),
    action: fc.oneof(
      fc.record({
        device_id: fc.constantFrom('T01', 'x'),
        type: fc.constantFrom('PING', 'RECEIPT', 'QR_CODE'),
        receipt_options: fc.oneof(fc.record({ payment_id: fc.constantFrom(saleId, 'x') }), fc.jsonValue()),
      }),
      fc.jsonValue(),
    ),
    refund: fc.oneof(
      fc.record({
        payment_id: fc.constantFrom(saleId, 'x'),
        amount_money: fc.record({ amount: fc.constantFrom(1, 99, 101), currency: fc.constant('CNY') }),
        reason: fc.string(),
        device_id: fc.constant('T01'),
      }),
      fc.jsonValue(),
    ),
    subscription: fc.jsonValue(),
    query: fc.jsonValue(),
    cursor: fc.oneof(fc.string(), fc.base64String()),
    limit: fc.oneof(fc.integer(), fc.string()),
  },
  { requiredKeys: [] },
);

const body = fc.oneof(
  nearly.map((value) => JSON.stringify(value)),
  fc.json(),
  fc.string({ unit: 'binary' }),
  fc.constant('['.repeat(50_000)),
  fc.constant(`${'[1,'.repeat(5_000)}1${']'.repeat(5_000)}`),
);

test('whatever a till sends is answered, in the form of Square, and no payment is made unless one was asked for', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'),
      fc.oneof(
        fc.constantFrom(...PATHS),
        fc.webPath(),
        fc.string({ unit: 'binary' }),
        fc.constant('/v2/payments/%E0%A4%A'),
      ),
      fc.oneof(fc.webQueryParameters(), fc.constant('limit=1&limit=2&cursor=%00')),
      body,
      (method, path, query, text) => {
        const {
          status,
          body: answered,
          json,
        } = bench.till.ask({ method, path, query, headers: HEADERS, body: text }, 60_000);
        expect(status).toBeGreaterThanOrEqual(200);
        expect(status).toBeLessThan(500);
        if (status === 200) return;
        expect(answered).toBe(JSON.stringify(json));
        expect(json.errors.length).toBeGreaterThan(0);
        for (const { category, code, detail } of json.errors) {
          expect(category).toMatch(/^(INVALID_REQUEST_ERROR|REFUND_ERROR)$/);
          expect(code).toMatch(/^[A-Z_0-9]+$/);
          expect(detail.length).toBeLessThan(500);
        }
      },
    ),
    { numRuns: 400, seed: 7, endOnFailure: true },
  );
  bench.clock.advance(400_000);
  const asked = bench.ask('POST', '/v2/terminals/checkouts/search', { limit: 100 }).json.checkouts;
  expect(bench.world.platform?.ledger.trades().length).toBeLessThanOrEqual(asked.length);
  const { status } = bench.create(200);
  expect(status).toBe(200);
});
