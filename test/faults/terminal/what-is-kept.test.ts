import { describe, expect, test } from 'vitest';
import { FaultBoard } from '../../../src/faults/board.js';
import type { FaultRecord } from '../../../src/faults/fault.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { readJournal } from '../../../src/terminal/journal/chain.js';
import { kindsIn, openShop } from '../shop.js';

const AT_APPEND = { journal: 'authorize-intent', at: 'append' } as const;

/** A sale whose intent is handed to the flash, and is not durable when the power goes. */
async function cutAtIntent(attributes: object) {
  const shop = await openShop([{ fault: 'terminal.power-cut', when: AT_APPEND, offMs: 1_000, ...attributes }]);
  shop.sell();
  shop.clock.advance(0);
  expect(shop.world.terminal.state).toBe('off');
  return shop;
}

/** A code that may still be paid with is left its time before anything is final. */
function settleForGood(shop: Awaited<ReturnType<typeof openShop>>): void {
  expect(shop.settle()).toBe(true);
  shop.clock.advance(120_000);
  expect(shop.settle()).toBe(true);
  shop.expectHonest();
}

describe('a power cut says what the flash keeps of a record that was not durable', () => {
  test.each([
    ['lost', []],
    ['kept', ['authorize-intent']],
  ] as const)('%s', async (unsynced, kept) => {
    const shop = await cutAtIntent({ unsynced });
    const journal = shop.flash().read();
    expect(kindsIn(journal).filter((kind) => kind === 'authorize-intent')).toEqual(kept);
    expect(readJournal(journal, 'journal').torn).toBeUndefined();
    settleForGood(shop);
  });

  test('torn: the beginning of the record, which the next boot cuts off', async () => {
    const shop = await cutAtIntent({ unsynced: 'torn' });
    expect(readJournal(shop.flash().read(), 'journal').torn).toBeDefined();
    settleForGood(shop);
    expect(kindsIn(shop.flash().read())).not.toContain('authorize-intent');
  });

  test('with a rotted bit besides, which the next boot puts right', async () => {
    const [sound, rotten] = await Promise.all([
      cutAtIntent({ unsynced: 'kept' }),
      cutAtIntent({ unsynced: 'kept', rotBit: 8 * 100 + 3 }),
    ]);
    const differs = (i: number) => (sound.flash().read()[i] ?? 0) ^ (rotten.flash().read()[i] ?? 0);
    const { length } = sound.flash().read();
    expect(Array.from({ length }, (_, i) => i).filter(differs)).toEqual([100]);
    expect(differs(100)).toBe(1 << 3);
    settleForGood(rotten);
    expect(readJournal(rotten.flash().read(), 'journal').mended).toMatchObject([{ byte: 100, bit: 3 }]);
  });

  test('counted over again behind the end of the journal', async () => {
    const shop = await cutAtIntent({ unsynced: 'kept' });
    const bits = 8 * shop.flash().length;
    const again = await cutAtIntent({ unsynced: 'kept', rotBit: bits + 9 });
    expect(
      shop
        .flash()
        .read()
        .findIndex((byte, i) => byte !== again.flash().read()[i]),
    ).toBe(1);
  });
});

describe('where only the terminal goes off, and the file it writes to does not', () => {
  const board = () => {
    const powerOff = () => () => {};
    const terminal = { powerOff, forgets: false, shiftClock: powerOff, diskFull() {}, rot: powerOff };
    return new FaultBoard({ sites: { terminal }, clock: new VirtualClock(), random: seededRandom(1) });
  };
  const put = (record: FaultRecord) => () => board().put({ when: 'now', ...record });

  test.each(['terminal.power-cut', 'terminal.brown-out'])('%s cannot lose or tear what was written', (fault) => {
    for (const unsynced of ['lost', 'torn'])
      expect(put({ fault, unsynced })).toThrow('this world has no flash that loses what was not durable');
    for (const unsynced of ['chance', 'kept']) expect(put({ fault, unsynced })).not.toThrow();
  });
});
