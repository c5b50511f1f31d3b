import { describe, expect, test } from 'vitest';
import { ticketPieces } from '../../../src/world/pictures.js';
import { openShop } from '../shop.js';

const HOUR_MS = 3_600_000;

describe('a clock that jumps', () => {
  test.each([
    ['settling.authorizing', HOUR_MS],
    ['settling.authorizing', -HOUR_MS],
    ['settling.querying', 30 * 24 * HOUR_MS],
    ['printing', -30 * 24 * HOUR_MS],
  ])('at %s by %i ms: what is waited for takes as long as before, and it is paid and printed', async (state, byMs) => {
    const usual = await openShop();
    usual.sell({ customer: { behaviour: 'confirms' } });
    usual.settle();
    const shop = await openShop([{ fault: 'terminal.clock-jump', when: { state }, byMs }]);
    const saleId = shop.sell({ customer: { behaviour: 'confirms' } });
    expect(shop.settle()).toBe(true);
    expect(shop.clock.now()).toBe(usual.clock.now());
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'printed' });
    const times = shop.verdict(saleId).evidence.map(({ at }) => Date.parse(at));
    const jump = Math.max(...times.map((at, i) => Math.abs(at - (times[i - 1] ?? at))));
    expect(jump).toBeGreaterThan(Math.abs(byMs) / 2);
    shop.expectHonest();
  });

  test.each([HOUR_MS, -HOUR_MS])(
    'by %i ms behind the request, which is late on its way: no sale is called unpaid that is booked yet',
    async (byMs) => {
      const shop = await openShop([
        { fault: 'terminal.clock-jump', when: { request: 1 }, byMs },
        { fault: 'network.latency', method: 'alipay.trade.pay', way: 'request', delayMs: 70_000 },
      ]);
      const saleId = shop.sell();
      shop.clock.advance(69_000);
      expect(shop.verdict(saleId)).toMatchObject({ payment: 'unknown', final: false });
      shop.clock.advance(120_000); // The guard task asks until the code is dead, and not for as long as the clock was set by.
      expect(shop.verdict(saleId)).toMatchObject({ payment: 'not-paid', final: true });
      expect(shop.keptFen(saleId)).toBe(0);
    },
  );

  test('stays through a boot, and order numbers stay apart when the same second comes twice', async () => {
    const shop = await openShop();
    const numbers = new Set<string>();
    const startMs = Math.ceil(shop.clock.now()) + 500;
    let shiftedMs = 0;
    for (let i = 0; i < 5; i++) {
      const byMs = Math.round(startMs - shop.clock.now() - shiftedMs);
      shop.world.faults.put({ fault: 'terminal.clock-jump', when: 'now', byMs });
      shiftedMs += byMs;
      shop.world.powerCut();
      numbers.add(shop.sell());
      shop.settle();
    }
    expect(numbers.size).toBe(5);
    expect(new Set([...numbers].map((saleId) => saleId.slice(0, 17))).size).toBe(1);
    shop.expectHonest();
  });

  test('is set right when it is cleared', async () => {
    const shop = await openShop([{ fault: 'terminal.clock-jump', when: 'now', byMs: -HOUR_MS }]);
    for (const id of shop.ids) shop.world.faults.clear(id);
    const saleId = shop.sell();
    expect(shop.world.people.operator.startsAgain()).toBe('over'); // The sale is not durable yet.
    shop.settle();
    expect(Date.parse(shop.verdict(saleId).evidence[0]?.at ?? '')).toBeGreaterThan(shop.clock.now() - 60_000);
  });
});

describe('a full disk', () => {
  test.each(['sale-opened', 'authorize-intent', 'payment', 'print-intent', 'print-result'])(
    'found behind %s: out of service, and with room again the boot settles it',
    async (journal) => {
      const shop = await openShop([{ fault: 'terminal.disk-full', when: { journal, at: 'synced' } }]);
      const saleId = shop.sell();
      shop.clock.advance(60_000);
      if (journal !== 'print-result') {
        expect(shop.world.terminal.state).toBe('outOfService');
        expect(shop.world.terminal.failure).toMatchObject({ code: 'PJ_STORAGE_FULL' });
      }
      const knew = shop.verdict(saleId).payment;
      for (const id of shop.ids) shop.world.faults.clear(id);
      shop.world.powerCut();
      expect(shop.settle()).toBe(true);
      shop.clock.advance(60_000);
      shop.expectHonest(journal);
      if (knew !== 'unknown') expect(shop.verdict(saleId).payment).toBe(knew);
      expect(shop.world.terminal.failure).toBeUndefined();
      const next = shop.sell();
      expect(shop.settle()).toBe(true);
      expect(shop.verdict(next).payment).toBe('paid');
    },
  );

  test('found at the first record of a sale: nobody is asked for money', async () => {
    const shop = await openShop([{ fault: 'terminal.disk-full', when: 'now' }]);
    shop.sell();
    shop.clock.advance(60_000);
    expect(shop.authorised()).toBe(0);
    expect(shop.world.terminal.state).toBe('outOfService');
    shop.world.powerCut();
    shop.clock.advance(1_000);
    expect(shop.world.terminal.state).toBe('outOfService');
    for (const id of shop.ids) shop.world.faults.clear(id);
    shop.world.powerCut();
    expect(shop.settle()).toBe(true);
    expect(shop.world.terminal.sales()).toEqual([]);
  });
});

describe('a terminal that is set up wrongly', () => {
  test.each([
    [{ fault: 'terminal.misconfigured' }, /isv\.invalid-signature/],
    [{ fault: 'terminal.outdated-key' }, /isv\.app-cert-expired/],
    [{ fault: 'terminal.outdated-key', what: 'key' }, /isv\.invalid-signature/],
    [{ fault: 'terminal.outdated-key', what: 'version' }, /isv\.invalid-parameter/],
  ])('%j is turned away at the door: not paid, nothing booked; mended, it sells', async (record, words) => {
    const shop = await openShop([record]);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'not-paid', ticket: 'none' });
    expect(
      shop
        .verdict(saleId)
        .evidence.map(({ says }) => says)
        .join('\n'),
    ).toMatch(words);
    expect(shop.ledger()).toEqual([]);
    for (const id of shop.ids) shop.world.faults.clear(id);
    const next = shop.sell();
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(next).payment).toBe('paid');
    shop.expectHonest();
  });

  test('from the first query on: paid on the ledger and unknown here, until the key is mended', async () => {
    const shop = await openShop([
      { fault: 'platform.answer-lost' },
      { fault: 'terminal.misconfigured', when: { request: 1, method: 'alipay.trade.query' } },
    ]);
    const saleId = shop.sell();
    shop.clock.advance(300_000);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'unknown', final: false });
    expect(shop.keptFen(saleId)).toBe(1_280);
    for (const id of shop.ids) shop.world.faults.clear(id);
    shop.clock.runUntil(() => shop.verdict(saleId).final, 2_000_000);
    expect(shop.verdict(saleId).payment).toBe('reversed');
    shop.settle();
    shop.expectHonest();
  });

  test('with another code page than the printer: every status is good, and the paper holds garbage', async () => {
    const shop = await openShop([{ fault: 'terminal.misconfigured', what: 'code-page' }]);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'printed' });
    expect(
      ticketPieces(shop.world, saleId)
        .flatMap(({ lines }) => lines)
        .join(''),
    ).not.toContain('谢谢惠顾');
  });

  test('with another rate than the printer: paid, and no ticket is believed to be printed', async () => {
    const shop = await openShop([{ fault: 'terminal.misconfigured', what: 'baud' }], { policy: { reprint: 'ask' } });
    const saleId = shop.sell();
    shop.clock.advance(120_000);
    expect(shop.verdict(saleId).payment).toBe('paid');
    expect(shop.verdict(saleId).ticket).not.toBe('printed');
    expect(shop.keptFen(saleId)).toBe(1_280);
  });

  test('with a wrong clock: it sells as ever, and its times are wrong', async () => {
    const shop = await openShop([{ fault: 'terminal.misconfigured', what: 'clock', clockMs: -86_400_000 }]);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    expect(Date.parse(shop.verdict(saleId).evidence[0]?.at ?? '')).toBeLessThan(shop.clock.now() - 86_000_000);
    shop.expectHonest();
  });
});
