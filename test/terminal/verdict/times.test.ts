import { describe, expect, test } from 'vitest';
import { findCauses } from '../../../src/terminal/verdict/cause.js';
import { answer, BOOT, cancel, INTENT, PAID, PRINTED, pageOf, payment, print, START_MS, type Told } from './records.js';

const SALE = INTENT.saleId;
const notice = { kind: 'notified', saleId: SALE, noticeId: 'a', outcome: 'paid' } as const;
const CLOSED = payment('not-paid', 'cancel');

/** The causes of a sale, the first one first. */
function causes(told: readonly Told[]): string[] {
  const { main, also } = findCauses(pageOf(told));
  return [main, ...also].flatMap((cause) => (cause === undefined ? [] : [cause.id]));
}

const JOB = { saleId: SALE, jobId: `${SALE}/1` };
const INTENDED = { kind: 'print-intent', ...JOB, copy: 0 } as const;
const RESULT = { kind: 'print-result', ...JOB, result: PRINTED } as const;
const PAYMENT = payment('paid', 'authorize', { afterMs: 100 });

describe('a clock that was set in the middle of a sale', () => {
  test('is seen by a wait that is longer than the terminal ever waits', () => {
    expect(causes([[0, INTENT], [3_600_000, PAYMENT], ...print(PRINTED)])).toEqual(['terminal.misconfigured']);
    expect(causes([...PAID, [2_000, INTENDED], [3_600_000, RESULT]])).toEqual(['terminal.misconfigured']);
  });

  test('is seen by times that go back', () => {
    expect(causes([[0, INTENT], [100, PAYMENT], [-3_600_000, INTENDED], RESULT])).toEqual(['terminal.misconfigured']);
  });

  test('makes no answer slow, and no notice late', () => {
    const slow = payment('paid', 'authorize', { afterMs: 3_600_000 });
    expect(causes([[0, INTENT], [3_600_000, slow], ...print(PRINTED)])).toEqual(['terminal.misconfigured']);
    const told: Told[] = [...PAID, [2_000, INTENDED], [3_600_000, RESULT], [3_601_000, notice]];
    expect(causes(told)).toEqual(['terminal.misconfigured']);
  });

  test('is no wait behind a boot, nor that of the guard task', () => {
    const found = { ...BOOT, found: [{ saleId: SALE, finding: 'ask' }] } as const;
    expect(causes([[0, INTENT], [3_600_000, found], [3_600_100, payment('paid', 'query')], ...print(PRINTED)])).toEqual(
      ['terminal.power-cut'],
    );
    const silent = answer('cancel', 'no-answer');
    const open: Told[] = [
      [0, INTENT],
      [5_000, cancel('no-answer')],
      [9_000, silent],
      [9_001, { kind: 'unresolved', saleId: SALE }],
    ];
    expect(causes([...open, [950_000, CLOSED]])).not.toContain('terminal.misconfigured');
  });
});

describe('a notice that comes long after', () => {
  test('of a terminal that was off when it came first is the power’s', () => {
    const told: Told[] = [...PAID, ...print(PRINTED), { ...BOOT, found: [] }, [240_000, notice]];
    expect(causes(told)).toEqual(['terminal.power-cut']);
    expect(causes([...PAID, ...print(PRINTED), [240_000, notice]])).toEqual(['platform.sync']);
  });
});

test('a notice of what went back counts from there, however long ago it was paid', () => {
  const closed = { ...notice, noticeId: 'b', outcome: 'closed' } as const;
  const told: Told[] = [...PAID, notice, [60_000, cancel('unprinted')], [60_100, payment('reversed', 'cancel')]];
  expect(causes([...told, [61_000, closed]])).toEqual([]);
  expect(causes([...told, [200_000, closed]])).toEqual(['platform.sync']);
});

describe('an answer that never came, of a sale that a notice has settled', () => {
  const byNotice = [INTENT, notice, payment('paid', 'notify'), ...print(PRINTED)];

  test('is told: it was lost, or the connection broke', () => {
    const late = (code: string) => answer('authorize', 'unknown', { code, words: 'x', afterMs: 15_000 });
    expect(causes([...byNotice, late('PJ_PLATFORM_TIMEOUT')])).toEqual(['platform.unreported']);
    expect(causes([...byNotice, late('PJ_PLATFORM_LOST')])).toEqual(['network.unstable']);
  });

  test('is nothing if it comes in good time, and slow if it does not', () => {
    expect(causes([...byNotice, answer('authorize', 'paid', { afterMs: 1_200 })])).toEqual([]);
    expect(causes([...byNotice, answer('authorize', 'paid', { afterMs: 8_000 })])).toEqual(['environment.peak']);
  });
});

describe('what an answer speaks of', () => {
  test('a cancel that found nothing while the code still lives is no fault of anything', () => {
    const early = answer('cancel', 'retry', { code: 'PJ_PLATFORM_EARLY', words: 'asked again for 70 s more' });
    const found = { ...BOOT, found: [{ saleId: SALE, finding: 'ask' }] } as const;
    const told = [INTENT, found, answer('query', 'not-found'), cancel('no-answer'), early, CLOSED];
    expect(causes(told)).toEqual(['terminal.power-cut']);
  });

  test('a cancel that is refused since the merchant has no money is not the customer’s', () => {
    const refused = answer('cancel', 'refused', {
      code: 'ACQ.SELLER_BALANCE_NOT_ENOUGH',
      words: '商户的支付宝账户中无足够的资金',
    });
    const told = [
      INTENT,
      answer('authorize', 'unknown', { code: 'ACQ.SYSTEM_ERROR' }),
      cancel('no-answer'),
      refused,
      CLOSED,
    ];
    expect(causes(told)).toEqual(['platform.maintenance', 'platform.refused']);
  });

  test('a platform that waits for the buyer, and then knows no such order, contradicts itself', () => {
    const waits = answer('authorize', 'waiting', { code: '10003' });
    const told = [INTENT, waits, answer('query', 'not-found'), cancel('no-answer'), payment('reversed', 'cancel')];
    expect(causes(told)).toEqual(['platform.sync']);
    expect(findCauses(pageOf(told)).main?.confidence).toBe('certain');
  });
});

test('the sales of these tests begin at a time of their own', () => {
  expect(Date.parse(pageOf([[5_000, INTENT]]).records[1]?.at ?? '')).toBe(START_MS + 5_000);
});
