import { describe, expect, test } from 'vitest';
import { createEmulatedPlatform } from '../../../src/emulator/platform/platform.js';
import { FaultBoard } from '../../../src/faults/board.js';
import type { FaultRecord } from '../../../src/faults/fault.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';

/** A platform with a fault; `pay` and `query` tell after how many milliseconds the answer came, if it came. */
function faulty(record: FaultRecord) {
  const clock = new VirtualClock();
  const platform = createEmulatedPlatform({ clock, random: seededRandom(1) });
  const board = new FaultBoard({ sites: { platform: platform.site }, clock, random: seededRandom(1) });
  const { id } = board.put(record);
  const ask = (method: string, content: object): number | undefined => {
    const startMs = clock.now();
    let afterMs: number | undefined;
    platform.exchange(method, content, () => {
      afterMs = clock.now() - startMs;
    });
    clock.advance(60_000);
    return afterMs;
  };
  let orders = 0;
  return {
    platform,
    end: () => board.clear(id),
    pay: () =>
      ask('alipay.trade.pay', {
        out_trade_no: `order-${++orders}`,
        scene: 'bar_code',
        auth_code: platform.issueCode({ behaviour: 'pays' }),
        subject: 'x',
        total_amount: '12.80',
      }),
    query: () => ask('alipay.trade.query', { out_trade_no: `order-${orders}` }),
  };
}

describe('answer lost after booking', () => {
  test('the first answer to a payment never comes, and the ledger has the money; the next ones come', () => {
    const { platform, pay, query } = faulty({ fault: 'platform.answer-lost' });
    expect(pay()).toBeUndefined();
    expect(platform.ledger.trades()).toMatchObject([{ state: 'TRADE_SUCCESS', paidFen: 1_280 }]);
    expect(query()).toBe(0);
    expect(pay()).toBe(0);
  });

  test('as often as asked for, and of the method asked for', () => {
    const { pay, query } = faulty({ fault: 'platform.answer-lost', method: 'alipay.trade.query', times: 2 });
    expect(pay()).toBe(0);
    expect([query(), query(), query()]).toEqual([undefined, undefined, 0]);
  });

  test('until it is cleared', () => {
    const { pay, end } = faulty({ fault: 'platform.answer-lost', times: 100 });
    expect(pay()).toBeUndefined();
    end();
    expect(pay()).toBe(0);
  });
});

describe('answer delayed', () => {
  test('books at once, answers 15 s later, once', () => {
    const { pay, platform } = faulty({ fault: 'platform.answer-delayed' });
    expect(pay()).toBe(15_000);
    expect(platform.ledger.trades()).toHaveLength(1);
    expect(pay()).toBe(0);
  });

  test('by as much, as often and for the method asked for', () => {
    const { pay, query } = faulty({
      fault: 'platform.answer-delayed',
      delayMs: 700,
      times: 2,
      method: 'alipay.trade.query',
    });
    expect(pay()).toBe(0);
    expect([query(), query(), query()]).toEqual([700, 700, 0]);
  });
});
