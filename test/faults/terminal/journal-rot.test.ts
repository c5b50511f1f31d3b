import { describe, expect, test } from 'vitest';
import { openShop } from '../shop.js';

const PLACES = ['text', 'hash', 'line-end'] as const;

describe('one rotten bit', () => {
  test.each(PLACES)(
    'in the %s of any record, also of one that is open, costs nothing: the boot names it, and settles',
    async (place) => {
      for (let back = 0; back < 8; back++) {
        const shop = await openShop();
        shop.sell();
        shop.settle();
        shop.world.faults.put({ fault: 'terminal.journal-rot', back, place, when: { journal: 'authorize-intent' } });
        shop.world.faults.put({ fault: 'terminal.power-cut', when: { state: 'settling.querying' }, offMs: 500 });
        shop.world.faults.put({ fault: 'platform.answer-lost' });
        const saleId = shop.sell();
        const at = `${back} back`;
        expect(shop.settle(), at).toBe(true);
        expect(shop.world.terminal.mended.length, at).toBe(1);
        expect(shop.verdict(saleId), at).toMatchObject({ payment: 'paid', ticket: 'printed' });
        expect(shop.verdict(saleId).damage).toBeUndefined();
        shop.expectHonest(at);
        const boot = Buffer.from(shop.flash().read())
          .toString('latin1')
          .match(/"kind":"boot".*?"mended":\[[^\]]*\]/g);
        expect(boot).toHaveLength(1);
        shop.world.close();
      }
    },
  );

  test('is left in the storage, as evidence, and found at every boot', async () => {
    const shop = await openShop();
    shop.sell();
    shop.settle();
    const whole = shop.flash().read();
    shop.world.faults.put({ fault: 'terminal.journal-rot', when: 'now', back: 2 });
    const rotten = shop.flash().read();
    expect(Buffer.compare(whole, rotten)).not.toBe(0);
    for (let i = 0; i < 2; i++) {
      shop.world.powerCut();
      shop.settle();
      expect(shop.world.terminal.mended).toHaveLength(1);
      expect(Buffer.from(shop.flash().read()).subarray(0, rotten.length)).toEqual(Buffer.from(rotten));
    }
  });
});

describe('more rot than one bit in a record', () => {
  /** A sale that is settled, one that is open, and then rot and a power cut. */
  async function rotten(back: number) {
    const shop = await openShop();
    const old = shop.sell();
    shop.settle();
    const failures: Error[] = [];
    shop.world.watch({ failed: (error) => failures.push(error) });
    shop.world.faults.put({ fault: 'platform.answer-lost' });
    const open = shop.sell();
    shop.clock.advance(1_000);
    const rot = shop.world.faults.put({ fault: 'terminal.journal-rot', when: 'now', back, bits: 2 });
    shop.world.powerCut();
    return { ...shop, failures, old, open, rot };
  }

  test('puts the terminal out of service: the display names the record, and nothing more is done', async () => {
    const shop = await rotten(1);
    const records = shop.flash().read();
    const record = Number(/\d+/.exec(shop.world.terminal.screen.zh)?.[0]);
    expect(record).toBe(Buffer.from(records).toString('latin1').trimEnd().split('\n').length - 1);
    expect(shop.world.terminal.screen).toMatchObject({
      state: 'outOfService',
      zh: `记录第 ${record} 条损坏,暂停服务,请报修`,
      en: `Record ${record} damaged, out of service`,
    });
    expect(shop.world.terminal.state).toBe('outOfService');
    expect(shop.failures).toMatchObject([{ code: 'PJ_JOURNAL_CHANGED', data: { sequence: record } }]);
    const asked = shop.authorised();
    expect(() => shop.sell()).toThrow(expect.objectContaining({ code: 'PJ_JOURNAL_CHANGED' }));
    shop.clock.advance(86_400_000);
    expect(shop.authorised()).toBe(asked);
    expect(Buffer.from(shop.flash().read())).toEqual(Buffer.from(records));
    shop.world.close();
  });

  test('in the record of an open sale: what was proved before is told, and said not to be final', async () => {
    const shop = await rotten(0);
    const verdict = shop.verdict(shop.open);
    expect(verdict).toMatchObject({ payment: 'unknown', final: false, damage: { record: expect.any(Number) } });
    expect(verdict.advice.cashier.zh).toContain('勿重复收款');
    expect(verdict.advice.cashier.zh).toContain(`交易记录第 ${verdict.damage?.record} 条损坏`);
    expect(shop.verdict(shop.old)).toMatchObject({ payment: 'paid', ticket: 'printed', final: false });
  });

  test('in an old record: of what stands behind it nothing is said but that it is damaged', async () => {
    const shop = await rotten(8);
    expect(() => shop.verdict(shop.open)).toThrow(expect.objectContaining({ code: 'PJ_JOURNAL_CHANGED' }));
    expect(shop.world.terminal.find(shop.open)).toBeUndefined();
  });

  test('is over when the journal is restored: the boot goes on where it was', async () => {
    const shop = await rotten(1);
    shop.world.faults.clear(shop.rot.id);
    shop.world.powerCut();
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(shop.open)).toMatchObject({ payment: 'paid', ticket: 'printed', final: true });
    shop.expectHonest();
  });

  test('before the first boot of a program is refused, by name', async () => {
    const shop = await rotten(1);
    const flash = shop.flash().read();
    await expect(openShop([], { flash })).rejects.toMatchObject({ code: 'PJ_JOURNAL_CHANGED' });
  });
});
