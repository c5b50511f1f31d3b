import { describe, expect, test } from 'vitest';
import { FAULT_NAMES, FAULTS } from '../../../src/faults/catalogue.js';
import { explainFault } from '../../../src/faults/explain.js';
import { ApiBench, closeBenches, expectProblem } from './bench.js';

closeBenches();

describe('/v1/faults', () => {
  test.each(FAULT_NAMES)(
    '%s can be put in, is listed in the shape in which it was put, and is taken out',
    async (fault) => {
      // Only an impact printer has a ribbon to break.
      const bench = await ApiBench.open({
        notify: true,
        ...(fault === 'printer.ribbon-broken' ? { device: 'epson-tm-u220' } : {}),
      });
      const put = await bench.call('POST', '/v1/faults', { body: { fault, when: { afterMs: 50 }, for: 5_000 } });
      expect(put).toMatchObject({
        status: 201,
        json: { id: 'f1', fault, when: { afterMs: 50 }, for: 5_000, begun: false },
      });
      expect(put.headers.get('location')).toBe('/v1/faults/f1');
      expect((await bench.call('GET', '/v1/faults')).json).toEqual({ faults: [put.json] });
      bench.clock.advance(50);
      expect((await bench.call('GET', '/v1/faults')).json).toMatchObject({ faults: [{ begun: true }] });
      expect(await bench.call('DELETE', '/v1/faults/f1')).toMatchObject({ status: 204, text: '' });
      expect((await bench.call('GET', '/v1/faults')).json).toEqual({ faults: [] });
      expectProblem(await bench.call('DELETE', '/v1/faults/f1'), 404, 'PJ_NOT_FOUND', /fault f1/);
    },
  );

  test('/catalogue tells of every fault what it does and what it takes, as paperjam faults does', async () => {
    const bench = await ApiBench.open();
    const { status, json } = await bench.call('GET', '/v1/faults/catalogue');
    expect(status).toBe(200);
    expect(json).toEqual({ faults: JSON.parse(JSON.stringify(FAULTS.map(explainFault))) });
    const one = await bench.call('GET', '/v1/faults/catalogue/terminal.power-cut');
    expect(one.json).toMatchObject({
      name: 'terminal.power-cut',
      place: 'terminal',
      usually: { journal: 'authorize-intent' },
      attributes: [
        { name: 'offMs', unit: 'ms', min: 0, max: 86_400_000, default: 0 },
        { name: 'unsynced' },
        { name: 'rotBit' },
      ],
      example: { fault: 'terminal.power-cut', when: { journal: 'authorize-intent' }, offMs: 0 },
    });
    const unknown = await bench.call('GET', '/v1/faults/catalogue/terminal.powercut');
    expectProblem(unknown, 400, 'PJ_FAULT_UNKNOWN', /Did you mean terminal\.power-cut\?/);
  });

  test.each([
    ['scanner.misread', { code: '281234567890123456' }, 'scanning'],
    ['customer.old-success-page', { customer: { behaviour: 'pays' } }, 'scanning'],
  ])('%s strikes a sale over the API too', async (fault, body, state) => {
    const bench = await ApiBench.open();
    await bench.call('POST', '/v1/faults', { body: { fault } });
    await bench.sell({ customer: undefined, ...body });
    bench.clock.advance(5_000);
    expect(bench.world.terminal.state).toBe(state);
    expect((await bench.call('POST', '/v1/scan', { body: { code: '281234567890123457' } })).status).toBe(202);
    bench.clock.advance(60_000);
    expect(bench.world.terminal.sales()).toMatchObject([{ payment: 'paid' }]);
  });

  test('a till is told that the journal is damaged, and what was proved of a sale', async () => {
    const bench = await ApiBench.open();
    const saleId = await bench.soldAndSettled();
    bench.clock.advance(1_000);
    await bench.call('POST', '/v1/faults', { body: { fault: 'terminal.journal-rot', when: 'now', bits: 2 } });
    await bench.call('POST', '/v1/faults', { body: { fault: 'terminal.power-cut', when: 'now' } });
    const sale = { amount: '1', customer: { behaviour: 'pays' } };
    expectProblem(await bench.call('POST', '/v1/sales', { body: sale }), 503, 'PJ_JOURNAL_CHANGED', /at record \d+/);
    expect(await bench.call('GET', '/healthz')).toMatchObject({ status: 503, json: { state: 'outOfService' } });
    const { json } = await bench.call('GET', `/v1/sales/${saleId}/verdict`);
    expect(json).toMatchObject({ payment: 'paid', final: false, damage: { record: expect.any(Number) } });
    expect(bench.bugs).toEqual([]);
  });

  test('a till that waits for its sale is answered though the terminal cannot boot any more', async () => {
    const bench = await ApiBench.open();
    const body = { amount: '12.80', customer: { behaviour: 'pays' }, waitMs: 100_000 };
    const rot = { fault: 'terminal.journal-rot', when: { journal: 'payment' }, bits: 2 };
    const cut = { fault: 'terminal.power-cut', when: { journal: 'print-intent' }, offMs: 1_000 };
    for (const fault of [rot, cut]) await bench.call('POST', '/v1/faults', { body: fault });
    const answer = bench.send('POST', '/v1/sales', { body });
    await bench.until(() => bench.world.terminal.sales().length > 0);
    bench.clock.advance(5_000);
    expect((await answer).json).toMatchObject({ payment: 'unknown', final: false });
    expect(bench.bugs).toEqual([]);
  });

  test('a fault does what it says: the ticket of the next sale jams', async () => {
    const bench = await ApiBench.open();
    await bench.call('POST', '/v1/faults', { body: { fault: 'printer.paper-jam' } });
    const saleId = await bench.soldAndSettled();
    expect((await bench.call('GET', `/v1/sales/${saleId}`)).json).toMatchObject({ payment: 'paid', ticket: 'partial' });
  });

  test('attributes stand beside the name, with their defaults', async () => {
    const bench = await ApiBench.open();
    const { json } = await bench.call('POST', '/v1/faults', {
      body: { fault: 'platform.answer-delayed', delayMs: 700 },
    });
    expect(json).toEqual({
      id: 'f1',
      begun: true,
      fault: 'platform.answer-delayed',
      when: 'now',
      delayMs: 700,
      method: 'alipay.trade.pay',
      times: 1,
    });
  });

  test.each([
    [{ fault: 'printer.paper-jma' }, 'PJ_FAULT_UNKNOWN', /Did you mean printer\.paper-jam\?/],
    [{ fault: 'platform.answer-delayed', delay: 1 }, 'PJ_FAULT_FIELD', /there is no key delay; did you mean delayMs\?/],
    [{ fault: 'printer.mute', when: 'soon' }, 'PJ_FAULT_FIELD', /at when: must be "now", /],
    [{ fault: 7 }, 'PJ_REQUEST', /body, fault, .*expected string, received number \(given: 7\)/],
    [{}, 'PJ_REQUEST', /body, fault, /],
    [[], 'PJ_REQUEST', /expected object, received array/],
  ] as const)('%j is refused, and nothing is put in', async (body, code, words) => {
    const bench = await ApiBench.open();
    expectProblem(await bench.call('POST', '/v1/faults', { body }), 400, code, words);
    expect(bench.world.faults.active()).toEqual([]);
  });
});
