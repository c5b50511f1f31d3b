import { describe, expect, test } from 'vitest';
import { ApiBench, closeBenches, turns } from './bench.js';

closeBenches();

const SALE = { amount: '12.80', customer: { behaviour: 'pays' } };

/** A till that waits for its sale, and goes away when it is told to. */
async function waitingTill(bench: ApiBench, waitMs = 60_000) {
  const connection = new AbortController();
  const gone = bench
    .send('POST', '/v1/sales', { body: { ...SALE, waitMs }, signal: connection.signal })
    .then(() => 'answered')
    .catch(() => 'gone');
  return {
    async leave() {
      connection.abort();
      expect(await gone).toBe('gone');
    },
  };
}

describe('the third fact, the delivery of the answer', () => {
  test('a till that goes away while it waits: lost; when it asks later: delivered; each in the journal once', async () => {
    const bench = await ApiBench.open();
    const till = await waitingTill(bench);
    await bench.until(() => bench.world.terminal.sales().length === 1);
    const saleId = bench.world.terminal.sales()[0]?.saleId ?? '';
    await till.leave();
    await bench.until(() => bench.deliveries(saleId).length > 0);
    expect(bench.deliveries(saleId)).toEqual(['lost to api']);

    bench.settle(saleId);
    expect(bench.world.terminal.page(saleId).facts).toMatchObject({
      payment: 'paid',
      ticket: 'printed',
      delivery: 'lost',
    });

    // Both are answered before either is noted.
    const [first, second] = await Promise.all([
      bench.send('GET', `/v1/sales/${saleId}`),
      bench.send('GET', `/v1/sales/${saleId}/verdict`),
    ]);
    expect(first.json).toMatchObject({ payment: 'paid', delivery: 'lost' });
    expect(second.json).toMatchObject({ payment: 'paid', delivery: 'lost' });
    await bench.until(() => bench.world.terminal.page(saleId).facts.delivery === 'delivered');
    expect((await bench.call('GET', `/v1/sales/${saleId}`)).json).toMatchObject({ delivery: 'delivered' });
    await turns(50);
    bench.clock.advance(1_000);
    expect(bench.deliveries(saleId)).toEqual(['lost to api', 'delivered to api']);
  });

  test('a till that goes away before its sale is durable: the same', async () => {
    const bench = await ApiBench.open();
    const till = await waitingTill(bench, 0);
    while (bench.world.terminal.foreground === undefined) await turns(1);
    const saleId = bench.world.terminal.foreground;
    await till.leave();
    await turns(200);
    await bench.until(() => bench.deliveries(saleId).length > 0);
    expect(bench.deliveries(saleId)).toEqual(['lost to api']);
    bench.settle(saleId);
    expect(bench.world.terminal.page(saleId).facts.payment).toBe('paid');
    expect(bench.bugs).toEqual([]);
  });

  test('a till that goes away, and a power cut before its sale is durable: no trace, or a sale that was never paid', async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const bench = await ApiBench.open({ seed });
      const till = await waitingTill(bench);
      while (bench.world.terminal.foreground === undefined) await turns(1);
      await till.leave();
      await turns(50);
      bench.world.powerCut();
      bench.clock.advance(120_000);
      await turns(50);
      bench.clock.advance(120_000);
      expect(bench.world.terminal.sales().filter(({ payment }) => payment !== 'not-paid')).toEqual([]);
      bench.world.powerCut();
      bench.clock.advance(1_000);
      expect(bench.world.terminal.free).toBe(true);
      await bench.close();
    }
  });

  test('a till that waits to the end: delivered', async () => {
    const bench = await ApiBench.open();
    const answer = bench.send('POST', '/v1/sales', { body: { ...SALE, waitMs: 60_000 } });
    await bench.until(() => bench.world.terminal.sales().length === 1);
    const saleId = bench.world.terminal.sales()[0]?.saleId ?? '';
    bench.settle(saleId);
    expect((await answer).json).toMatchObject({ payment: 'paid', delivery: 'none' });
    await bench.until(() => bench.world.terminal.page(saleId).facts.delivery === 'delivered');
    expect(bench.deliveries(saleId)).toEqual(['delivered to api']);
  });

  test('an answer that does not know the end yet tells nothing: no delivery', async () => {
    const bench = await ApiBench.open();
    const saleId = await bench.sell({ customer: { behaviour: 'never' } });
    await bench.call('GET', `/v1/sales/${saleId}`);
    await bench.call('GET', `/v1/sales/${saleId}/verdict`);
    await turns(50);
    bench.clock.advance(10);
    expect(bench.deliveries(saleId)).toEqual([]);
  });

  test('a sale that the guard task has is not delivered before its payment is known', async () => {
    const bench = await ApiBench.open();
    const faults = ['alipay.trade.pay', 'alipay.trade.query', 'alipay.trade.cancel'].map((method) =>
      bench.world.faults.put({ fault: 'platform.answer-lost', times: 1_000, method }),
    );
    const saleId = await bench.soldAndSettled();
    expect((await bench.call('GET', `/v1/sales/${saleId}`)).json).toMatchObject({ payment: 'unknown', final: false });
    await turns(50);
    bench.clock.advance(10);
    expect(bench.deliveries(saleId)).toEqual([]);
    for (const { id } of faults) bench.world.faults.clear(id);
    bench.clock.runUntil(() => bench.world.terminal.page(saleId).facts.payment !== 'unknown');
    expect((await bench.call('GET', `/v1/sales/${saleId}`)).json).toMatchObject({ payment: 'reversed', final: true });
    await bench.until(() => bench.deliveries(saleId).length > 0);
    expect(bench.deliveries(saleId)).toEqual(['delivered to api']);
  });

  test('HEAD and the list tell nobody', async () => {
    const bench = await ApiBench.open();
    const saleId = await bench.soldAndSettled();
    expect(await bench.call('HEAD', `/v1/sales/${saleId}`)).toMatchObject({ status: 200, text: '' });
    await bench.call('GET', '/v1/sales');
    await turns(50);
    bench.clock.advance(10);
    expect(bench.deliveries(saleId)).toEqual([]);
  });

  test('is noted again when a power cut has taken the note', async () => {
    const bench = await ApiBench.open();
    const saleId = await bench.soldAndSettled();
    bench.clock.advance(60_000);
    await bench.send('GET', `/v1/sales/${saleId}`);
    bench.world.powerCut();
    bench.clock.advance(60_000);
    await bench.call('GET', `/v1/sales/${saleId}`);
    await bench.until(() => bench.world.terminal.page(saleId).facts.delivery === 'delivered');
    expect(bench.deliveries(saleId)).toEqual(['delivered to api']);
  });
});
