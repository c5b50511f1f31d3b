import { afterEach, describe, expect, test } from 'vitest';
import type { TillBreak } from '../../../src/ports/till-faults.js';
import { expectProblem, FaceBench, PAYS, posted } from './bench.js';

const KEY = 'till-7/0001';
let bench: FaceBench;
afterEach(() => expect(bench.bugs).toEqual([]));

const pays = (customer: object = {}) => ({ ...PAYS, customer: { behaviour: 'pays', ...customer } });

/** Breaks every exchange of this kind until it is undone. */
function broken(kind: string, breaks: TillBreak) {
  return bench.world.tills.site.onRequest((ask) => (ask.kind === kind ? { breaks } : undefined));
}

describe('a sale over the own API', () => {
  test('is paid: the answer says so once the ticket is out, and the till has been told', () => {
    bench = new FaceBench();
    const { status, headers, json } = bench.post('/v1/sales', { ...pays(), waitMs: 60_000 }, KEY);
    expect({ status, json }).toEqual({
      status: 201,
      json: {
        id: 'T0120260101080000976204',
        amount: '12.80',
        amountFen: 1_280,
        subject: '商品 Goods',
        openedAt: '2026-01-01T00:00:00.000Z',
        payment: 'paid',
        ticket: 'printed',
        delivery: 'none',
        final: true,
        wallet: 'alipay',
        tradeNo: '2026010122001000000000145903',
        buyer: '154****0423',
        till: { face: 'api', key: KEY },
      },
    });
    expect(headers?.location).toBe('/v1/sales/T0120260101080000976204');
    expect(bench.told).toEqual([{ face: 'api', saleId: json.id, payment: 'paid' }]);
    bench.clock.advance(10);
    expect(bench.get(`/v1/sales/${json.id}`).json).toMatchObject({ payment: 'paid', delivery: 'delivered' });
    expect(bench.trades()).toEqual(['TRADE_SUCCESS']);
  });

  test('is refused by the customer, or by a wallet without money: not paid, and nothing is printed', () => {
    for (const behaviour of ['refuses', 'no-money']) {
      bench = new FaceBench();
      const { json } = bench.post('/v1/sales', { ...pays({ behaviour }), waitMs: 120_000 }, KEY);
      expect(json, behaviour).toMatchObject({ payment: 'not-paid', ticket: 'none', final: true });
      expect(bench.told).toEqual([{ face: 'api', saleId: json.id, payment: 'not-paid' }]);
      expect(bench.trades()).not.toContain('TRADE_SUCCESS');
    }
  });

  test('of a customer who goes away is given up by the terminal: not paid', () => {
    bench = new FaceBench();
    const { json } = bench.post('/v1/sales', { amount: '1', waitMs: 120_000 }, KEY);
    expect(json).toMatchObject({ payment: 'not-paid', ticket: 'none', final: true });
    expect(bench.trades()).toEqual([]);
  });

  test('takes longer than the till waits: unknown and not final; asked again it is what became of it', () => {
    bench = new FaceBench();
    const { status, json } = bench.post(
      '/v1/sales',
      { ...pays({ behaviour: 'confirms', afterMs: 20_000 }), waitMs: 5_000 },
      KEY,
    );
    expect({ status, json }).toMatchObject({ status: 201, json: { payment: 'unknown', final: false } });
    expect(bench.told).toEqual([]);
    bench.clock.advance(30_000);
    expect(bench.get(`/v1/sales/${json.id}`).json).toMatchObject({ payment: 'paid', ticket: 'printed' });
    expect(bench.told).toEqual([{ face: 'api', saleId: json.id, payment: 'paid' }]);
  });

  test('of which the till hangs up: lost; when it asks, delivered', () => {
    bench = new FaceBench();
    expect(
      bench.till.hear(
        posted('/v1/sales', { ...pays({ behaviour: 'confirms', afterMs: 20_000 }), waitMs: 60_000 }, KEY),
        5_000,
      ),
    ).toBeUndefined();
    bench.clock.advance(30_000);
    const saleId = bench.shop.first.saleOf('api', KEY) ?? '';
    expect(bench.facts(saleId)).toMatchObject({ payment: 'paid', ticket: 'printed', delivery: 'lost' });
    bench.get(`/v1/sales/${saleId}`);
    bench.clock.advance(10);
    expect(bench.facts(saleId).delivery).toBe('delivered');
    expect(bench.kinds(saleId).filter((kind) => kind === 'delivery')).toHaveLength(2);
  });

  test.each(['reset', 'half', 'silence', 'empty', { body: '<html>' }] as const)(
    'of which the answer is lost (%j): the key finds the same sale, and the same answer',
    (how) => {
      bench = new FaceBench();
      const mend = broken('sale', { delivered: true, how });
      const request = posted('/v1/sales', { ...pays(), waitMs: 60_000 }, KEY);
      const heard = bench.till.hear(request, 100_000);
      expect(heard === undefined || 'gone' in heard || !heard.answer.body.includes('paid')).toBe(true);
      const saleId = bench.shop.first.saleOf('api', KEY) ?? '';
      bench.clock.advance(10);
      expect(bench.facts(saleId)).toMatchObject({ payment: 'paid', delivery: 'lost' });
      mend();
      const again = bench.till.ask(request);
      expect(again).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' } });
      expect(again.json).toMatchObject({ id: saleId, payment: 'paid', ticket: 'printed' });
      bench.clock.advance(10);
      expect(bench.facts(saleId).delivery).toBe('delivered');
      expect(bench.trades()).toEqual(['TRADE_SUCCESS']);
    },
  );

  test('of which the request is lost on the way: nothing has happened, and the key opens one sale', () => {
    bench = new FaceBench();
    const mend = broken('sale', { delivered: false, how: 'reset' });
    const request = posted('/v1/sales', { ...pays(), waitMs: 60_000 }, KEY);
    expect(bench.till.hear(request)).toEqual({ gone: 'reset' });
    expect(bench.world.terminal.sales()).toEqual([]);
    mend();
    const { headers, json } = bench.till.ask(request);
    expect(json).toMatchObject({ payment: 'paid' });
    expect(headers).not.toHaveProperty('idempotency-replayed');
  });

  test('is repeated by the same key as often as a till likes, also while it is under way, and by a proxy: one sale', () => {
    bench = new FaceBench();
    bench.world.tills.site.onRequest((ask) => (ask.kind === 'sale' ? { requestAgainMs: 3 } : undefined));
    const request = posted('/v1/sales', { ...pays({ behaviour: 'confirms', afterMs: 3_000 }), waitMs: 60_000 }, KEY);
    const sent = [bench.till.send(request), bench.till.send(request)];
    bench.clock.advance(1_000);
    sent.push(bench.till.send(request));
    bench.clock.runUntil(() => sent.every(({ heard }) => heard !== undefined));
    for (const { heard } of sent) {
      expect(heard).toMatchObject({ answer: { status: 201, body: expect.stringContaining('"payment":"paid"') } });
    }
    expect(bench.world.terminal.sales()).toHaveLength(1);
    expect(bench.trades()).toEqual(['TRADE_SUCCESS']);
  });

  test('of another body under the same key is refused, and the first one is not touched', () => {
    bench = new FaceBench();
    const { json } = bench.post('/v1/sales', { ...pays(), waitMs: 60_000 }, KEY);
    const other = bench.post('/v1/sales', { ...pays(), amount: '12.81', waitMs: 60_000 }, KEY);
    expectProblem(other, 422, 'PJ_KEY_REUSED', /till-7\/0001 .*T0120260101080000976204/);
    // How long it waits is not what is bought.
    expect(bench.post('/v1/sales', { ...pays(), waitMs: 0 }, KEY).json).toMatchObject({ id: json.id, payment: 'paid' });
    expect(bench.world.terminal.sales()).toHaveLength(1);
  });

  test('is cancelled in time: not paid', () => {
    bench = new FaceBench();
    const { json } = bench.post('/v1/sales', { amount: '1' }, KEY);
    expect(bench.post(`/v1/sales/${json.id}/cancel`)).toMatchObject({ status: 202 });
    bench.clock.advance(60_000);
    expect(bench.get(`/v1/sales/${json.id}`).json).toMatchObject({ payment: 'not-paid', final: true });
    expect(bench.trades()).toEqual([]);
  });

  test('is cancelled while the customer is asked: not paid, whatever he confirms afterwards', () => {
    bench = new FaceBench();
    const { json } = bench.post('/v1/sales', pays({ behaviour: 'confirms', afterMs: 10_000 }), KEY);
    bench.clock.advance(2_000);
    expect(bench.post(`/v1/sales/${json.id}/cancel`).status).toBe(202);
    bench.clock.advance(120_000);
    expect(bench.get(`/v1/sales/${json.id}`).json).toMatchObject({ payment: 'not-paid', final: true });
    expect(bench.trades()).not.toContain('TRADE_SUCCESS');
  });

  test('is cancelled too late: refused, and it stays paid', () => {
    bench = new FaceBench();
    const { json } = bench.post('/v1/sales', { ...pays(), waitMs: 60_000 }, KEY);
    expectProblem(bench.post(`/v1/sales/${json.id}/cancel`), 409, 'PJ_NOT_NOW', /the payment of T01\d+ is paid/);
    expect(bench.get(`/v1/sales/${json.id}`).json).toMatchObject({ payment: 'paid', ticket: 'printed' });
  });

  test('finds no paper: paid, and not printed; with paper the original comes', () => {
    bench = new FaceBench();
    const out = bench.world.faults.put({ fault: 'printer.paper-out', when: 'now' });
    const { json } = bench.post('/v1/sales', { ...pays(), waitMs: 120_000 }, KEY);
    expect(json).toMatchObject({ payment: 'paid', ticket: 'not-printed', final: true });
    bench.world.faults.clear(out.id);
    bench.clock.advance(10_000);
    expect(bench.post(`/v1/sales/${json.id}/reprint`).status).toBe(202);
    bench.clock.advance(20_000);
    expect(bench.get(`/v1/sales/${json.id}`).json).toMatchObject({ payment: 'paid', ticket: 'printed' });
    expect(bench.get(`/v1/sales/${json.id}/verdict`).json).toMatchObject({ tickets: { originals: 1, copies: 0 } });
  });

  test('jams in the middle of its ticket: paid and partial; the reprint is a marked copy, once by its key', () => {
    bench = new FaceBench();
    const jam = bench.world.faults.put({ fault: 'printer.paper-jam', when: { line: 6 } });
    const { json } = bench.post('/v1/sales', { ...pays(), waitMs: 120_000 }, KEY);
    expect(json).toMatchObject({ payment: 'paid', ticket: 'partial' });
    bench.world.faults.clear(jam.id);
    bench.clock.advance(10_000);
    const reprint = () => bench.post(`/v1/sales/${json.id}/reprint`, undefined, 'reprint-1');
    const first = reprint();
    expect(first.status).toBe(202);
    bench.clock.advance(20_000);
    const again = reprint();
    expect(again).toMatchObject({ status: 202, body: first.body, headers: { 'idempotency-replayed': 'true' } });
    bench.clock.advance(20_000);
    expect(bench.get(`/v1/sales/${json.id}/verdict`).json).toMatchObject({
      ticket: 'printed',
      tickets: { originals: 1, copies: 1 },
    });
    expectProblem(bench.post(`/v1/sales/${json.id}/cancel`, undefined, 'reprint-1'), 422, 'PJ_KEY_REUSED', /reprint/);
  });

  test('is reversed: the money goes back once, and the key of the reversal may be repeated', () => {
    bench = new FaceBench();
    const { json } = bench.post('/v1/sales', { ...pays(), waitMs: 60_000 }, KEY);
    bench.untilFree();
    const reverse = (key?: string, body?: object) => bench.post(`/v1/sales/${json.id}/reverse`, body, key);
    expect(reverse('back-1')).toMatchObject({ status: 202, json: { payment: 'unknown', reversal: 'asked' } });
    expect(reverse('back-1')).toMatchObject({ status: 202, json: { payment: 'unknown', reversal: 'asked' } });
    expect(bench.get(`/v1/sales/${json.id}`).json).toMatchObject({ payment: 'unknown', final: false });
    bench.clock.advance(30_000);
    expect(reverse('back-1')).toMatchObject({ status: 202, headers: { 'idempotency-replayed': 'true' } });
    expectProblem(reverse(), 409, 'PJ_NOT_NOW', /gone back already/);
    expect(bench.get(`/v1/sales/${json.id}`).json).toMatchObject({
      payment: 'reversed',
      final: true,
      reversal: 'asked',
    });
    expect(bench.told.map(({ payment }) => payment)).toEqual(['paid', 'reversed', 'reversed']);
    expect(bench.kinds(json.id).filter((kind) => kind === 'cancel-intent')).toHaveLength(1);
  });

  test('loses the power in the middle, at any record: the key finds the sale, or opens the one that never was', () => {
    for (const journal of ['sale-opened', 'authorize-intent', 'payment', 'print-intent', 'print-result']) {
      bench = new FaceBench({ seed: 3 });
      bench.world.faults.put({ fault: 'terminal.power-cut', when: { journal }, offMs: 2_000 });
      const request = posted('/v1/sales', { ...pays(), waitMs: 60_000 }, KEY);
      const first = bench.till.hear(request, 100_000);
      bench.untilFree();
      let again = bench.till.ask(request);
      if (!again.json.final) {
        // Until the code cannot be paid with any more nobody can say that it was not.
        bench.clock.advance(600_000);
        again = bench.till.ask(request);
      }
      expect(again.status, journal).toBe(201);
      expect(again.json.final, journal).toBe(true);
      const known = bench.told.map(({ payment, saleId }) => `${payment} ${saleId}`);
      expect(new Set(known).size, `${journal} ${JSON.stringify(first)}`).toBe(1);
      bench.clock.advance(60_000);
      expect(bench.get(`/v1/sales/${again.json.id}`).json.payment, journal).toBe(again.json.payment);
      expect(bench.trades().filter((state) => state === 'TRADE_SUCCESS').length, journal).toBe(
        again.json.payment === 'paid' ? 1 : 0,
      );
    }
  });

  test('finds the terminal busy: told so, nothing is begun, and the same key begins it later', () => {
    bench = new FaceBench();
    const mend = bench.world.tills.site.onRequest(() => ({ busy: true }));
    const request = posted('/v1/sales', { ...pays(), waitMs: 60_000 }, KEY);
    expectProblem(bench.till.ask(request), 409, 'PJ_BUSY');
    mend();
    bench.post('/v1/sales', { amount: '5' }, 'another');
    expectProblem(bench.till.ask(request), 409, 'PJ_BUSY', /scanning/);
    bench.clock.advance(200_000);
    expect(bench.till.ask(request).json).toMatchObject({ payment: 'paid' });
    expect(bench.trades()).toEqual(['TRADE_SUCCESS']);
  });
});
