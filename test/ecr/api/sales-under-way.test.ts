import { describe, expect, test } from 'vitest';
import { ApiBench, closeBenches, expectProblem } from './bench.js';

closeBenches();

const CODE = '281234567890123456';

describe('GET /v1/sales', () => {
  test('gives the newest, oldest first, without anything that could be used to pay', async () => {
    const bench = await ApiBench.open();
    const first = await bench.soldAndSettled({ customer: undefined, code: CODE });
    const second = await bench.soldAndSettled({ amount: '2' });
    const { sales } = (await bench.call('GET', '/v1/sales')).json;
    expect(sales).toMatchObject([{ id: first }, { id: second }]);
    expect((await bench.call('GET', '/v1/sales?limit=1')).json).toMatchObject({ sales: [{ id: second }] });
    expect(JSON.stringify(sales)).not.toContain(CODE);
  });

  test.each(['limit=0', 'limit=201', 'limit=x', 'limit=', 'limit=1.5', 'limit=1&limit=2', 'limt=1'])(
    '?%s is refused',
    async (query) => {
      const bench = await ApiBench.open();
      expectProblem(await bench.call('GET', `/v1/sales?${query}`), 400, 'PJ_REQUEST', /query, /);
    },
  );

  test.each(['', '/verdict', '/ticket.png'])(
    'of a sale that is not there, %s, is 404 and says which are',
    async (path) => {
      const bench = await ApiBench.open();
      expectProblem(await bench.call('GET', `/v1/sales/nobody${path}`), 404, 'PJ_UNKNOWN_SALE', /nobody .*none yet/);
      const saleId = await bench.soldAndSettled();
      expectProblem(await bench.call('GET', `/v1/sales/nobody${path}`), 404, 'PJ_UNKNOWN_SALE', new RegExp(saleId));
    },
  );

  test('gives the verdict with cause, evidence and advice', async () => {
    const bench = await ApiBench.open();
    bench.world.faults.put({ fault: 'printer.paper-jam' });
    const saleId = await bench.soldAndSettled();
    const answer = await bench.call('GET', `/v1/sales/${saleId}/verdict`);
    expect(answer.json).toMatchObject({
      saleId,
      payment: 'paid',
      ticket: 'partial',
      cause: { id: 'printer.paper-jam', zh: '卡纸' },
      advice: { cashier: { zh: expect.stringContaining('勿重复收款') } },
    });
  });
});

describe('POST /v1/sales/:id/cancel', () => {
  test('gives up the sale under way', async () => {
    const bench = await ApiBench.open();
    const saleId = await bench.sell({ customer: undefined });
    const answer = await bench.call('POST', `/v1/sales/${saleId}/cancel`);
    expect(answer).toMatchObject({ status: 202, json: { id: saleId, state: 'givenUp' } });
    bench.clock.advance(1);
    expect((await bench.call('GET', `/v1/sales/${saleId}`)).json).toMatchObject({ payment: 'not-paid', final: true });
  });

  test('may be asked for twice while the platform has not answered', async () => {
    const bench = await ApiBench.open();
    const saleId = await bench.sell({ customer: { behaviour: 'never' } });
    bench.clock.advance(1_000);
    expect((await bench.call('POST', `/v1/sales/${saleId}/cancel`)).status).toBe(202);
    expect((await bench.call('POST', `/v1/sales/${saleId}/cancel`)).status).toBe(202);
    bench.settle(saleId);
    expect(bench.world.platform?.ledger.trade(saleId)).toMatchObject({ state: 'TRADE_CLOSED' });
  });

  test('of a sale that is over is refused, and of one that is not there', async () => {
    const bench = await ApiBench.open();
    const saleId = await bench.soldAndSettled();
    expectProblem(
      await bench.call('POST', `/v1/sales/${saleId}/cancel`),
      409,
      'PJ_NOT_NOW',
      new RegExp(`the payment of ${saleId} is paid`),
    );
    expectProblem(await bench.call('POST', '/v1/sales/nobody/cancel'), 404, 'PJ_UNKNOWN_SALE');
  });

  test('of a sale that the guard task has does not give up the one under way', async () => {
    const bench = await ApiBench.open();
    const lost = ['alipay.trade.pay', 'alipay.trade.query', 'alipay.trade.cancel'].map((method) =>
      bench.world.faults.put({ fault: 'platform.answer-lost', times: 1_000, method }),
    );
    const unresolved = await bench.soldAndSettled();
    for (const { id } of lost) bench.world.faults.clear(id);
    const underWay = await bench.sell({ customer: undefined });
    expectProblem(
      await bench.call('POST', `/v1/sales/${unresolved}/cancel`),
      409,
      'PJ_NOT_NOW',
      /is being cancelled already/,
    );
    expect(bench.world.terminal).toMatchObject({ state: 'scanning', foreground: underWay });
  });
});

describe('POST /v1/scan', () => {
  test('gives the sale under way its code', async () => {
    const bench = await ApiBench.open();
    const saleId = await bench.sell({ customer: undefined });
    const answer = await bench.call('POST', '/v1/scan', { body: { code: CODE } });
    expect(answer).toMatchObject({ status: 202, json: { id: saleId, state: 'settling.authorizing' } });
    bench.settle(saleId);
    expect((await bench.call('GET', `/v1/sales/${saleId}`)).json).toMatchObject({ payment: 'paid' });
  });

  test('is refused while no code is asked for', async () => {
    const bench = await ApiBench.open();
    const scan = () => bench.call('POST', '/v1/scan', { body: { code: CODE } });
    expectProblem(await scan(), 409, 'PJ_NOT_NOW', /no code is asked for, the terminal is at idle/);
    await bench.sell({ customer: { behaviour: 'never' } });
    expectProblem(await scan(), 409, 'PJ_NOT_NOW', /settling\.authorizing/);
  });

  test.each([
    [{ code: '99' }, 'PJ_CODE', /no wallet has codes/],
    [{ code: 'x'.repeat(257) }, 'PJ_REQUEST', /body, code, .*<=256/],
    [{ code: 281234567890123456n.toString().slice(0, 15) }, 'PJ_CODE', /it has 15 digits/],
    [{ code: 28123456789012 }, 'PJ_REQUEST', /expected string, received number\.$/],
    [{}, 'PJ_REQUEST', /body, code, /],
    [{ code: CODE, amount: '1' }, 'PJ_REQUEST', /there is no key amount \(allowed: code\)/],
  ] as const)('%j is refused, and the sale goes on waiting', async (body, code, words) => {
    const bench = await ApiBench.open();
    await bench.sell({ customer: undefined });
    const answer = await bench.call('POST', '/v1/scan', { body });
    expectProblem(answer, 400, code, words);
    expect(answer.text).not.toMatch(/\d{14}/);
    expect(bench.world.terminal.state).toBe('scanning');
  });
});
