import { describe, expect, test } from 'vitest';
import type { When } from '../../../src/faults/when.js';
import { kindsIn, openShop } from '../shop.js';

/** Sales that between them write every kind of record that a sale can have. */
const SALES = [
  { name: 'a sale that goes through', faults: [], behaviour: 'pays' },
  { name: 'a customer who confirms', faults: [], behaviour: 'confirms' },
  { name: 'a customer who never confirms', faults: [], behaviour: 'never' },
  { name: 'a customer without money', faults: [], behaviour: 'no-money' },
  { name: 'an answer that is lost', faults: [{ fault: 'platform.answer-lost' }], behaviour: 'pays' },
  { name: 'a code that is misread first', faults: [{ fault: 'scanner.misread' }], behaviour: 'pays' },
  { name: 'a jam', faults: [{ fault: 'printer.paper-jam', for: 5_000 }], behaviour: 'pays' },
] as const;

/** Every operation of the journal in this sale: the n-th record of each kind, written and durable. */
async function operationsOf({ faults, behaviour }: (typeof SALES)[number]): Promise<When[]> {
  const shop = await openShop(faults);
  const before = shop.kinds().length;
  shop.sell({ customer: { behaviour } });
  if (shop.world.terminal.state === 'scanning') shop.world.people.show(shop.world.people.codeOf({ behaviour }));
  expect(shop.settle()).toBe(true);
  const seen: Record<string, number> = {};
  return shop
    .kinds()
    .slice(before)
    .flatMap((journal): When[] => {
      const nth = (seen[journal] ?? 0) + 1;
      seen[journal] = nth;
      return [
        { journal, at: 'append', nth },
        { journal, at: 'synced', nth },
      ];
    });
}

describe.each(SALES)('the power goes at every operation of the journal in $name', (sale) => {
  test.each([0, 400])('and is back after %i ms: it settles, and nobody pays twice', async (offMs) => {
    const operations = await operationsOf(sale);
    expect(operations.length).toBeGreaterThan(5);
    for (const when of operations) {
      const at = JSON.stringify(when);
      const shop = await openShop([...sale.faults, { fault: 'terminal.power-cut', when, offMs }]);
      shop.sell({ customer: { behaviour: sale.behaviour } });
      if (shop.world.terminal.state === 'scanning')
        shop.world.people.show(shop.world.people.codeOf({ behaviour: sale.behaviour }));
      const boots = () => shop.kinds().filter((kind) => kind === 'boot').length;
      expect(
        shop.clock.runUntil(() => boots() === 2, 600_000),
        at,
      ).toBe(true);
      expect(shop.settle(), at).toBe(true);
      shop.clock.advance(120_000);
      expect(shop.settle(), at).toBe(true);
      shop.expectHonest(at);
      shop.world.close();
    }
  });
});

describe('the power goes at a moment', () => {
  test('before a request leaves: it never arrives, and the boot finds that nothing was asked', async () => {
    const shop = await openShop([{ fault: 'terminal.power-cut', when: { request: 1 } }]);
    const saleId = shop.sell();
    shop.clock.advance(1_000);
    expect(shop.authorised()).toBe(0);
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId).payment).toBe('unknown'); // A request that nobody has seen may still be on its way.
    shop.clock.advance(120_000);
    expect(shop.verdict(saleId).payment).toBe('not-paid');
    shop.expectHonest();
  });

  test('at the second query, though a boot lies between the two', async () => {
    const lost = { fault: 'platform.answer-lost', method: 'alipay.trade.query', times: 2 };
    const second = { request: 2, method: 'alipay.trade.query' };
    const first = { request: 1, method: 'alipay.trade.query' };
    const shop = await openShop([
      { fault: 'platform.answer-lost' },
      lost,
      { fault: 'terminal.power-cut', when: first },
      { fault: 'terminal.power-cut', when: second },
    ]);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    expect(shop.kinds().filter((kind) => kind === 'boot')).toHaveLength(3);
    expect(shop.verdict(saleId).payment).toBe('paid');
    shop.expectHonest();
  });

  test('while it boots, as often as it likes', async () => {
    const boots = [1, 2, 3].map((nth) => ({ fault: 'terminal.power-cut', when: { state: 'boot', nth } }));
    const shop = await openShop([...boots, { fault: 'terminal.power-cut', when: { state: 'printing' } }]);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId).payment).toBe('paid');
    shop.expectHonest();
  });

  test('and comes back when the fault is cleared', async () => {
    const shop = await openShop([{ fault: 'terminal.power-cut', offMs: 86_400_000 }]);
    const saleId = shop.sell();
    shop.clock.advance(3_600_000);
    expect(shop.world.terminal.state).toBe('off');
    expect(shop.screens.at(-1)).toBe('off');
    for (const id of shop.ids) shop.world.faults.clear(id);
    expect(shop.settle()).toBe(true);
    shop.clock.advance(120_000); // Nobody knows for how long it was off: the code is given its whole life once more.
    expect(shop.verdict(saleId).final).toBe(true);
    shop.expectHonest();
  });

  test('and the world is closed while it is off: nothing is left to come', async () => {
    const shop = await openShop([{ fault: 'terminal.power-cut', when: 'now', offMs: 60_000 }]);
    shop.world.close();
    const boots = kindsIn(shop.flash().read()).length;
    shop.clock.advance(600_000);
    expect(kindsIn(shop.flash().read())).toHaveLength(boots);
  });
});

describe('a brown-out', () => {
  test.each([
    ['settling.authorizing', 'pays'],
    ['settling.querying', 'confirms'],
    ['reversing', 'never'],
    ['printing', 'pays'],
  ] as const)('at %s: it boots as often as there are cuts, and settles', async (state, behaviour) => {
    for (const onMs of [1, 40, 700, 3_000]) {
      const shop = await openShop([{ fault: 'terminal.brown-out', when: { state }, cuts: 5, onMs }]);
      shop.sell({ customer: { behaviour } });
      const at = `${state}, ${onMs} ms`;
      shop.clock.runUntil(() => shop.world.terminal.state === 'off', 600_000);
      shop.clock.advance(5 * (150 + onMs));
      expect(shop.settle(), at).toBe(true);
      shop.clock.advance(120_000);
      expect(shop.settle(), at).toBe(true);
      expect(shop.kinds().filter((kind) => kind === 'boot').length, at).toBeGreaterThan(1);
      shop.expectHonest(at);
      shop.world.close();
    }
  });

  test('ends when it is cleared, with the power on', async () => {
    const shop = await openShop([{ fault: 'terminal.brown-out', when: 'now', cuts: 1_000 }]);
    shop.clock.advance(1_000);
    for (const id of shop.ids) shop.world.faults.clear(id);
    shop.clock.advance(1_000);
    const boots = shop.kinds().length;
    shop.clock.advance(60_000);
    expect(shop.kinds()).toHaveLength(boots);
  });
});
