import Stripe from 'stripe';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { MemoryCourier } from '../couriers.js';
import { Bench, prepareBench } from './bench.js';

beforeAll(prepareBench);

const stripe = new Stripe('sk_test_paperjam');
let bench: Bench;
let courier: MemoryCourier;
beforeEach(() => {
  courier = new MemoryCourier();
  bench = new Bench({ courier });
});
afterEach(() => bench.close());

function hook(events: readonly string[], url = 'https://till.example/hook') {
  const form = events.map((event, index) => `&enabled_events[${index}]=${event}`).join('');
  return bench.post('/webhook_endpoints', `url=${encodeURIComponent(url)}${form}`).json;
}

const types = () => courier.bodies.map((body) => JSON.parse(body).type);

test('what happens is told in its order, signed so that the SDK believes it', () => {
  const { secret } = hook(['*']);
  expect(secret).toMatch(/^whsec_/);
  const { intent, reader } = bench.atReader();
  bench.present(reader);
  bench.clock.advance(10_000);
  bench.post('/refunds', `payment_intent=${intent}`);
  bench.clock.advance(1_000);
  expect(types()).toEqual([
    'payment_intent.created',
    'terminal.reader.action_updated',
    'charge.succeeded',
    'payment_intent.succeeded',
    'terminal.reader.action_succeeded',
    'refund.created',
    'refund.updated',
    'charge.refunded',
  ]);
  const [, , , succeeded] = courier.attempts;
  const signature = succeeded?.headers['stripe-signature'] ?? '';
  const at = bench.clock.now();
  const event = stripe.webhooks.constructEvent(succeeded?.body ?? '', signature, secret, 300, undefined, at);
  expect(event.data.object).toMatchObject({ id: intent, status: 'succeeded', amount_received: 1280 });
  const tampered = (succeeded?.body ?? '').replaceAll('1280', '9280');
  expect(() => stripe.webhooks.constructEvent(tampered, signature, secret, 300, undefined, at)).toThrow(
    'No signatures found',
  );
  expect(bench.get(`/events/${event.id}`).json).toMatchObject({ id: event.id, type: 'payment_intent.succeeded' });
});

test('a decline is told as one, and a payment that was called off is not', () => {
  hook(['charge.failed', 'payment_intent.payment_failed', 'terminal.reader.action_failed']);
  const { reader } = bench.atReader(1005);
  bench.present(reader);
  bench.clock.advance(1_000);
  expect(types()).toEqual(['charge.failed', 'payment_intent.payment_failed', 'terminal.reader.action_failed']);
  expect(JSON.parse(courier.bodies[1] ?? '').data.object).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { decline_code: 'generic_decline' },
  });
  const next = bench.atReader(1280);
  bench.post(`/terminal/readers/${next.reader}/cancel_action`);
  bench.clock.advance(60_000);
  expect(types()).toHaveLength(3);
});

test('a receiver that fails is told again, once it is back', () => {
  hook(['payment_intent.succeeded']);
  courier.answer = () => ({ status: 500 });
  const { reader } = bench.atReader();
  bench.present(reader);
  bench.clock.advance(3_000);
  const tries = courier.attempts.length;
  expect(tries).toBeGreaterThan(1);
  courier.answer = () => ({ status: 200 });
  bench.clock.advance(3_600_000);
  expect(new Set(courier.bodies).size).toBe(1);
  const [first, last] = [courier.attempts[0], courier.attempts.at(-1)];
  expect(first?.headers['stripe-signature']).not.toBe(last?.headers['stripe-signature']);
});

test('endpoints can be changed, shut and taken away', () => {
  const { id } = hook(['payment_intent.created']);
  expect(bench.get('/webhook_endpoints').json.data).toHaveLength(1);
  expect(bench.get(`/webhook_endpoints/${id}`).json).not.toHaveProperty('secret');
  bench.post(`/webhook_endpoints/${id}`, 'disabled=true');
  bench.intent();
  expect(courier.attempts).toHaveLength(0);
  expect(bench.post(`/webhook_endpoints/${id}`, 'disabled=false').json.status).toBe('enabled');
  bench.intent();
  bench.clock.advance(1_000);
  expect(courier.attempts).toHaveLength(1);
  expect(bench.del(`/webhook_endpoints/${id}`).json).toMatchObject({ id, deleted: true });
  expect(bench.get(`/webhook_endpoints/${id}`).status).toBe(404);
  bench.intent();
  bench.clock.advance(1_000);
  expect(courier.attempts).toHaveLength(1);
  expect(bench.post('/webhook_endpoints', 'url=till&enabled_events[]=*').json.error.code).toBe('url_invalid');
});

test('what happened while the program was not running is told when it is', () => {
  hook(['*']);
  const { intent, reader } = bench.atReader();
  bench.face.close();
  bench.world.people.show(bench.world.people.codeOf({ behaviour: 'pays' }));
  bench.clock.advance(10_000);
  expect(types()).toEqual(['payment_intent.created']);
  bench.restart();
  bench.clock.advance(5_000);
  expect(types()).toEqual([
    'payment_intent.created',
    'charge.succeeded',
    'payment_intent.succeeded',
    'terminal.reader.action_succeeded',
  ]);
  bench.restart();
  bench.clock.advance(5_000);
  expect(types()).toHaveLength(4);
  expect(bench.show(intent).status).toBe('succeeded');
  expect(bench.action(reader).status).toBe('succeeded');
});
