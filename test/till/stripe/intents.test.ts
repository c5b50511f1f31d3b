import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Bench, prepareBench } from './bench.js';

beforeAll(prepareBench);

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.close());

const paid = (amount = 1280, more = '') => {
  const { intent, reader } = bench.atReader(amount, more);
  bench.present(reader);
  bench.clock.advance(10_000);
  return intent;
};

describe('making a PaymentIntent', () => {
  test.each([
    ['currency=cny', 'parameter_missing', 'amount', 'Missing required param: amount.'],
    ['amount=1280', 'parameter_missing', 'currency', 'Missing required param: currency.'],
    ['amount=12.80&currency=cny', 'parameter_invalid_integer', 'amount', 'Invalid integer: 12.80'],
    ['amount=0&currency=cny', 'parameter_invalid_integer', 'amount', 'This value must be greater than or equal to 1.'],
    ['amount=5000001&currency=cny', 'amount_too_large', 'amount', 'Amount must be no more than ¥50000.00'],
    ['amount=&currency=cny', 'parameter_invalid_empty', 'amount', expect.stringContaining("'amount' cannot be unset")],
    [
      'amount=1280&currency=usd',
      undefined,
      'currency',
      'Invalid currency: usd. This account currently supports these currencies: cny',
    ],
    ['amount=1280&currency=cny&ammount=1', 'parameter_unknown', 'ammount', 'Received unknown parameter: ammount'],
    [
      'amount=1280&currency=cny&capture_method=later',
      undefined,
      'capture_method',
      'Invalid capture_method: must be one of automatic, automatic_async, or manual',
    ],
    ['amount=1280&currency=cny&metadata[a][b]=1', undefined, 'metadata', 'Invalid metadata: {"a":{"b":"1"}}'],
    ['amount=1280&currency=cny&confirm=true', undefined, 'confirm', expect.stringContaining('process_payment_intent')],
    ['amount=1280&currency=cny&expand[]=elephant', undefined, 'expand', 'This property cannot be expanded (elephant).'],
  ])('%s is refused', (form, code, param, message) => {
    const { status, json } = bench.post('/payment_intents', form);
    expect({ status, error: json.error }).toEqual({
      status: 400,
      error: { type: 'invalid_request_error', message, param, ...(code === undefined ? {} : { code }) },
    });
  });

  test('keeps what was said, and shows it', () => {
    const form = 'amount=1280&currency=CNY&payment_method_types[0]=card_present&description=Tea&metadata[order]=6735';
    const made = bench.post('/payment_intents', form).json;
    expect(made).toMatchObject({
      id: expect.stringMatching(/^pi_[A-Za-z0-9]{24}$/),
      object: 'payment_intent',
      amount: 1280,
      currency: 'cny',
      description: 'Tea',
      metadata: { order: '6735' },
      status: 'requires_payment_method',
      livemode: false,
    });
    const changed = bench.post(`/payment_intents/${made.id}`, 'amount=990&metadata[order]=&metadata[table]=7').json;
    expect(changed).toMatchObject({ amount: 990, description: 'Tea', metadata: { table: '7' } });
    expect(bench.show(made.id)).toEqual(changed);
  });

  test('without card_present cannot be sent to a reader', () => {
    const { id } = bench.post('/payment_intents', 'amount=1280&currency=cny').json;
    const { error } = bench.post(
      `/terminal/readers/${bench.reader}/process_payment_intent`,
      `payment_intent=${id}`,
    ).json;
    expect(error).toMatchObject({ code: 'payment_intent_incompatible_payment_method', param: 'payment_intent' });
  });

  test('allows card_present in the words of the version that the client speaks', () => {
    const base = 'amount=1280&currency=cny';
    const make = (more: string, version?: string) =>
      bench.post('/payment_intents', `${base}&${more}`, version === undefined ? {} : { 'stripe-version': version })
        .json;
    const now = '2026-10-28.endive';
    expect(make('allowed_payment_method_types[]=card_present', now)).toMatchObject({
      allowed_payment_method_types: ['card_present'],
      payment_method_types: ['card_present'],
    });
    expect(make('payment_method_types[]=card_present', now).error).toMatchObject({
      code: 'payment_method_types_no_longer_supported',
      param: 'payment_method_types',
    });
    expect(make('payment_method_types[]=card_present', '2026-08-26.dahlia')).toMatchObject({
      allowed_payment_method_types: null,
      payment_method_types: ['card_present'],
    });
  });

  test('the description stands on the ticket', () => {
    const { reader } = bench.atReader(1280, '&description=Two%20coffees%0Aand%20cake');
    bench.present(reader);
    expect(bench.world.terminal.sales()[0]?.subject).toBe('Two coffees and cake');
  });

  test('what there is not is told in Stripe’s words', () => {
    expect(bench.get('/payment_intents/pi_nothing')).toMatchObject({
      status: 404,
      json: {
        error: { code: 'resource_missing', message: "No such payment_intent: 'pi_nothing'", param: 'intent' },
      },
    });
    expect(bench.get('/elephants')).toMatchObject({
      status: 404,
      json: { error: { message: expect.stringContaining('Unrecognized request URL (GET: /v1/elephants)') } },
    });
  });

  test('a sale that is under way, or paid, is not changed any more', () => {
    const intent = paid();
    expect(bench.post(`/payment_intents/${intent}`, 'amount=1').json.error).toMatchObject({
      code: 'payment_intent_unexpected_state',
      param: 'amount',
    });
    expect(bench.post(`/payment_intents/${intent}`, 'metadata[order]=1').json.metadata.order).toBe('1');
  });
});

describe('capturing by hand', () => {
  const MANUAL = '&capture_method=manual';

  test('the money is there, and counts when it is captured', () => {
    const intent = paid(1280, MANUAL);
    const before = { status: 'requires_capture', amount_capturable: 1280, amount_received: 0 };
    expect(bench.show(intent)).toMatchObject(before);
    expect(bench.get('/charges').json.data[0]).toMatchObject({ captured: false, amount_captured: 0, paid: true });
    expect(bench.action(bench.reader).status).toBe('succeeded');
    expect(bench.post(`/payment_intents/${intent}/capture`, 'amount_to_capture=1000').json.error).toMatchObject({
      param: 'amount_to_capture',
    });
    expect(bench.show(intent)).toMatchObject(before);
    const after = { status: 'succeeded', amount_capturable: 0, amount_received: 1280 };
    expect(bench.post(`/payment_intents/${intent}/capture`).json).toMatchObject(after);
    expect(bench.post(`/payment_intents/${intent}/capture`).json.error.code).toBe('payment_intent_unexpected_state');
    expect(bench.get('/charges').json.data[0]).toMatchObject({ captured: true, amount_captured: 1280 });
  });

  test('cancelled instead, the money goes back first', () => {
    const intent = paid(1280, MANUAL);
    expect(bench.post(`/payment_intents/${intent}/cancel`).json).toMatchObject({
      status: 'canceled',
      amount_received: 0,
    });
    expect(bench.paid).toBe(0);
    expect(bench.get('/charges').json.data[0]).toMatchObject({ refunded: true, captured: false });
    expect(bench.action(bench.reader).status).toBe('succeeded'); // What the reader did, it has done.
  });

  test('and while nobody knows whether it has gone back, it is not called cancelled', () => {
    const intent = paid(1280, MANUAL);
    const lost = bench.world.platform?.site.onAnswer(() => 'lose');
    const { status, json } = bench.post(`/payment_intents/${intent}/cancel`);
    expect({ status, code: json.error.code }).toEqual({ status: 409, code: 'lock_timeout' });
    expect(bench.show(intent).status).toBe('requires_capture');
    expect(bench.post(`/payment_intents/${intent}/capture`).json.error.code).toBe('charge_already_refunded');
    lost?.();
    bench.clock.advance(1_000_000);
    expect(bench.show(intent).status).toBe('canceled');
  });
});

describe('refunds', () => {
  test('are whole, and once', () => {
    const intent = paid();
    expect(bench.post('/refunds', `payment_intent=${intent}&amount=100`).json.error).toMatchObject({
      code: 'charge_not_refundable',
      param: 'amount',
      message: expect.stringContaining('Only the whole amount (1280)'),
    });
    expect(bench.post('/refunds', `payment_intent=${intent}&amount=1281`).json.error.message).toBe(
      'Refund amount (1281) is greater than charge amount (1280)',
    );
    expect(bench.paid).toBe(1);
    const form = `payment_intent=${intent}&reason=requested_by_customer&metadata[why]=cold&expand[]=charge`;
    const refund = bench.post('/refunds', form).json;
    expect(refund).toMatchObject({
      object: 'refund',
      amount: 1280,
      status: 'succeeded',
      payment_intent: intent,
      reason: 'requested_by_customer',
      metadata: { why: 'cold' },
      charge: { object: 'charge', refunded: true, amount_refunded: 1280 },
    });
    expect(bench.paid).toBe(0);
    expect(bench.show(intent)).toMatchObject({ status: 'succeeded', amount_received: 1280 });
    expect(bench.post('/refunds', `charge=${refund.charge.id}`).json.error.code).toBe('charge_already_refunded');
    expect(bench.get(`/refunds/${refund.id}`).json).toMatchObject({ id: refund.id, status: 'succeeded' });
    expect(bench.get('/refunds', `payment_intent=${intent}`).json.data).toHaveLength(1);
    expect(bench.get('/refunds', 'payment_intent=pi_other').json.data).toHaveLength(0);
  });

  test('at the reader are an action that ends by itself', () => {
    const intent = paid();
    const asked = bench.post(`/terminal/readers/${bench.reader}/refund_payment`, `payment_intent=${intent}`).json;
    expect(asked.action).toMatchObject({
      type: 'refund_payment',
      status: 'in_progress',
      refund_payment: { payment_intent: intent, amount: 1280, refund: expect.stringMatching(/^re_/) },
    });
    bench.clock.advance(5_000);
    expect(bench.action(bench.reader).status).toBe('succeeded');
    expect(bench.paid).toBe(0);
  });

  test('that the platform refuses fail, and the money stays', () => {
    const { intent, reader } = bench.atReader();
    bench.present(reader, 'card_present[number]=4000000000005126');
    bench.clock.advance(10_000);
    expect(bench.show(intent).status).toBe('succeeded');
    const refund = bench.post('/refunds', `payment_intent=${intent}`).json;
    expect(refund).toMatchObject({ status: 'failed', failure_reason: 'declined' });
    expect(bench.paid).toBe(1);
    expect(bench.get('/charges').json.data[0]).toMatchObject({ refunded: false, paid: true, status: 'succeeded' });
    const again = bench.post('/refunds', `payment_intent=${intent}`).json;
    expect(again).toMatchObject({ status: 'failed', id: `${refund.id}_2` });
  });

  test('are pending while nobody knows, and are asked for once', () => {
    const intent = paid();
    const lost = bench.world.platform?.site.onAnswer(() => 'lose');
    const key = bench.key();
    const refund = bench.post('/refunds', `payment_intent=${intent}`, key).json;
    expect(refund).toMatchObject({ status: 'pending', pending_reason: 'processing' });
    expect(bench.post('/refunds', `payment_intent=${intent}`, key).json).toEqual(refund);
    expect(bench.post('/refunds', `payment_intent=${intent}`).json.error.code).toBe('charge_already_refunded');
    expect(bench.show(intent).status).toBe('succeeded');
    lost?.();
    bench.clock.advance(1_000_000);
    expect(bench.get(`/refunds/${refund.id}`).json.status).toBe('succeeded');
  });

  test('of nothing are refused', () => {
    const intent = bench.intent();
    expect(bench.post('/refunds', `payment_intent=${intent}`).json.error.code).toBe('charge_not_refundable');
    expect(bench.post('/refunds').json.error.code).toBe('parameter_missing');
    expect(bench.post('/refunds', 'charge=ch_1').json.error.code).toBe('resource_missing');
    expect(bench.post('/refunds', `charge=ch_1&payment_intent=${intent}`).json.error.code).toBe('parameters_exclusive');
    const { reader } = bench.atReader(1005);
    bench.present(reader);
    const [{ id }] = bench.get('/charges').json.data;
    expect(bench.post('/refunds', `charge=${id}`).json.error.code).toBe('charge_not_refundable');
  });
});

describe('sales that others have made', () => {
  test('are PaymentIntents and charges too, can be refunded, and not be paid anew', () => {
    const sale = bench.world.people.sell(990, { subject: 'Espresso', customer: { behaviour: 'pays' } });
    bench.clock.advance(10_000);
    const refused = bench.world.people.sell(990, { customer: { behaviour: 'no-money' } });
    bench.clock.advance(10_000);
    expect(bench.show(`pi_${sale}`)).toMatchObject({ status: 'succeeded', amount: 990, description: 'Espresso' });
    expect(bench.show(`pi_${refused}`)).toMatchObject({
      status: 'canceled',
      last_payment_error: { decline_code: 'insufficient_funds' },
    });
    expect(bench.get(`/charges/ch_${sale}`).json).toMatchObject({ payment_intent: `pi_${sale}`, status: 'succeeded' });
    expect(bench.get('/payment_intents').json.data.map(({ id }: { id: string }) => id)).toEqual([
      `pi_${refused}`,
      `pi_${sale}`,
    ]);
    const path = `/terminal/readers/${bench.reader}/process_payment_intent`;
    expect(bench.post(path, `payment_intent=pi_${sale}`).json.error.code).toBe('intent_invalid_state');
    expect(bench.post(`/payment_intents/pi_${sale}`, 'amount=1').json.error.message).toContain(
      'was not made through this API',
    );
    expect(bench.post('/refunds', `payment_intent=pi_${sale}`).json.status).toBe('succeeded');
    expect(bench.world.terminal.page(sale).facts.payment).toBe('reversed');
  });

  test('keep the reader busy', () => {
    bench.world.people.sell(990, {});
    bench.clock.advance(100);
    const intent = bench.intent();
    const path = `/terminal/readers/${bench.reader}/process_payment_intent`;
    expect(bench.post(path, `payment_intent=${intent}`).json.error).toMatchObject({
      code: 'terminal_reader_busy',
      message: expect.stringContaining('Reader is currently busy processing another request.'),
    });
    expect(bench.show(intent).status).toBe('requires_payment_method');
  });

  test('give their money back in another protocol, and it is a refund here', () => {
    const intent = paid();
    bench.shop.first.reverse(bench.show(intent).metadata.paperjam_sale);
    bench.clock.advance(5_000);
    expect(bench.get('/refunds').json.data[0]).toMatchObject({ payment_intent: intent, status: 'succeeded' });
    expect(bench.get('/events', 'type=charge.refunded').json.data).toHaveLength(1);
  });
});

test('lists go by pages, the newest first', () => {
  const ids = [1, 2, 3, 4, 5].map((fen) => {
    bench.clock.advance(1_000);
    return bench.intent(fen * 100);
  });
  const shown = (query: string) => {
    const { data, has_more: more } = bench.get('/payment_intents', query).json;
    return [data.map(({ id }: { id: string }) => ids.indexOf(id) + 1), more];
  };
  expect(shown('limit=2')).toEqual([[5, 4], true]);
  expect(shown(`limit=2&starting_after=${ids[3]}`)).toEqual([[3, 2], true]);
  expect(shown(`limit=2&starting_after=${ids[1]}`)).toEqual([[1], false]);
  expect(shown(`limit=2&ending_before=${ids[0]}`)).toEqual([[3, 2], true]);
  expect(shown(`ending_before=${ids[3]}`)).toEqual([[5], false]);
  expect(bench.get('/payment_intents', 'limit=101').json.error.param).toBe('limit');
  expect(bench.get('/payment_intents', 'starting_after=pi_x').json.error.code).toBe('resource_missing');
});
