import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { Bench, prepareBench } from './bench.js';

beforeAll(prepareBench);

const STEPS = [
  'v1',
  'payment_intents',
  'charges',
  'refunds',
  'terminal',
  'readers',
  'locations',
  'test_helpers',
].concat([
  'process_payment_intent',
  'cancel_action',
  'present_payment_method',
  'capture',
  'cancel',
  'confirm',
  'collect_inputs',
  'set_reader_display',
  'print_content',
  'webhook_endpoints',
  'events',
  '',
  '%zz',
  '..',
  '__proto__',
  'READER',
  'INTENT',
]);
const NAMES = [
  'amount',
  'currency',
  'payment_intent',
  'charge',
  'metadata',
  'metadata[a]',
  'expand[]',
  'type',
  'limit',
].concat([
  'starting_after',
  'registration_code',
  'cart[currency]',
  'inputs[0][type]',
  'card_present[number]',
  'url',
  '__proto__[x]',
]);
const VALUES = [
  '1280',
  '-1',
  '',
  'cny',
  'INTENT',
  'READER',
  '*',
  'x',
  '9'.repeat(30),
  '茶',
  'latest_charge',
  'card_present',
];

test('whatever a till sends is answered in Stripe’s form, and the money stays where it is', () => {
  const bench = new Bench();
  const { reader } = bench;
  const { intent } = bench.atReader();
  bench.present(reader);
  bench.clock.advance(10_000);
  const real = (text: string) => text.replaceAll('READER', reader).replaceAll('INTENT', intent);
  const path = fc
    .array(fc.constantFrom(...STEPS), { maxLength: 6 })
    .map((steps) => real(`/${steps[0] === 'v1' ? '' : 'v1/'}${steps.join('/')}`));
  const pair = fc.tuple(fc.constantFrom(...NAMES), fc.oneof(fc.constantFrom(...VALUES), fc.string({ maxLength: 8 })));
  const form = fc.oneof(
    fc
      .array(pair, { maxLength: 5 })
      .map((pairs) => real(pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&'))),
    fc.string({ maxLength: 40 }),
  );
  const method = fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'BREW');
  const headers = fc.constantFrom<Record<string, string>[]>(
    { authorization: 'Bearer sk_test_x', 'content-type': 'application/x-www-form-urlencoded' },
    { authorization: 'Bearer sk_test_x', 'content-type': 'application/json' },
    { authorization: 'Bearer sk_test_x', 'content-type': 'multipart/form-data; boundary=x' },
    {
      authorization: 'Bearer sk_test_x',
      'content-type': 'application/x-www-form-urlencoded',
      'idempotency-key': 'one',
    },
    { authorization: 'Basic ???' },
    {},
  );
  fc.assert(
    fc.property(method, path, form, headers, (verb, at, text, given) => {
      const posted = verb === 'POST';
      const request = { method: verb, path: at, query: posted ? '' : text, body: posted ? text : '', headers: given };
      const bytes =
        posted && given['content-type']?.startsWith('multipart') === true ? { bytes: Buffer.from(text) } : {};
      const { status, headers: said, json } = bench.till.ask({ ...request, ...bytes }, 120_000);
      expect(said?.['content-type']).toBe('application/json');
      if (status === 200) expect(json.object ?? json.deleted).toBeDefined();
      else expect(json.error).toMatchObject({ type: expect.any(String), message: expect.any(String) });
      expect([200, 400, 401, 404, 409]).toContain(status);
    }),
    { numRuns: 400 },
  );
  const sales = bench.world.terminal.sales();
  expect(sales.filter(({ payment }) => payment === 'paid' || payment === 'reversed')).toHaveLength(1);
  bench.close();
});
