import { describe, expect, test } from 'vitest';
import { Bench, HEADERS } from './bench.js';

const CHECKOUT = { amount_money: { amount: 100, currency: 'CNY' }, device_options: { device_id: 'T01' } };

/** The errors of a checkout with this in it, as `code field`. */
function wrong(bench: Bench, more: Readonly<Record<string, unknown>>): string[] {
  const body = { idempotency_key: bench.newKey(), checkout: { ...CHECKOUT, ...more } };
  const { status, json } = bench.ask('POST', '/v2/terminals/checkouts', body);
  expect(status).toBe(400);
  return json.errors.map(({ category, code, field }: Record<string, string>) => {
    expect(category).toBe('INVALID_REQUEST_ERROR');
    return `${code} ${field}`;
  });
}

describe('a checkout that makes no sense is refused with the place and a code of Square', () => {
  const bench = new Bench();

  test.each([
    [{ amount_money: undefined }, 'MISSING_REQUIRED_PARAMETER checkout.amount_money'],
    [{ amount_money: { amount: 0, currency: 'CNY' } }, 'VALUE_TOO_LOW checkout.amount_money.amount'],
    [{ amount_money: { amount: 5_000_001, currency: 'CNY' } }, 'VALUE_TOO_HIGH checkout.amount_money.amount'],
    [{ amount_money: { amount: 12.5, currency: 'CNY' } }, 'EXPECTED_INTEGER checkout.amount_money.amount'],
    [{ amount_money: { amount: '100', currency: 'CNY' } }, 'EXPECTED_INTEGER checkout.amount_money.amount'],
    [{ amount_money: { amount: 100, currency: 'USD' } }, 'UNSUPPORTED_CURRENCY checkout.amount_money.currency'],
    [{ device_options: {} }, 'MISSING_REQUIRED_PARAMETER checkout.device_options.device_id'],
    [{ device_options: { device_id: '' } }, 'VALUE_EMPTY checkout.device_options.device_id'],
    [{ device_options: 'T01' }, 'EXPECTED_OBJECT checkout.device_options'],
    [{ note: 'x'.repeat(501) }, 'VALUE_TOO_LONG checkout.note'],
    [{ note: 7 }, 'EXPECTED_STRING checkout.note'],
    [{ deadline_duration: 'PT9S' }, 'INVALID_VALUE checkout.deadline_duration'],
    [{ deadline_duration: 'PT5M1S' }, 'INVALID_VALUE checkout.deadline_duration'],
    [{ deadline_duration: '5 minutes' }, 'INVALID_VALUE checkout.deadline_duration'],
    [{ payment_options: { autocomplete: false } }, 'INVALID_VALUE checkout.payment_options.autocomplete'],
    [{ payment_type: 'MANUAL_CARD_ENTRY' }, 'INVALID_ENUM_VALUE checkout.payment_type'],
    [{ tip_money: { amount: 5_000_000, currency: 'CNY' } }, 'VALUE_TOO_HIGH checkout.tip_money.amount'],
  ])('%j: %s', (more, told) => {
    expect(wrong(bench, more)).toEqual([told]);
  });

  test('all of it is told at once', () => {
    expect(wrong(bench, { note: 1, amount_money: { amount: 'x', currency: 'EUR' } })).toHaveLength(3);
  });

  test('what is null is as good as absent, and what is unknown is let through unread', () => {
    const { status, json } = bench.ask('POST', '/v2/terminals/checkouts', {
      idempotency_key: bench.newKey(),
      checkout: { ...CHECKOUT, note: null, deadline_duration: null, payment_type: null, brand_new: { a: 1 } },
    });
    expect([status, json.checkout.deadline_duration, json.checkout.note]).toEqual([200, 'PT5M', undefined]);
  });

  test('without a key, or with one that is too long', () => {
    const ask = (key: unknown) =>
      bench.ask('POST', '/v2/terminals/checkouts', { idempotency_key: key, checkout: CHECKOUT }).json.errors[0];
    expect(ask(undefined)).toEqual({
      category: 'INVALID_REQUEST_ERROR',
      code: 'MISSING_REQUIRED_PARAMETER',
      detail: 'Missing required parameter.',
      field: 'idempotency_key',
    });
    expect(ask('k'.repeat(65)).code).toBe('VALUE_TOO_LONG');
  });

  test('a device that is not there', () => {
    const { status, json } = bench.create(100, {}, 'T99');
    expect(status).toBe(404);
    expect(json.errors).toEqual([
      {
        category: 'INVALID_REQUEST_ERROR',
        code: 'NOT_FOUND',
        detail: 'Could not find device with id `T99`. Known here: T01.',
        field: 'checkout.device_options.device_id',
      },
    ]);
  });

  test('the device under its name in the Devices API is the same', () => {
    expect(bench.create(100, {}, 'device:T01').status).toBe(200);
  });
});

describe('a request', () => {
  test('without a bearer token is not authorized; with one that is not the agreed one neither', () => {
    const bench = new Bench({}, { token: 'EAAAsecret' });
    const ask = (headers: Record<string, string>) => bench.till.ask({ method: 'GET', path: '/v2/locations', headers });
    for (const authorization of [undefined, 'Basic x', 'Bearer EAAAother']) {
      const { status, json } = ask(authorization === undefined ? {} : { authorization });
      expect(status).toBe(401);
      expect(json).toEqual({
        errors: [
          {
            category: 'AUTHENTICATION_ERROR',
            code: 'UNAUTHORIZED',
            detail: 'This request could not be authorized.',
          },
        ],
      });
    }
    expect(ask({ authorization: 'Bearer EAAAsecret' }).status).toBe(200);
  });

  test('to what is not there, or by another method, is not found', () => {
    const bench = new Bench();
    expect(bench.ask('GET', '/v2/orders').json).toEqual({
      errors: [
        {
          category: 'INVALID_REQUEST_ERROR',
          code: 'NOT_FOUND',
          detail: 'API endpoint for URL path `/v2/orders` and HTTP method `GET` is not found.',
        },
      ],
    });
    expect(bench.ask('DELETE', '/v2/terminals/checkouts').status).toBe(404);
  });

  test('of no JSON, or with a version that is no date, is refused', () => {
    const bench = new Bench();
    const path = '/v2/terminals/checkouts';
    const { json } = bench.till.ask({ path, headers: HEADERS, body: '{"idempotency_key":' });
    expect(json.errors[0].code).toBe('EXPECTED_JSON_BODY');
    const headers = { ...HEADERS, 'square-version': 'latest' };
    const { json: version } = bench.till.ask({ method: 'GET', path: '/v2/locations', headers });
    expect(version.errors[0].code).toBe('INVALID_SQUARE_VERSION_FORMAT');
  });

  test('that finds the service busy, or never came in whole, is told so in the same form', () => {
    const bench = new Bench();
    const busy = bench.world.tills.site.onRequest(() => ({ busy: true }));
    const { id } = { id: 'x' };
    const { status, json } = bench.create(100);
    expect([status, json.errors[0].category, json.errors[0].code]).toEqual([503, 'API_ERROR', 'SERVICE_UNAVAILABLE']);
    busy();
    expect(bench.get(`/v2/terminals/checkouts/${id}`).status).toBe(404);
    for (const [refused, code] of [
      [400, 'BAD_REQUEST'],
      [408, 'REQUEST_TIMEOUT'],
      [413, 'REQUEST_ENTITY_TOO_LARGE'],
      [415, 'UNSUPPORTED_MEDIA_TYPE'],
      [429, 'RATE_LIMITED'],
      [503, 'SERVICE_UNAVAILABLE'],
    ] as const) {
      const answer = bench.face.refuse(refused, 'why');
      expect([answer.status, JSON.parse(answer.body).errors[0].code]).toEqual([refused, code]);
    }
  });

  test('is known for what it asks, and for the terminal that it is about, before anything is done', () => {
    const bench = new Bench();
    const look = (method: string, path: string, json?: unknown) => {
      const body = json === undefined ? '' : JSON.stringify(json);
      const { kind, world, cloud } = bench.face.look({ method, path, query: '', headers: {}, body });
      expect(cloud ?? false).toBe(kind !== 'other' || path !== '/nowhere');
      return [kind, world?.merchant.terminalId];
    };
    const { id } = bench.checkout(100);
    bench.until('checkouts', id, 'COMPLETED');
    expect(look('POST', '/v2/terminals/checkouts', { idempotency_key: 'k', checkout: CHECKOUT })).toEqual([
      'sale',
      'T01',
    ]);
    expect(look('POST', '/v2/terminals/checkouts', { checkout: 7 })).toEqual(['sale', undefined]);
    expect(look('GET', `/v2/terminals/checkouts/${id}`)).toEqual(['status', 'T01']);
    expect(look('POST', `/v2/terminals/checkouts/${id}/cancel`)).toEqual(['abort', 'T01']);
    expect(look('GET', `/v2/payments/${bench.saleOf(id)}`)).toEqual(['status', 'T01']);
    expect(look('GET', '/nowhere')).toEqual(['other', undefined]);
  });
});
