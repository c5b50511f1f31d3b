import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Bench } from './bench.js';

const URL = 'https://till.example/square';
const ALL = ['terminal.checkout.created', 'terminal.checkout.updated', 'payment.created', 'payment.updated'];

function subscribed(types: readonly string[] = ALL, bench = new Bench()) {
  const subscription = { name: 'till', event_types: types, notification_url: URL };
  const { json } = bench.ask('POST', '/v2/webhooks/subscriptions', { idempotency_key: bench.newKey(), subscription });
  return { bench, made: json.subscription };
}

/** The events that have gone out: their types, with the state that they tell. */
function told(bench: Bench): string[] {
  return bench.courier.attempts.map(({ body }) => {
    const { type, data } = JSON.parse(body);
    const object = data.object.checkout ?? data.object.payment ?? data.object.refund ?? data.object.action;
    return `${type} ${object.status}`;
  });
}

describe('events', () => {
  test('of a checkout and its payment come in their order, each once', () => {
    const { bench } = subscribed();
    const { id } = bench.checkout(1_280);
    bench.until('checkouts', id, 'COMPLETED');
    bench.clock.advance(1_000);
    expect(told(bench)).toEqual([
      'terminal.checkout.created PENDING',
      'terminal.checkout.updated IN_PROGRESS',
      'payment.created PENDING',
      'payment.updated COMPLETED',
      'terminal.checkout.updated COMPLETED',
    ]);
    const body = JSON.parse(bench.courier.bodies.at(-1) ?? '');
    expect(body).toEqual({
      merchant_id: 'MLPAPERJAM',
      type: 'terminal.checkout.updated',
      event_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      created_at: expect.stringMatching(/Z$/),
      data: { type: 'checkout', id, object: { checkout: bench.get(`/v2/terminals/checkouts/${id}`).json.checkout } },
    });
    expect(new Set(bench.courier.bodies.map((one) => JSON.parse(one).event_id)).size).toBe(5);
  });

  test('are signed over the URL and the body with the key of the subscription', () => {
    const { bench, made } = subscribed();
    bench.checkout(100);
    bench.clock.advance(100);
    const [attempt] = bench.courier.attempts;
    const expected = createHmac('sha256', made.signature_key).update(`${URL}${attempt?.body}`).digest('base64');
    expect(attempt?.headers['x-square-hmacsha256-signature']).toBe(expected);
    expect(attempt?.url).toBe(URL);
  });

  test('tell of receipts, refunds and pairings to those who want to hear of them, and of nothing else', () => {
    const types = ['terminal.action.updated', 'terminal.refund.created', 'refund.updated', 'device.code.paired'];
    const { bench } = subscribed(types);
    const { id } = bench.checkout(1_280);
    bench.until('checkouts', id, 'COMPLETED');
    bench.clock.advance(20_000);
    const receipt = bench.receipt(bench.saleOf(id)).json.action.id;
    bench.until('actions', receipt, 'COMPLETED', 20_000);
    const refund = bench.refund(bench.saleOf(id), 1_280).json.refund.id;
    bench.until('refunds', refund, 'COMPLETED', 20_000);
    const device_code = { product_type: 'TERMINAL_API' };
    bench.ask('POST', '/v2/devices/codes', { idempotency_key: 'c', device_code });
    bench.clock.advance(5_000);
    const types2 = bench.courier.bodies.map((body) => JSON.parse(body).type);
    expect(types2).toEqual([
      'terminal.action.updated',
      'terminal.action.updated',
      'terminal.refund.created',
      'refund.updated',
      'device.code.paired',
    ]);
  });

  test('tell of a sale that another protocol has made', () => {
    const { bench } = subscribed();
    bench.shop.first.open({ face: 'stripe', key: 'pi_1', amountFen: 300 });
    bench.clock.advance(30_000);
    expect(told(bench)).toEqual(['payment.created PENDING', 'payment.updated COMPLETED']);
  });

  test('that were not taken come after a restart', () => {
    const { bench } = subscribed(['terminal.checkout.created']);
    bench.courier.answer = () => ({ failure: 'connection refused' });
    bench.checkout(100);
    bench.clock.advance(500);
    bench.restartCloud();
    bench.courier.answer = () => ({ status: 200 });
    bench.courier.attempts.length = 0;
    bench.checkout(200);
    bench.clock.advance(5_000);
    const amounts = bench.courier.bodies.map((body) => JSON.parse(body).data.object.checkout.amount_money.amount);
    expect(amounts).toEqual([100, 200]);
  });
});

describe('subscriptions', () => {
  test('are listed, changed, rekeyed, switched off and deleted', () => {
    const { bench, made } = subscribed();
    expect(made).toMatchObject({ name: 'till', enabled: true, event_types: ALL, api_version: '2026-09-16' });
    const path = `/v2/webhooks/subscriptions/${made.id}`;
    expect(bench.get(path).json.subscription).toEqual(made);
    expect(bench.get('/v2/webhooks/subscriptions').json.subscriptions).toEqual([made]);
    const { signature_key: key } = bench.ask('POST', `${path}/signature-key`, {}).json;
    expect(key).not.toBe(made.signature_key);
    const changed = bench.ask('PUT', path, { subscription: { enabled: false, name: 'till 2' } }).json.subscription;
    expect(changed).toMatchObject({ name: 'till 2', enabled: false, signature_key: key });
    bench.checkout(100);
    bench.clock.advance(100);
    expect(bench.courier.attempts).toEqual([]);
    expect(bench.get('/v2/webhooks/subscriptions').json).toEqual({});
    expect(bench.get('/v2/webhooks/subscriptions?include_disabled=true').json.subscriptions).toHaveLength(1);
    expect(bench.ask('DELETE', path).json).toEqual({});
    expect(bench.get(path).status).toBe(404);
    bench.restartCloud();
    expect(bench.get(path).status).toBe(404);
  });

  test('are tested with one event to them alone, and told what came of it', () => {
    const { bench, made } = subscribed();
    subscribed(ALL, bench);
    bench.courier.answer = () => ({ status: 204 });
    const path = `/v2/webhooks/subscriptions/${made.id}/test`;
    const { json } = bench.ask('POST', path, { event_type: 'payment.updated' });
    expect(json.subscription_test_result).toMatchObject({
      status_code: 204,
      notification_url: URL,
      passes_filter: true,
    });
    expect(json.status_code).toBe(204);
    expect(bench.courier.attempts).toHaveLength(1);
    const refused = bench.ask('POST', path, { event_type: 'refund.updated' }).json.errors[0];
    expect([refused.code, refused.field]).toEqual(['INVALID_VALUE', 'event_type']);
  });

  test('to what does not exist, or at no URL, are refused; the same key is the same one', () => {
    const { bench } = subscribed();
    const body = (more: Readonly<Record<string, unknown>>) => ({
      idempotency_key: 'same',
      subscription: { name: 'a', event_types: ['payment.updated'], notification_url: URL, ...more },
    });
    const create = (more: Readonly<Record<string, unknown>>) =>
      bench.ask('POST', '/v2/webhooks/subscriptions', body(more)).json;
    expect(create({ event_types: ['inventory.count.updated'] }).errors[0].field).toBe('subscription.event_types');
    expect(create({ notification_url: 'ftp://x' }).errors[0].field).toBe('subscription.notification_url');
    const first = create({}).subscription;
    expect(create({}).subscription).toEqual(first);
    expect(create({ name: 'b' }).errors[0].code).toBe('IDEMPOTENCY_KEY_REUSED');
  });
});
