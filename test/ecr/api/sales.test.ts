import { describe, expect, test } from 'vitest';
import { ApiBench, closeBenches, expectProblem, turns } from './bench.js';

closeBenches();

const CODE = '281234567890123456';

describe('POST /v1/sales', () => {
  test('opens a sale, says where it is, and it is there at once', async () => {
    const bench = await ApiBench.open();
    const answer = await bench.call('POST', '/v1/sales', { body: { amount: '12.80', subject: '拿铁 Latte' } });
    expect(answer.status).toBe(201);
    const id = String(answer.json.id);
    expect(answer.headers.get('location')).toBe(`/v1/sales/${id}`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.json).toEqual({
      id,
      amount: '12.80',
      amountFen: 1_280,
      subject: '拿铁 Latte',
      openedAt: '2026-01-01T00:00:00.000Z',
      payment: 'unknown',
      ticket: 'none',
      delivery: 'none',
      final: false,
    });
    expect((await bench.call('GET', `/v1/sales/${id}`)).json).toEqual(answer.json);
    expect(bench.world.terminal.state).toBe('scanning');
  });

  test('tells of no sale before it is durable', async () => {
    const bench = await ApiBench.open();
    let answered = false;
    const answer = bench.send('POST', '/v1/sales', { body: { amount: '12.80' } }).finally(() => {
      answered = true;
    });
    while (bench.world.terminal.foreground === undefined) await turns(1);
    await turns(100);
    expect(answered).toBe(false);
    bench.clock.advance(0);
    expect((await answer).status).toBe(201);
  });

  test('takes the amount in fen, a code, and an emulated customer', async () => {
    const bench = await ApiBench.open();
    const byCode = await bench.soldAndSettled({ amount: undefined, amountFen: 5, customer: undefined, code: CODE });
    expect((await bench.call('GET', `/v1/sales/${byCode}`)).json).toMatchObject({ amount: '0.05', payment: 'paid' });
    const byCustomer = await bench.soldAndSettled({ customer: { behaviour: 'confirms', afterMs: 100 } });
    expect((await bench.call('GET', `/v1/sales/${byCustomer}`)).json).toMatchObject({
      payment: 'paid',
      ticket: 'printed',
      final: true,
      wallet: 'alipay',
      tradeNo: expect.stringMatching(/^\d{28}$/),
      buyer: expect.stringMatching(/\*{4}/),
    });
  });

  test.each([
    ['nothing', undefined, 'PJ_REQUEST', /body, amount, is not accepted: give amount or amountFen, one of them/],
    ['neither amount', {}, 'PJ_REQUEST', /give amount or amountFen, one of them/],
    ['both amounts', { amount: '1', amountFen: 100 }, 'PJ_REQUEST', /give amount or amountFen, one of them/],
    ['0', { amount: '0' }, 'PJ_AMOUNT', /^The amount "0" is not accepted: a decimal number of yuan .* from 0\.01 to /],
    ['0 fen', { amountFen: 0 }, 'PJ_AMOUNT', /^The amount 0 fen is not accepted/],
    ['a negative amount', { amount: '-1' }, 'PJ_AMOUNT', /"-1"/],
    ['negative fen', { amountFen: -1 }, 'PJ_AMOUNT', /-1 fen/],
    ['a third decimal', { amount: '12.805' }, 'PJ_AMOUNT', /"12\.805"/],
    ['half a fen', { amountFen: 12.5 }, 'PJ_AMOUNT', /12\.5 fen/],
    ['1e9', { amount: '1e9' }, 'PJ_AMOUNT', /"1e9"/],
    ['1e9 fen', { amountFen: 1e9 }, 'PJ_AMOUNT', /1000000000 fen/],
    ['text', { amount: 'text' }, 'PJ_AMOUNT', /"text"/],
    ['a number as amount', { amount: 12.8 }, 'PJ_REQUEST', /body, amount, .*expected string, .*\(given: 12\.8\)/],
    ['text as fen', { amountFen: '1280' }, 'PJ_REQUEST', /body, amountFen, .*expected number/],
    ['null', { amount: null }, 'PJ_REQUEST', /expected string, received null/],
    [
      'an unknown key',
      { amuont: '1' },
      'PJ_REQUEST',
      /there is no key amuont; did you mean amount\? \(allowed: amount, /,
    ],
    [
      'an unknown behaviour',
      { amount: '1', customer: { behaviour: 'runs' } },
      'PJ_REQUEST',
      /customer\.behaviour, .*"runs"/,
    ],
    [
      'a letter code',
      { amount: '1', code: 'ABC' },
      'PJ_CODE',
      /"ABC" is not accepted: it has characters that are not digits\. Allowed: wechat 10-15/,
    ],
    ['an empty code', { amount: '1', code: '' }, 'PJ_CODE', /it is empty/],
    ['a short code', { amount: '1', code: '2812345678' }, 'PJ_CODE', /it has 10 digits/],
    [
      'a code of nobody',
      { amount: '1', code: '991234567890123456' },
      'PJ_CODE',
      /no wallet has codes that begin with 99/,
    ],
    ['a code of another wallet', { amount: '1', code: '131234567890123456' }, 'PJ_CODE', /takes no codes of wechat/],
    [
      'code and customer',
      { amount: '1', code: CODE, customer: { behaviour: 'pays' } },
      'PJ_REQUEST',
      /give code or customer, not both/,
    ],
    ['a long wait', { amount: '1', waitMs: 120_001 }, 'PJ_REQUEST', /waitMs, .*<=120000/],
    ['a subject of two lines', { amount: '1', subject: 'a\nb' }, 'PJ_REQUEST', /subject, .*must be one line of text/],
    [
      'a printer command as subject',
      { amount: '1', subject: '\u001bp\u0000' },
      'PJ_REQUEST',
      /must be one line of text/,
    ],
    ['half a character as subject', { amount: '1', subject: '\ud83d' }, 'PJ_REQUEST', /must be one line of text/],
    ['a long subject', { amount: '1', subject: 'x'.repeat(129) }, 'PJ_REQUEST', /subject, .*<=128/],
    ['a list', [], 'PJ_REQUEST', /body, its top, .*expected object, received array/],
    ['text for a body', 'hello', 'PJ_REQUEST', /expected object, received string/],
  ] as const)('with %s is refused, and nothing is opened', async (_, body, code, words) => {
    const bench = await ApiBench.open();
    expectProblem(await bench.call('POST', '/v1/sales', { body }), 400, code, words);
    expect(bench.world.terminal.state).toBe('idle');
    expect(bench.records().map(({ kind }) => kind)).toEqual(['boot']);
    expect(bench.world.platform?.ledger.trades()).toEqual([]);
  });

  test('two tills at once: one has its sale, the other is told to wait, and nothing is lost', async () => {
    const bench = await ApiBench.open();
    const body = { amount: '1', customer: { behaviour: 'pays' } };
    const answers = await Promise.all([
      bench.call('POST', '/v1/sales', { body }),
      bench.call('POST', '/v1/sales', { body }),
    ]);
    const [sold, busy] = answers.sort((a, b) => a.status - b.status);
    if (sold === undefined || busy === undefined) throw new Error('two answers');
    expect(sold.status).toBe(201);
    expectProblem(
      busy,
      409,
      'PJ_BUSY',
      /cannot do this now: .+ [(]\w+.*[)][.] Wait until that is done, or cancel the sale under way[.]/,
    );
    bench.settle(String(sold.json.id));
    const { sales } = (await bench.call('GET', '/v1/sales')).json;
    expect(sales).toMatchObject([{ id: sold.json.id, payment: 'paid', ticket: 'printed' }]);
    expect(bench.world.platform?.ledger.trades()).toHaveLength(1);
  });

  test('while the terminal is busy no customer is sent to it', async () => {
    const bench = await ApiBench.open();
    await bench.sell({ customer: undefined });
    const issue = bench.world.platform?.log.length;
    expectProblem(
      await bench.call('POST', '/v1/sales', { body: { amount: '1', customer: { behaviour: 'pays' } } }),
      409,
      'PJ_BUSY',
      /\(scanning\)/,
    );
    expect(bench.world.platform?.log.length).toBe(issue);
  });
});

describe('a sale that is waited for', () => {
  test('is answered when it has settled, not before', async () => {
    const bench = await ApiBench.open();
    let answered = false;
    const answer = bench
      .send('POST', '/v1/sales', { body: { amount: '12.80', customer: { behaviour: 'pays' }, waitMs: 60_000 } })
      .finally(() => {
        answered = true;
      });
    await bench.until(() => bench.world.terminal.sales().length === 1);
    bench.clock.runUntil(() => bench.world.terminal.sales()[0]?.payment === 'paid');
    await turns(50);
    expect(answered).toBe(false);
    bench.clock.runUntil(() => bench.world.terminal.sales()[0]?.ticket === 'printed');
    expect(await answer).toMatchObject({ status: 201, json: { payment: 'paid', ticket: 'printed', final: true } });
  });

  test('is answered with what is known when the time is up', async () => {
    const bench = await ApiBench.open();
    let answered = false;
    const answer = bench
      .send('POST', '/v1/sales', { body: { amount: '12.80', customer: { behaviour: 'never' }, waitMs: 5_000 } })
      .finally(() => {
        answered = true;
      });
    await bench.until(() => bench.world.terminal.sales().length === 1);
    bench.clock.advance(4_999);
    await turns(50);
    expect(answered).toBe(false);
    bench.clock.advance(1);
    const { status, json } = await answer;
    expect({ status, json }).toMatchObject({ status: 201, json: { payment: 'unknown', final: false } });
    bench.settle(String(json.id));
    expect((await bench.call('GET', `/v1/sales/${json.id}`)).json).toMatchObject({ payment: 'not-paid', final: true });
  });

  test('is answered when nobody knows and the guard task has it', async () => {
    const bench = await ApiBench.open();
    bench.world.faults.put({ fault: 'platform.answer-lost', times: 1_000 });
    for (const method of ['alipay.trade.query', 'alipay.trade.cancel']) {
      bench.world.faults.put({ fault: 'platform.answer-lost', times: 1_000, method });
    }
    const answer = bench.send('POST', '/v1/sales', {
      body: { amount: '1', customer: { behaviour: 'pays' }, waitMs: 120_000 },
    });
    await bench.until(() => bench.world.terminal.sales().length === 1);
    bench.clock.runUntil(() => bench.world.terminal.sales()[0]?.unresolved === true);
    expect(await answer).toMatchObject({ status: 201, json: { payment: 'unknown', final: false } });
  });

  test('goes on over a power cut', async () => {
    const bench = await ApiBench.open();
    const answer = bench.send('POST', '/v1/sales', {
      body: { amount: '1', customer: { behaviour: 'confirms', afterMs: 2_000 }, waitMs: 120_000 },
    });
    await bench.until(() => bench.world.terminal.state === 'settling.awaitingBuyer' || step(bench));
    bench.world.powerCut();
    bench.clock.advance(60_000);
    expect(await answer).toMatchObject({ status: 201, json: { payment: 'paid' } });
  });
});

/** Lets the next thing happen. */
function step(bench: ApiBench): boolean {
  if (bench.world.terminal.sales().length > 0) bench.clock.step();
  return false;
}

describe('when the terminal fails while a sale is opened', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'a power cut: the sale is there and answered, or it never was, and is said so (%i)',
    async (seed) => {
      const bench = await ApiBench.open({ seed });
      const answer = bench.send('POST', '/v1/sales', { body: { amount: '1' } });
      while (bench.world.terminal.foreground === undefined) await turns(1);
      bench.world.powerCut();
      bench.clock.advance(1_000);
      const { status, text, headers, json } = await answer;
      if (status === 201) {
        expect((await bench.call('GET', `/v1/sales/${json.id}`)).json).toMatchObject({ payment: 'not-paid' });
      } else {
        expectProblem({ status, text, headers, json }, 503, 'PJ_POWER_CUT', /nobody was asked for money/);
        expect((await bench.call('GET', '/v1/sales')).json).toEqual({ sales: [] });
      }
    },
  );

  test('a full flash: 507, nobody is asked for money, and from then on every sale is refused', async () => {
    const bench = await ApiBench.open({ flashCapacityBytes: 700 });
    const body = { amount: '1', subject: 'x'.repeat(128), customer: { behaviour: 'pays' } };
    let answer = await bench.call('POST', '/v1/sales', { body });
    for (let i = 0; answer.status === 201 && i < 5; i++) {
      bench.settle(String(answer.json.id));
      answer = await bench.call('POST', '/v1/sales', { body });
    }
    expectProblem(answer, 507, 'PJ_STORAGE_FULL', /no room in flash/);
    bench.clock.advance(60_000);
    expect(bench.world.platform?.ledger.trades()).toEqual([]);
    expectProblem(await bench.call('POST', '/v1/sales', { body }), 507, 'PJ_STORAGE_FULL');
    expectProblem(await bench.call('POST', '/v1/scan', { body: { code: CODE } }), 507, 'PJ_STORAGE_FULL');
    const health = await bench.call('GET', '/healthz');
    expect(health).toMatchObject({ status: 503, json: { state: 'outOfService', problem: /no room/ } });
  });
});
