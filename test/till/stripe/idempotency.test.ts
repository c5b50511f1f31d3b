import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Bench, prepareBench } from './bench.js';

beforeAll(prepareBench);

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.close());

const FORM = 'amount=1280&currency=cny&payment_method_types[]=card_present';
const KEY = { 'idempotency-key': 'order-6735' };

describe('a request with an idempotency key', () => {
  test('gives the same answer again, and makes nothing', () => {
    const first = bench.post('/payment_intents', FORM, KEY);
    expect(first.headers).toMatchObject({ 'idempotency-key': 'order-6735' });
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    bench.clock.advance(3_600_000);
    // The order of the parameters is not part of them.
    const again = bench.post('/payment_intents', FORM.split('&').reverse().join('&'), KEY);
    expect(again.body).toBe(first.body);
    expect(again.headers).toMatchObject({
      'idempotent-replayed': 'true',
      'original-request': first.headers?.['request-id'],
    });
    expect(bench.get('/payment_intents').json.data).toHaveLength(1);
  });

  test('is a new one after a day', () => {
    const first = bench.post('/payment_intents', FORM, KEY);
    bench.clock.advance(86_400_000);
    const other = bench.post('/payment_intents', FORM.replace('1280', '990'), KEY);
    expect(other.json.amount).toBe(990);
    expect(other.json.id).not.toBe(first.json.id);
  });

  test('with other parameters, or for something else, is a mistake', () => {
    bench.post('/payment_intents', FORM, KEY);
    expect(bench.post('/payment_intents', FORM.replace('1280', '1281'), KEY)).toMatchObject({
      status: 400,
      json: {
        error: {
          type: 'idempotency_error',
          message:
            "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than 'order-6735' if you meant to execute a different request.",
        },
      },
    });
    expect(bench.post('/refunds', 'charge=ch_1', KEY).json.error).toMatchObject({
      type: 'idempotency_error',
      message: expect.stringContaining("('/v1/refunds' vs '/v1/payment_intents')"),
    });
    expect(bench.post('/payment_intents', FORM, { 'idempotency-key': 'x'.repeat(256) }).json.error.type).toBe(
      'idempotency_error',
    );
  });

  test('is refused while the same one is under way, and the client is told to try again', () => {
    const { reader } = bench.atReader(1202);
    const path = `/test_helpers/terminal/readers/${reader}/present_payment_method`;
    const sent = bench.till.send(bench.request('POST', path, '', KEY));
    bench.clock.advance(100);
    expect(bench.till.ask(bench.request('POST', path, '', KEY))).toMatchObject({
      status: 409,
      headers: { 'stripe-should-retry': 'true' },
      json: { error: { type: 'idempotency_error', code: 'idempotency_key_in_use' } },
    });
    bench.clock.advance(10_000);
    expect(sent.heard).toMatchObject({ answer: { status: 200 } });
    expect(bench.till.ask(bench.request('POST', path, '', KEY)).headers).toHaveProperty('idempotent-replayed');
  });

  test('that was refused may be mended and sent again', () => {
    expect(bench.post('/payment_intents', 'amount=1280', KEY).status).toBe(400);
    expect(bench.post('/payment_intents', FORM, KEY).status).toBe(200);
  });

  test('is answered although the till had gone', () => {
    const sent = bench.till.send(bench.request('POST', '/payment_intents', FORM, KEY));
    sent.hangUp();
    bench.clock.advance(1_000);
    expect(bench.post('/payment_intents', FORM, KEY).headers).toHaveProperty('idempotent-replayed');
    expect(bench.get('/payment_intents').json.data).toHaveLength(1);
  });

  test('that a proxy sends twice makes one payment', () => {
    const undo = bench.world.tills.site.onRequest(({ kind }) => (kind === 'sale' ? { requestAgainMs: 0 } : undefined));
    const { reader } = bench;
    const intent = bench.intent();
    bench.post(`/terminal/readers/${reader}/process_payment_intent`, `payment_intent=${intent}`, KEY);
    undo();
    bench.present(reader);
    expect(bench.world.terminal.sales()).toHaveLength(1);
    expect(bench.paid).toBe(1);
  });

  test('does not say again what a refund has changed since', () => {
    const { intent, reader } = bench.atReader();
    const path = `/test_helpers/terminal/readers/${reader}/present_payment_method`;
    bench.post(path, '', KEY);
    bench.clock.advance(10_000);
    bench.post('/refunds', `payment_intent=${intent}`);
    const told: string[] = [];
    bench.world.tills.watch(({ payment }) => told.push(payment));
    expect(bench.post(path, '', KEY).json.action.status).toBe('succeeded');
    expect(told).toEqual([]);
  });
});

describe('who may call', () => {
  const ask = (headers: Record<string, string>) =>
    bench.till.ask({ method: 'GET', path: '/v1/payment_intents', headers }).json.error?.message;

  test('any secret key of test mode, as a bearer token or by basic authentication', () => {
    expect(ask({ authorization: 'Bearer sk_test_abc' })).toBeUndefined();
    expect(ask({ authorization: `Basic ${btoa('sk_test_abc:')}` })).toBeUndefined();
    expect(ask({})).toContain('You did not provide an API key.');
    expect(ask({ authorization: 'Bearer sk_live_notmine1234' })).toBe(
      'Invalid API Key provided: sk_live_*******1234. Allowed is any secret key of test mode: sk_test_…',
    );
    expect(ask({ authorization: 'Bearer pk_test_abc' })).toContain('publishable API key');
  });

  test('only the keys that are configured', () => {
    bench.close();
    bench = new Bench({ keys: ['sk_live_mine'] });
    expect(ask({ authorization: 'Bearer sk_live_mine' })).toBeUndefined();
    expect(ask({ authorization: 'Bearer sk_test_abc' })).toContain('Invalid API Key provided: ');
    expect(bench.get('/payment_intents').status).toBe(401);
  });

  test('in a version that is one', () => {
    const key = { authorization: 'Bearer sk_test_abc' };
    expect(ask({ ...key, 'stripe-version': '2024-06-20' })).toBeUndefined();
    expect(ask({ ...key, 'stripe-version': 'latest' })).toContain('Invalid Stripe API version: latest.');
  });
});
