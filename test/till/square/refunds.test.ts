import { describe, expect, test } from 'vitest';
import type { SimulationOptions } from '../../../src/world/simulated.js';
import { Bench } from './bench.js';

function sold(options: SimulationOptions = {}) {
  const bench = new Bench(options);
  const { id } = bench.checkout(1_280);
  bench.until('checkouts', id, 'COMPLETED');
  bench.clock.advance(20_000);
  return { bench, checkoutId: id, saleId: bench.saleOf(id) };
}

describe('a refund at the terminal', () => {
  test('gives all of it back, and everybody sees it, while the checkout stays complete', () => {
    const { bench, checkoutId, saleId } = sold();
    const { json } = bench.refund(saleId, 1_280);
    expect(json.refund).toMatchObject({ status: 'PENDING', payment_id: saleId, reason: 'Returned' });
    bench.until('refunds', json.refund.id, 'COMPLETED', 20_000);
    expect(bench.world.platform?.ledger.trades().map(({ state }) => state)).toEqual(['TRADE_CLOSED']);
    expect(bench.get(`/v2/terminals/refunds/${json.refund.id}`).json.refund.refund_id).toBe(`${saleId}_refund`);
    expect(bench.get(`/v2/payments/${saleId}`).json.payment).toMatchObject({
      status: 'COMPLETED',
      refunded_money: { amount: 1_280 },
      refund_ids: [`${saleId}_refund`],
    });
    expect(bench.get(`/v2/refunds/${saleId}_refund`).json.refund).toMatchObject({
      status: 'COMPLETED',
      reason: 'Returned',
      terminal_refund_id: json.refund.id,
    });
    expect(bench.get('/v2/refunds').json.refunds).toHaveLength(1);
    expect(bench.state('checkouts', checkoutId)).toBe('COMPLETED');
  });

  test('is complete only when the platform has said so', () => {
    const { bench, checkoutId, saleId } = sold();
    bench.world.faults.put({ fault: 'network.down', when: 'now', for: 30_000 });
    const { id } = bench.refund(saleId, 1_280).json.refund;
    bench.clock.advance(5_000);
    expect(bench.state('refunds', id)).toBe('IN_PROGRESS');
    expect(bench.get(`/v2/payments/${saleId}`).json.payment.status).toBe('COMPLETED');
    expect(bench.get(`/v2/refunds/${saleId}_refund`).json.refund.status).toBe('PENDING');
    expect(bench.state('checkouts', checkoutId)).toBe('COMPLETED');
    bench.clock.advance(1_000_000); // The guard task asks again.
    expect(bench.state('refunds', id)).toBe('COMPLETED');
  });

  test('that the platform refuses for good is canceled, and the payment stands', () => {
    const { bench, saleId } = sold();
    bench.world.faults.put({ fault: 'platform.cancel-refused', when: 'now' });
    const { id } = bench.refund(saleId, 1_280).json.refund;
    bench.until('refunds', id, 'CANCELED SELLER_CANCELED', 60_000);
    expect(bench.get(`/v2/payments/${saleId}`).json.payment).not.toHaveProperty('refunded_money');
    expect(bench.get(`/v2/refunds/${saleId}_refund`).json.refund.status).toBe('REJECTED');
  });

  test('is canceled when the money went back because somebody else asked for that', () => {
    const { bench, saleId } = sold();
    bench.world.powerOff(3_000);
    const { id } = bench.refund(saleId, 1_280).json.refund;
    let asked = false;
    bench.world.watch({
      state: () => {
        if (asked || !bench.world.terminal.free) return;
        asked = true;
        bench.clock.setTimeout(() => bench.shop.first.reverse(saleId), 0);
      },
    });
    bench.clock.advance(60_000);
    expect(bench.state('refunds', id)).toBe('CANCELED SELLER_CANCELED');
    expect(bench.shop.first.facts(saleId)).toMatchObject({ payment: 'reversed', reversalsAsked: 1 });
  });

  test('goes on over a power cut in the middle', () => {
    const { bench, saleId } = sold();
    bench.world.faults.put({
      fault: 'terminal.power-cut',
      when: { journal: 'cancel-intent', at: 'synced' },
      offMs: 2_000,
    });
    const { id } = bench.refund(saleId, 1_280).json.refund;
    bench.until('refunds', id, 'COMPLETED', 60_000);
    expect(bench.world.platform?.ledger.trades().map(({ state }) => state)).toEqual(['TRADE_CLOSED']);
  });

  test.each([
    ['a part', 500, 'REFUND_AMOUNT_INVALID'],
    ['more than there was', 2_000, 'REFUND_AMOUNT_INVALID'],
  ])('of %s is refused', (_, amount, code) => {
    const { bench, saleId } = sold();
    expect(bench.refund(saleId, amount).json.errors).toEqual([
      {
        category: 'REFUND_ERROR',
        code,
        detail: `This platform refunds a payment as a whole: 1280 fen, not ${amount}.`,
        field: 'refund.amount_money.amount',
      },
    ]);
  });

  test('is made once: while it is pending, and when it is done, another is refused', () => {
    const { bench, saleId } = sold();
    const { id } = bench.refund(saleId, 1_280).json.refund;
    expect(bench.refund(saleId, 1_280).json.errors[0].code).toBe('REFUND_ALREADY_PENDING');
    bench.until('refunds', id, 'COMPLETED', 20_000);
    expect(bench.refund(saleId, 1_280).json.errors[0].code).toBe('REFUND_AMOUNT_INVALID');
  });

  test('can be canceled until the terminal has begun', () => {
    const { bench, saleId } = sold();
    bench.world.powerOff(5_000);
    const { id } = bench.refund(saleId, 1_280).json.refund;
    expect(bench.ask('POST', `/v2/terminals/refunds/${id}/cancel`).json.refund.cancel_reason).toBe('SELLER_CANCELED');
    bench.clock.advance(30_000);
    expect(bench.get(`/v2/payments/${saleId}`).json.payment).not.toHaveProperty('refund_ids');
    const second = bench.refund(saleId, 1_280).json.refund.id;
    bench.until('refunds', second, 'COMPLETED', 20_000);
    expect(bench.ask('POST', `/v2/terminals/refunds/${second}/cancel`).status).toBe(400);
  });

  test.each([
    ['aafea9fa-350c-4ab2-b033-b2fbb672e712', 'CANCELED BUYER_CANCELED'],
    ['e371fb66-29a2-45a6-a928-f8de0e864242', 'CANCELED TIMED_OUT'],
    ['7647344e-aea2-4cff-ac53-513644de434d', 'PENDING'],
    ['f72dfb8e-4d65-4e56-aade-ec3fb8d33291', 'COMPLETED'],
  ])('on the test device %s ends %s', (device, state) => {
    const { bench, saleId } = sold();
    const { id } = bench.refund(saleId, 1_280, device).json.refund;
    bench.clock.advance(20_000);
    expect(bench.state('refunds', id)).toBe(state);
  });
});

describe('a refund after one that was rejected', () => {
  test('is another one: the first stays rejected, and of the second only its own end is told', () => {
    const { bench, saleId } = sold();
    const refused = bench.world.faults.put({ fault: 'platform.cancel-refused', when: 'now' });
    const ask = (key: string) =>
      bench.ask('POST', '/v2/refunds', {
        idempotency_key: key,
        payment_id: saleId,
        amount_money: { amount: 1_280, currency: 'CNY' },
      }).json.refund;
    const status = (id: string) => bench.get(`/v2/refunds/${id}`).json.refund.status;
    const first = ask('k1');
    bench.clock.advance(30_000);
    expect(status(first.id)).toBe('REJECTED');
    bench.world.faults.clear(refused.id);
    const second = ask('k2');
    expect([first.id, second.id, second.status]).toEqual([`${saleId}_refund`, `${saleId}_refund_2`, 'PENDING']);
    const seen = new Set<string>();
    for (let polls = 0; polls < 300; polls++) {
      seen.add(status(second.id));
      expect(status(first.id)).toBe('REJECTED');
      bench.clock.advance(100);
    }
    expect([...seen]).toEqual(['PENDING', 'COMPLETED']);
    expect(ask('k1')).toMatchObject({ id: first.id, status: 'REJECTED' });
    expect(bench.get(`/v2/payments/${saleId}`).json.payment).toMatchObject({
      refunded_money: { amount: 1_280 },
      refund_ids: [first.id, second.id],
    });
    expect(bench.get('/v2/refunds').json.refunds).toHaveLength(2);
  });

  test('has a number of its own, whoever has asked for the others', () => {
    const { bench, saleId } = sold();
    const refused = bench.world.faults.put({ fault: 'platform.cancel-refused', when: 'now' });
    bench.shop.first.reverse(saleId);
    bench.clock.advance(30_000);
    const { id } = bench.refund(saleId, 1_280).json.refund;
    bench.until('refunds', id, 'CANCELED SELLER_CANCELED', 60_000);
    bench.clock.advance(10_000);
    bench.world.faults.clear(refused.id);
    bench.shop.first.reverse(saleId);
    bench.clock.advance(30_000);
    const { refunds } = bench.get('/v2/refunds?sort_order=ASC').json;
    const told = refunds.map((one: Record<string, unknown>) => [one.id, one.status, one.terminal_refund_id]);
    expect(told).toEqual([
      [`${saleId}_refund`, 'REJECTED', undefined],
      [`${saleId}_refund_2`, 'REJECTED', id],
      [`${saleId}_refund_3`, 'COMPLETED', undefined],
    ]);
  });
});

describe('a refund without a terminal', () => {
  test('is the same one, and is told by the Refunds API', () => {
    const { bench, saleId } = sold();
    const body = {
      idempotency_key: 'back',
      payment_id: saleId,
      amount_money: { amount: 1_280, currency: 'CNY' },
      reason: 'Spilt',
    };
    const { json } = bench.ask('POST', '/v2/refunds', body);
    expect(json.refund).toMatchObject({ id: `${saleId}_refund`, status: 'PENDING', reason: 'Spilt' });
    bench.clock.advance(20_000);
    expect(bench.get(`/v2/refunds/${saleId}_refund`).json.refund.status).toBe('COMPLETED');
    expect(bench.ask('POST', '/v2/refunds', body).json.refund.status).toBe('COMPLETED');
    expect(bench.ask('POST', '/v2/terminals/refunds/search', {}).json).toEqual({});
  });
});

test('what is reversed by other means is seen as refunded too', () => {
  const { bench, saleId } = sold();
  bench.shop.first.reverse(saleId);
  bench.clock.advance(20_000);
  expect(bench.get('/v2/refunds').json.refunds).toMatchObject([{ payment_id: saleId, status: 'COMPLETED' }]);
});
