import { describe, expect, test } from 'vitest';
import { VIRTUAL_EPOCH_MS } from '../../../src/ground/virtual-clock.js';
import { Bench, HEADERS } from './bench.js';

describe('a checkout', () => {
  test('waits in the cloud, is a sale at the terminal, and is complete when the payment is final', () => {
    const bench = new Bench();
    const made = bench.checkout(1_280, { note: '美式 Americano', reference_id: 'order 7' });
    expect(made).toEqual({
      id: made.id,
      amount_money: { amount: 1_280, currency: 'CNY' },
      note: '美式 Americano',
      reference_id: 'order 7',
      device_options: { device_id: 'T01' },
      payment_options: { autocomplete: true },
      payment_type: 'CARD_PRESENT',
      deadline_duration: 'PT5M',
      status: 'PENDING',
      app_id: 'sandbox-sq0idb-paperjam',
      location_id: 'LPAPERJAM',
      created_at: new Date(VIRTUAL_EPOCH_MS + 2_000).toISOString(),
      updated_at: new Date(VIRTUAL_EPOCH_MS + 2_000).toISOString(),
    });
    bench.clock.advance(10);
    expect(bench.state('checkouts', made.id)).toBe('IN_PROGRESS');
    bench.until('checkouts', made.id, 'COMPLETED');
    const saleId = bench.saleOf(made.id);
    expect(bench.get(`/v2/terminals/checkouts/${made.id}`).json.checkout.payment_ids).toEqual([saleId]);
    expect(bench.get(`/v2/payments/${saleId}`).json.payment).toMatchObject({
      id: saleId,
      status: 'COMPLETED',
      amount_money: { amount: 1_280, currency: 'CNY' },
      total_money: { amount: 1_280, currency: 'CNY' },
      source_type: 'WALLET',
      wallet_details: { status: 'CAPTURED', brand: 'ALIPAY' },
      terminal_checkout_id: made.id,
      reference_id: 'order 7',
      note: '美式 Americano',
      application_details: { square_product: 'TERMINAL_API' },
    });
    expect(bench.shop.first.facts(saleId)).toMatchObject({
      till: { face: 'square', key: made.id },
      subject: '美式 Americano',
      amountFen: 1_280,
    });
  });

  test('tells of what is final exactly when it is, and that is noted', () => {
    const bench = new Bench();
    const { id } = bench.checkout(500);
    bench.clock.advance(10);
    bench.state('checkouts', id);
    expect(bench.till.notes).toEqual([]);
    bench.until('checkouts', id, 'COMPLETED');
    expect(bench.till.notes).toContain(`delivered ${bench.saleOf(id)}`);
    bench.clock.advance(1_000);
    expect(bench.shop.first.facts(bench.saleOf(id))?.delivery).toBe('delivered');
  });

  test.each([
    ['refuses on the phone', 'refuses', 'BUYER_CANCELED', 'FAILED'],
    ['has no money', 'no-money', 'BUYER_CANCELED', 'FAILED'],
    ['never answers the phone', 'never', 'TIMED_OUT', 'CANCELED'],
  ] as const)('of a customer who %s is canceled, and its payment says why', (_, behaviour, reason, payment) => {
    const bench = new Bench({}, { custom: { behaviour } });
    const { id } = bench.checkout(1_280);
    bench.until('checkouts', id, `CANCELED ${reason}`);
    const { json } = bench.get(`/v2/payments/${bench.saleOf(id)}`);
    expect(json.payment.status).toBe(payment);
    expect(bench.get(`/v2/terminals/checkouts/${id}`).json.checkout.payment_ids).toEqual([bench.saleOf(id)]);
  });

  test('of a customer without money says so in the words of Square', () => {
    const bench = new Bench({}, { custom: { behaviour: 'no-money' } });
    const { id } = bench.checkout(1_280);
    bench.until('checkouts', id, 'CANCELED BUYER_CANCELED');
    expect(bench.get(`/v2/payments/${bench.saleOf(id)}`).json.payment.wallet_details).toEqual({
      status: 'FAILED',
      brand: 'ALIPAY',
      errors: [
        { category: 'PAYMENT_METHOD_ERROR', code: 'INSUFFICIENT_FUNDS', detail: 'ACQ.BUYER_BALANCE_NOT_ENOUGH' },
      ],
    });
  });

  test('to which nobody comes is timed out by the terminal, and has no payment', () => {
    const bench = new Bench({}, { custom: 'none' });
    const { id } = bench.checkout(1_280);
    bench.until('checkouts', id, 'CANCELED TIMED_OUT');
    expect(bench.get(`/v2/terminals/checkouts/${id}`).json.checkout).not.toHaveProperty('payment_ids');
    expect(bench.get(`/v2/payments/${bench.saleOf(id)}`).status).toBe(404);
  });

  test('that is given up at the terminal was canceled by the buyer', () => {
    const bench = new Bench({}, { custom: 'none' });
    const { id } = bench.checkout(1_280);
    bench.clock.advance(500);
    bench.world.people.cancel();
    bench.until('checkouts', id, 'CANCELED BUYER_CANCELED', 1_000);
  });

  test('waits its turn behind the one before', () => {
    const bench = new Bench();
    const first = bench.checkout(100);
    const second = bench.checkout(200);
    bench.clock.advance(500);
    expect([bench.state('checkouts', first.id), bench.state('checkouts', second.id)]).toEqual([
      'IN_PROGRESS',
      'PENDING',
    ]);
    bench.until('checkouts', second.id, 'COMPLETED');
    expect(bench.state('checkouts', first.id)).toBe('COMPLETED');
    expect(bench.world.platform?.ledger.trades()).toHaveLength(2);
  });

  test('that no terminal takes up in time is timed out, and never becomes a sale', () => {
    const bench = new Bench();
    bench.world.powerOff(60_000);
    const { id } = bench.checkout(100, { deadline_duration: 'PT10S' });
    bench.clock.advance(9_990);
    expect(bench.state('checkouts', id)).toBe('PENDING');
    bench.clock.advance(5);
    expect(bench.state('checkouts', id)).toBe('CANCELED TIMED_OUT');
    bench.clock.advance(120_000);
    expect(bench.shop.first.saleOf('square', id)).toBeUndefined();
  });

  test('is not timed out any more once the terminal has begun with it', () => {
    const bench = new Bench({}, { custom: { behaviour: 'confirms', afterMs: 20_000 } });
    const { id } = bench.checkout(100, { deadline_duration: 'PT10S' });
    bench.clock.advance(15_000);
    expect(bench.state('checkouts', id)).toBe('IN_PROGRESS');
    bench.until('checkouts', id, 'COMPLETED');
  });
});

describe('canceling', () => {
  test('takes a pending checkout back at once', () => {
    const bench = new Bench();
    bench.world.powerOff(10_000);
    const { id } = bench.checkout(100);
    const { status, json } = bench.ask('POST', `/v2/terminals/checkouts/${id}/cancel`);
    expect([status, json.checkout.status, json.checkout.cancel_reason]).toEqual([200, 'CANCELED', 'SELLER_CANCELED']);
    bench.clock.advance(60_000);
    expect(bench.shop.first.saleOf('square', id)).toBeUndefined();
  });

  test('in time asks the terminal to give the sale up', () => {
    const bench = new Bench({}, { custom: { behaviour: 'never' } });
    const { id } = bench.checkout(100);
    bench.clock.advance(3_000);
    const { json } = bench.ask('POST', `/v2/terminals/checkouts/${id}/cancel`);
    expect(json.checkout.status).toBe('CANCEL_REQUESTED');
    bench.until('checkouts', id, 'CANCELED SELLER_CANCELED');
    expect(bench.world.platform?.ledger.trades().map(({ state }) => state)).toEqual(['TRADE_CLOSED']);
  });

  test('too late is refused in the words of Square, and dismissing then changes nothing', () => {
    const bench = new Bench();
    const { id } = bench.checkout(100);
    bench.until('checkouts', id, 'COMPLETED');
    const { status, json } = bench.ask('POST', `/v2/terminals/checkouts/${id}/cancel`);
    expect(status).toBe(400);
    expect(json).toEqual({
      errors: [
        {
          category: 'INVALID_REQUEST_ERROR',
          code: 'INVALID_VALUE',
          detail: 'Cannot transition from status COMPLETED to status CANCELED with cancel_reason SELLER_CANCELED',
          field: 'status',
        },
      ],
    });
    expect(bench.ask('POST', `/v2/terminals/checkouts/${id}/dismiss`).json.checkout.status).toBe('COMPLETED');
  });

  test('that crosses the payment gives the money back, and says so when it has', () => {
    const bench = new Bench({ networkMs: 400 });
    const { id } = bench.checkout(100);
    const trades = () => bench.world.platform?.ledger.trades().map(({ state }) => state);
    expect(bench.clock.runUntil(() => trades()?.[0] === 'TRADE_SUCCESS')).toBe(true);
    const { json } = bench.ask('POST', `/v2/terminals/checkouts/${id}/cancel`);
    expect(json.checkout.status).toBe('CANCEL_REQUESTED');
    expect(bench.till.notes).toEqual([]);
    bench.until('checkouts', id, 'CANCELED SELLER_CANCELED');
    expect(trades()).toEqual(['TRADE_CLOSED']);
    expect(bench.get(`/v2/payments/${bench.saleOf(id)}`).json.payment).toMatchObject({
      status: 'CANCELED',
      wallet_details: { status: 'VOIDED' },
    });
  });
});

describe('the same key', () => {
  test('gives the same checkout as it is now, behind a restart of the cloud too', () => {
    const bench = new Bench();
    const checkout = { amount_money: { amount: 100, currency: 'CNY' }, device_options: { device_id: 'T01' } };
    const body = { idempotency_key: 'once', checkout };
    const { json } = bench.ask('POST', '/v2/terminals/checkouts', body);
    bench.until('checkouts', json.checkout.id, 'COMPLETED');
    const again = bench.ask('POST', '/v2/terminals/checkouts', body).json.checkout;
    expect([again.id, again.status]).toEqual([json.checkout.id, 'COMPLETED']);
    bench.restartCloud();
    expect(bench.ask('POST', '/v2/terminals/checkouts', body).json.checkout).toEqual(again);
    bench.clock.advance(60_000);
    expect(bench.world.platform?.ledger.trades()).toHaveLength(1);
  });

  test('for something else is refused', () => {
    const bench = new Bench();
    const of = (amount: number) => ({
      idempotency_key: 'once',
      checkout: { amount_money: { amount, currency: 'CNY' }, device_options: { device_id: 'T01' } },
    });
    bench.ask('POST', '/v2/terminals/checkouts', of(100));
    const { status, json } = bench.ask('POST', '/v2/terminals/checkouts', of(101));
    expect(status).toBe(400);
    expect(json.errors).toEqual([
      {
        category: 'INVALID_REQUEST_ERROR',
        code: 'IDEMPOTENCY_KEY_REUSED',
        detail: 'The idempotency key can only be retried with the same request data.',
        field: 'idempotency_key',
      },
    ]);
  });

  test('twice at the same moment, before the first is durable, makes one checkout', () => {
    const bench = new Bench();
    const checkout = { amount_money: { amount: 100, currency: 'CNY' }, device_options: { device_id: 'T01' } };
    const request = { path: '/v2/terminals/checkouts', headers: HEADERS, json: { idempotency_key: 'once', checkout } };
    const first = bench.till.send(request);
    const second = bench.till.send(request);
    bench.clock.advance(60_000);
    const bodies = [first, second].map(({ heard }) =>
      heard !== undefined && 'answer' in heard ? JSON.parse(heard.answer.body).checkout.id : heard,
    );
    expect(bodies[0]).toBe(bodies[1]);
    expect(bench.world.platform?.ledger.trades()).toHaveLength(1);
  });
});

describe('test devices of the sandbox', () => {
  const DEVICES = [
    ['9fa747a2-25ff-48ee-b078-04381f7c828f', 'COMPLETED'],
    ['841100b9-ee60-4537-9bcf-e30b2ba5e215', 'CANCELED BUYER_CANCELED'],
    ['0a956d49-619a-4530-8e5e-8eac603ffc5e', 'CANCELED TIMED_OUT'],
  ] as const;

  test.each(DEVICES)('%s ends %s', (device, state) => {
    const bench = new Bench({}, { custom: 'none' });
    const { id } = bench.checkout(1_280, {}, device);
    bench.until('checkouts', id, state, 10_000);
    const { device_options } = bench.get(`/v2/terminals/checkouts/${id}`).json.checkout;
    expect(device_options).toEqual({ device_id: device });
  });

  test('one that is offline leaves the checkout pending until it is canceled, and holds up no other', () => {
    const bench = new Bench();
    const { id } = bench.checkout(100, {}, 'da40d603-c2ea-4a65-8cfd-f42e36dab0c7');
    const other = bench.checkout(200);
    bench.until('checkouts', other.id, 'COMPLETED');
    expect(bench.state('checkouts', id)).toBe('PENDING');
    expect(bench.ask('POST', `/v2/terminals/checkouts/${id}/cancel`).json.checkout.status).toBe('CANCELED');
  });

  test('one with a tip takes 20 % more, and tells the two apart', () => {
    const bench = new Bench();
    const { id } = bench.checkout(1_000, {}, '22cd266c-6246-4c06-9983-67f0c26346b0');
    bench.until('checkouts', id, 'COMPLETED');
    const { payment } = bench.get(`/v2/payments/${bench.saleOf(id)}`).json;
    const money = [payment.amount_money, payment.tip_money, payment.total_money];
    expect(money.map(({ amount }) => amount)).toEqual([1_000, 200, 1_200]);
    expect(bench.get(`/v2/terminals/checkouts/${id}`).json.checkout.tip_money).toEqual({
      amount: 200,
      currency: 'CNY',
    });
  });

  test('declines more than 25.00 on the device that else pays', () => {
    const bench = new Bench();
    const { id } = bench.checkout(2_501, {}, '9fa747a2-25ff-48ee-b078-04381f7c828f');
    bench.until('checkouts', id, 'CANCELED BUYER_CANCELED');
  });
});
