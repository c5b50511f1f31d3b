import { describe, expect, test } from 'vitest';
import { openShop } from '../shop.js';

const STATES = ['scanning', 'settling.authorizing', 'settling.awaitingBuyer', 'printing', 'idle'] as const;

describe('a cashier who cancels', () => {
  test.each(STATES)('at %s: settles, and verdict and ledger agree', async (state) => {
    const shop = await openShop([{ fault: 'operator.cancels', when: { state }, reactionMs: 5 }]);
    const saleId = shop.sell({ customer: { behaviour: 'confirms' } });
    expect(shop.settle()).toBe(true);
    shop.clock.advance(60_000);
    shop.expectHonest(state);
    const { payment, cause } = shop.verdict(saleId);
    if (payment !== 'paid') expect(cause?.id).toBe('operation.cashier');
  });

  test('while the request is under way gets the answer, and the money back if it was paid', async () => {
    const shop = await openShop([{ fault: 'operator.cancels', reactionMs: 10 }]);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'reversed', cause: { id: 'operation.cashier' } });
    expect(shop.keptFen(saleId)).toBe(0);
    shop.expectHonest();
  });
});

describe('a cashier who presses twice', () => {
  test.each([0, 50, 200, 2_000])('the sale key, %i ms apart, has one sale', async (gapMs) => {
    const shop = await openShop([{ fault: 'operator.presses-twice', gapMs }]);
    const saleId = shop.sell({ customer: { behaviour: 'confirms' } });
    expect(shop.settle()).toBe(true);
    expect(shop.world.terminal.sales().map((sale) => sale.saleId)).toEqual([saleId]);
    expect(shop.authorised()).toBe(1);
    shop.expectHonest();
  });

  test('so late that the sale is over opens another one, which nobody pays', async () => {
    const shop = await openShop([{ fault: 'operator.presses-twice', gapMs: 20_000 }]);
    shop.sell();
    shop.clock.advance(25_000);
    expect(shop.settle()).toBe(true);
    expect(shop.world.terminal.sales().map(({ payment }) => payment)).toEqual(['paid', 'not-paid']);
    shop.expectHonest();
  });

  test('the key to reprint has one copy', async () => {
    const shop = await openShop([{ fault: 'operator.presses-twice', key: 'reprint', gapMs: 10 }]);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    shop.world.people.reprint(saleId);
    expect(shop.settle()).toBe(true);
    shop.clock.advance(10_000);
    expect(shop.verdict(saleId).tickets).toEqual({ originals: 1, copies: 1 });
    shop.expectHonest();
  });

  test('the cancel key is cancelled once', async () => {
    const shop = await openShop([{ fault: 'operator.presses-twice', key: 'cancel', gapMs: 20 }]);
    const saleId = shop.sell({ customer: { behaviour: 'never' } });
    shop.clock.advance(1_000);
    shop.world.people.cancel();
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId).payment).toBe('not-paid');
    expect(shop.kinds().filter((kind) => kind === 'cancel-intent')).toHaveLength(1);
    shop.expectHonest();
  });
});

describe('a cashier who keys in a wrong amount', () => {
  test.each([
    [10, 12_800],
    [0.1, 128],
    [0.001, 1],
  ])('by %f sells for %i fen, on ledger, paper and verdict alike', async (factor, amountFen) => {
    const shop = await openShop([{ fault: 'operator.wrong-amount', factor }]);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'paid', amountFen });
    expect(shop.keptFen(saleId)).toBe(amountFen);
    const next = shop.sell();
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(next).amountFen).toBe(1_280);
    shop.expectHonest();
  });

  test('that is no amount is refused, as from any cashier, and there is no sale', async () => {
    const shop = await openShop([{ fault: 'operator.wrong-amount', factor: 1_000 }]);
    expect(() => shop.sell({}, 99_999_999)).toThrow(expect.objectContaining({ code: 'PJ_AMOUNT' }));
    expect(shop.world.terminal.sales()).toEqual([]);
  });
});

describe('a cashier who switches off and on', () => {
  test.each([
    ['scanning', 'pays'],
    ['settling.authorizing', 'pays'],
    ['settling.awaitingBuyer', 'confirms'],
    ['reversing', 'never'],
    ['printing', 'pays'],
    ['done', 'pays'],
  ] as const)('at %s: the boot settles it', async (state, behaviour) => {
    const shop = await openShop([{ fault: 'operator.power-cycles', when: { state }, reactionMs: 3 }]);
    shop.sell({ customer: { behaviour } });
    shop.clock.runUntil(() => shop.world.terminal.state === 'off', 600_000);
    expect(shop.world.terminal.screen.zh).toBe('');
    expect(() => shop.sell()).toThrow(expect.objectContaining({ code: 'PJ_BUSY' }));
    shop.clock.advance(2_990);
    expect(shop.world.terminal.state).toBe('off');
    shop.clock.advance(10);
    expect(shop.settle()).toBe(true);
    shop.clock.advance(60_000);
    shop.expectHonest(state);
  });
});

describe('a cashier who starts again without asking', () => {
  test('is refused while the answer is missing, and stops when it is there: nobody pays twice', async () => {
    const shop = await openShop([{ fault: 'platform.answer-lost' }, { fault: 'operator.starts-again' }]);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    shop.clock.advance(120_000);
    expect(shop.world.terminal.sales().map((sale) => sale.saleId)).toEqual([saleId]);
    expect(shop.verdict(saleId).payment).toBe('paid');
    shop.expectHonest();
  });

  test('is let through when the terminal has given up: the first one is cancelled by the guard task', async () => {
    const lost = ['alipay.trade.pay', 'alipay.trade.query', 'alipay.trade.cancel'].map((method) => ({
      fault: 'platform.answer-lost',
      method,
      times: 1_000,
    }));
    const shop = await openShop([...lost, { fault: 'operator.starts-again', attempts: 100 }]);
    const first = shop.sell();
    shop.clock.runUntil(() => shop.world.terminal.state === 'unresolved', 600_000);
    expect(shop.world.terminal.sales()).toHaveLength(1);
    for (const id of shop.ids.slice(0, 3)) shop.world.faults.clear(id);
    shop.clock.runUntil(() => shop.world.terminal.sales().length === 2, 10_000);
    expect(shop.settle()).toBe(true);
    shop.clock.runUntil(() => shop.verdict(first).final, 3_600_000);
    expect(shop.world.terminal.sales().map(({ payment }) => payment)).toEqual(['reversed', 'paid']);
    shop.expectHonest();
  });
});
