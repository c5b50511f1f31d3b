import { describe, expect, test } from 'vitest';
import { openShop } from '../shop.js';

describe('a code that is read wrong', () => {
  test.each([
    [{ fault: 'scanner.misread' }, 'it has characters that are not digits'],
    [{ fault: 'scanner.misread', as: 'prefix' }, 'no wallet has codes that begin with 99'],
    [{ fault: 'scanner.misread', as: 'long' }, 'it has 36 digits'],
    [{ fault: 'scanner.short' }, 'it has 12 digits'],
    [{ fault: 'scanner.short', digits: 0 }, 'it is empty'],
    [{ fault: 'scanner.other-wallet' }, 'codes of wechat are not accepted here'],
    [{ fault: 'scanner.other-wallet', wallet: 'unionpay' }, 'codes of unionpay are not accepted here'],
  ])('%j: nothing is asked of the platform, and read once more it is paid', async (record, problem) => {
    const shop = await openShop([record]);
    const code = shop.world.people.codeOf({ behaviour: 'pays' });
    const saleId = shop.sell({ code });
    shop.clock.advance(1_000);
    expect(shop.world.terminal.state).toBe('scanning');
    expect(shop.authorised()).toBe(0);
    expect(shop.verdict(saleId).evidence.at(-1)?.says).toContain(problem);
    shop.world.people.show(code);
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'printed' });
    shop.expectHonest();
  });

  test('again and again: not paid, and the code is to blame', async () => {
    const shop = await openShop([{ fault: 'scanner.misread', times: 3 }]);
    const saleId = shop.sell();
    for (let i = 0; i < 2; i++) shop.world.people.show('281234567890123456');
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId)).toMatchObject({
      payment: 'not-paid',
      ticket: 'none',
      cause: { id: 'terminal.misread' },
    });
    expect(shop.authorised()).toBe(0);
    shop.expectHonest();
  });
});

describe('a code that is not read', () => {
  test('leaves the sale waiting, and then not paid: no code was shown as far as the terminal knows', async () => {
    const shop = await openShop([{ fault: 'scanner.nothing' }]);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'not-paid', cause: { id: 'customer.skipped-scan' } });
    expect(shop.authorised()).toBe(0);
    shop.expectHonest();
  });

  test('is read the next time', async () => {
    const shop = await openShop([{ fault: 'scanner.nothing' }]);
    const saleId = shop.sell();
    shop.clock.advance(5_000);
    shop.world.people.show(shop.world.people.codeOf({ behaviour: 'pays' }));
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId).payment).toBe('paid');
    shop.expectHonest();
  });
});

describe('a code that is read twice', () => {
  test.each([0, 10, 300, 5_000, 30_000])('%i ms later is asked for once', async (gapMs) => {
    const shop = await openShop([{ fault: 'scanner.twice', gapMs }]);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    shop.clock.advance(60_000);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'printed' });
    expect(shop.authorised()).toBe(1);
    shop.expectHonest();
  });

  test('so that it comes into the next sale is spent there: that one is not paid', async () => {
    const shop = await openShop([{ fault: 'scanner.twice', gapMs: 20_000 }]);
    const first = shop.sell();
    shop.clock.runUntil(() => shop.world.terminal.state === 'idle');
    const second = shop.sell({});
    shop.clock.runUntil(() => shop.world.terminal.state !== 'scanning');
    expect(shop.settle()).toBe(true);
    expect([shop.verdict(first).payment, shop.verdict(second).payment]).toEqual(['paid', 'not-paid']);
    expect(shop.ledger().filter(({ paidFen }) => paidFen > 0)).toHaveLength(1);
    shop.expectHonest();
  });
});

test('an expired code is refused by the platform, and a fresh one is paid', async () => {
  const shop = await openShop([{ fault: 'scanner.expired' }]);
  const refused = shop.sell();
  expect(shop.settle()).toBe(true);
  expect(shop.verdict(refused)).toMatchObject({ payment: 'not-paid', cause: { id: 'terminal.misread' } });
  const paid = shop.sell();
  expect(shop.settle()).toBe(true);
  expect(shop.verdict(paid).payment).toBe('paid');
  shop.expectHonest();
});

test('cleared, every code is read as it is', async () => {
  const shop = await openShop([
    { fault: 'scanner.nothing', times: 100 },
    { fault: 'scanner.misread', times: 100 },
  ]);
  for (const id of shop.ids) shop.world.faults.clear(id);
  const saleId = shop.sell();
  expect(shop.settle()).toBe(true);
  expect(shop.verdict(saleId).payment).toBe('paid');
});
