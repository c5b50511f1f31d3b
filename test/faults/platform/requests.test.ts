import { describe, expect, test } from 'vitest';
import { FaultBoard } from '../../../src/faults/board.js';
import type { FaultRecord } from '../../../src/faults/fault.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { payment, platformWorld } from '../../emulator/platform/support.js';

/** A platform with a fault. `ask` gives what the terminal hears, with the milliseconds that it took. */
function faulty(record: FaultRecord, options: { notices?: boolean } = {}) {
  const world = platformWorld();
  const { clock, platform } = world;
  const carried: { fields: Readonly<Record<string, string>>; badSignature: boolean; atMs: number }[] = [];
  const notices = platform.sendNotices({
    carry: (_url, fields, badSignature, done) => {
      carried.push({ fields, badSignature, atMs: clock.now() });
      done('success');
    },
  });
  const sites = { platform: platform.site, ...(options.notices === false ? {} : { notices }) };
  const board = new FaultBoard({ sites, clock, random: seededRandom(1) });
  const { id } = board.put(record);
  const ask = (method: string, content: object) => {
    const startMs = clock.now();
    let heard: { afterMs: number; response?: Readonly<Record<string, unknown>>; failure?: object } | undefined;
    const frame = { notifyUrl: 'memory:test' };
    const done = (result: object) => (heard = { afterMs: clock.now() - startMs, ...result });
    platform.exchange(method, content, done, frame);
    clock.runUntil(() => heard !== undefined, 100_000);
    return heard ?? { afterMs: Number.POSITIVE_INFINITY };
  };
  const order = { out_trade_no: 'A1' };
  return {
    clock,
    platform,
    carried,
    end: () => board.clear(id),
    pay: (behaviour: 'pays' | 'confirms' | 'never' = 'pays') =>
      ask('alipay.trade.pay', payment('A1', platform.issueCode({ behaviour, afterMs: 3_000 }))),
    query: () => ask('alipay.trade.query', order),
    cancel: () => ask('alipay.trade.cancel', order),
    trade: () => platform.ledger.trade('A1'),
  };
}

describe('system error', () => {
  test('after booking, and only as often as asked for', () => {
    const { pay, trade, query } = faulty({ fault: 'platform.system-error' });
    expect(pay().response).toMatchObject({ code: '40004', sub_code: 'ACQ.SYSTEM_ERROR', out_trade_no: 'A1' });
    expect(trade()?.state).toBe('TRADE_SUCCESS');
    expect(query().response).toMatchObject({ code: '10000', trade_status: 'TRADE_SUCCESS' });
  });

  test('before booking, in the words of the gateway', () => {
    const { pay, trade } = faulty({ fault: 'platform.system-error', booked: false, says: '20000' });
    expect(pay().response).toMatchObject({ code: '20000', sub_code: 'isp.unknow-error' });
    expect(trade()).toBeUndefined();
  });

  test('of a cancel asks to be called again', () => {
    const { pay, cancel, trade } = faulty({ fault: 'platform.system-error', method: 'alipay.trade.cancel' });
    pay();
    expect(cancel().response).toMatchObject({ sub_code: 'ACQ.SYSTEM_ERROR', retry_flag: 'Y' });
    expect(trade()?.refundedFen).toBe(1_280);
    expect(cancel().response).toMatchObject({ code: '10000', action: 'refund' });
  });
});

describe('maintenance', () => {
  test('by HTTP status: what a transport makes of it, and nothing is booked; afterwards all is as before', () => {
    const { pay, trade, end } = faulty({ fault: 'platform.maintenance' });
    expect(pay().failure).toMatchObject({ code: 'PJ_PLATFORM_HTTP', words: expect.stringContaining('503') });
    expect(trade()).toBeUndefined();
    end();
    expect(pay().response).toMatchObject({ code: '10000' });
  });

  test.each([
    ['ACQ.SYSTEM_ERROR', '40004'],
    ['20000', '20000'],
  ])('in the words %s', (says, code) => {
    const { query } = faulty({ fault: 'platform.maintenance', says });
    expect(query().response).toMatchObject({ code });
  });
});

test('rate limit: the second request within the time is turned away, one after it is let through', () => {
  const { pay, query, clock, trade } = faulty({ fault: 'platform.rate-limit', windowMs: 10_000 });
  expect(query().response).toMatchObject({ sub_code: 'ACQ.TRADE_NOT_EXIST' });
  expect(pay().response).toEqual({
    code: '40005',
    msg: 'Call Limited',
    sub_code: 'isv.app-call-limited',
    sub_msg: '应用调用次数超限，包含调用频率超限',
  });
  expect(trade()).toBeUndefined();
  clock.advance(10_000);
  expect(pay().response).toMatchObject({ code: '10000' });
});

test('password asked: one who would pay at once is asked, and confirms after a while', () => {
  const { pay, query, clock } = faulty({ fault: 'platform.password-asked', confirmsAfterMs: 6_000 });
  expect(pay().response).toMatchObject({ code: '10003' });
  clock.advance(5_000);
  expect(query().response).toMatchObject({ trade_status: 'WAIT_BUYER_PAY' });
  clock.advance(1_000);
  expect(query().response).toMatchObject({ trade_status: 'TRADE_SUCCESS' });
});

describe('pays late', () => {
  test('the answer to the last query still waits, and the cancel that follows gives money back', () => {
    const { pay, query, cancel, clock, trade } = faulty({ fault: 'platform.pays-late', queries: 2 });
    expect(pay().response).toMatchObject({ code: '10003' });
    query();
    clock.advance(50_000);
    expect(query().response).toMatchObject({ trade_status: 'WAIT_BUYER_PAY' });
    clock.advance(1);
    expect(trade()?.state).toBe('TRADE_SUCCESS');
    expect(cancel().response).toMatchObject({ action: 'refund' });
  });

  test('too late: the cancel was there first, and nothing is paid', () => {
    const { pay, query, cancel, clock, trade } = faulty({ fault: 'platform.pays-late', queries: 1, afterMs: 500 });
    pay();
    query();
    expect(cancel().response).toMatchObject({ action: 'close' });
    clock.advance(1_000);
    expect(trade()).toMatchObject({ state: 'TRADE_CLOSED', paidFen: 0 });
  });

  test('one who walks away does not pay for it', () => {
    const { pay, query, clock, trade } = faulty({ fault: 'platform.pays-late', queries: 1 });
    pay('never');
    query();
    clock.advance(1_000);
    expect(trade()?.state).toBe('WAIT_BUYER_PAY');
  });
});

test('stale query: the order is not there, then waits, then is paid, each so much after the books have it', () => {
  const { pay, query, clock, end } = faulty({ fault: 'platform.stale-query', behindMs: 10_000 });
  pay('confirms'); // 3 s later.
  const state = () => query().response?.trade_status ?? query().response?.sub_code;
  clock.advance(9_000);
  expect(state()).toBe('ACQ.TRADE_NOT_EXIST');
  clock.advance(2_000);
  expect(state()).toBe('WAIT_BUYER_PAY');
  clock.advance(2_500);
  expect(state()).toBe('TRADE_SUCCESS');
  end();
  expect(state()).toBe('TRADE_SUCCESS');
});

test('peak: the same seed takes the same times; a part passes before the books, and half take no more than the median', () => {
  const times = (seedless: number) =>
    Array.from({ length: seedless }, () => faulty({ fault: 'platform.peak', medianMs: 1_000, worstMs: 8_000 }))
      .map(({ query }) => query().afterMs)
      .slice(0, 1)[0];
  expect(times(1)).toBe(times(2));
  const { query, pay, clock, trade } = faulty({ fault: 'platform.peak', medianMs: 1_000, worstMs: 8_000 });
  const many = Array.from({ length: 400 }, () => query().afterMs).sort((a, b) => a - b);
  expect(many[200]).toBeGreaterThan(700);
  expect(many[200]).toBeLessThan(1_500);
  expect(many[399]).toBeGreaterThan(3_000);
  const startMs = clock.now();
  const { afterMs } = pay();
  const bookedAfterMs = (trade()?.paidAtMs ?? 0) - startMs;
  expect(bookedAfterMs).toBeGreaterThan(0);
  expect(bookedAfterMs).toBeLessThan(afterMs);
});

describe('wrong amount', () => {
  test('in an answer: every amount is off, and the books are right', () => {
    const { pay, query, trade } = faulty({ fault: 'platform.wrong-amount', moreFen: -80 });
    expect(pay().response).toMatchObject({ total_amount: '12.00', receipt_amount: '12.00' });
    expect(trade()?.paidFen).toBe(1_280);
    expect(query().response).toMatchObject({ total_amount: '12.80' });
  });

  test('in a notice', () => {
    const { pay, clock, carried } = faulty({ fault: 'platform.wrong-amount', method: 'notify' });
    expect(pay().response).toMatchObject({ total_amount: '12.80' });
    clock.advance(10_000);
    expect(carried).toMatchObject([{ fields: { total_amount: '13.80', trade_status: 'TRADE_SUCCESS' } }]);
  });

  test('is not possible in notices where none are sent', () => {
    expect(() => faulty({ fault: 'platform.wrong-amount', method: 'notify' }, { notices: false })).toThrow(
      expect.objectContaining({ code: 'PJ_FAULT_IMPOSSIBLE', message: expect.stringContaining('no notices') }),
    );
  });
});

test('bad signature: booked, and what a transport makes of it', () => {
  const { pay, query, trade } = faulty({ fault: 'platform.bad-signature' });
  expect(pay().failure).toMatchObject({ code: 'PJ_PLATFORM_SIGNATURE' });
  expect(trade()?.state).toBe('TRADE_SUCCESS');
  expect(query().response).toMatchObject({ code: '10000' });
});

describe('clock skew', () => {
  test('too far off: the request is refused, and nothing is booked', () => {
    const { pay, trade, end } = faulty({ fault: 'platform.clock-skew' });
    expect(pay().response).toMatchObject({ code: '40002', sub_code: 'isv.invalid-timestamp' });
    expect(trade()).toBeUndefined();
    end();
    expect(pay().response).toMatchObject({ code: '10000' });
  });

  test.each([
    [300_000, '2026-01-01 08:05:00'],
    [-300_000, '2026-01-01 07:55:00'],
  ])('%i ms within what is tolerated: the times that it tells are off', (aheadMs, gmtPayment) => {
    const { pay } = faulty({ fault: 'platform.clock-skew', aheadMs });
    expect(pay().response).toMatchObject({ code: '10000', gmt_payment: gmtPayment });
  });
});

describe('cancel lost', () => {
  test.each([
    ['answer', 1_280],
    ['request', 0],
  ])('the %s: %i fen went back', (what, refundedFen) => {
    const { pay, cancel, trade } = faulty({ fault: 'platform.cancel-lost', what, times: 1 });
    pay();
    expect(cancel().afterMs).toBe(Number.POSITIVE_INFINITY);
    expect(trade()?.refundedFen).toBe(refundedFen);
    expect(cancel().response).toMatchObject({ code: '10000', action: 'refund' });
  });
});

test('cancel refused: for a reason of the platform, and what is paid stays paid', () => {
  const { pay, cancel, trade } = faulty({ fault: 'platform.cancel-refused' });
  pay();
  expect(cancel().response).toMatchObject({
    code: '40004',
    sub_code: 'ACQ.SELLER_BALANCE_NOT_ENOUGH',
    retry_flag: 'N',
  });
  expect(trade()?.refundedFen).toBe(0);
});

describe('a notice', () => {
  const arrivals = (record: FaultRecord, withCancel = false) => {
    const { pay, cancel, clock, carried } = faulty(record);
    const startMs = clock.now();
    pay();
    if (withCancel) cancel();
    clock.advance(2_000_000);
    return carried.map(({ fields, atMs }) => `${fields.trade_status} ${atMs - startMs}`);
  };

  test.each<[FaultRecord, string[]]>([
    [{ fault: 'platform.notify-lost', times: 1 }, ['TRADE_SUCCESS 241000']],
    [{ fault: 'platform.notify-lost' }, []],
    [{ fault: 'platform.notify-late', delayMs: 9_000 }, ['TRADE_SUCCESS 10000']],
    [{ fault: 'platform.notify-twice' }, ['TRADE_SUCCESS 1000', 'TRADE_SUCCESS 1500']],
    // Nothing follows, so that it goes out with the repeat that overtakes it.
    [{ fault: 'platform.notify-out-of-order' }, ['TRADE_SUCCESS 241000', 'TRADE_SUCCESS 241000']],
    [{ fault: 'platform.notify-out-of-order', atMostMs: 5_000 }, ['TRADE_SUCCESS 6000']],
  ])('%j', (record, expected) => {
    expect(arrivals(record)).toEqual(expected);
  });

  test('that is out of order comes behind the one that the money went back', () => {
    expect(arrivals({ fault: 'platform.notify-out-of-order' }, true)).toEqual([
      'TRADE_CLOSED 1000',
      'TRADE_SUCCESS 1000',
    ]);
  });
});
