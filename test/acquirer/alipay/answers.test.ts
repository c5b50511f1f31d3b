import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { authorizeAnswer, cancelAnswer, queryAnswer } from '../../../src/acquirer/alipay/answers.js';
import { FINAL_PAY_REFUSALS } from '../../../src/acquirer/alipay/refusals.js';

const REQUEST = { orderNo: 'A1', amountFen: 1280, code: '281234567890123456', subject: '拿铁', terminalId: 'T1' };
const PAID = {
  code: '10000',
  msg: 'Success',
  buyer_logon_id: '159****0042',
  gmt_payment: '2026-01-01 08:00:00',
  out_trade_no: 'A1',
  receipt_amount: '12.80',
  total_amount: '12.80',
  trade_no: '2026010122001400000000000001',
};
const without = (answer: object, field: string) =>
  Object.fromEntries(Object.entries(answer).filter(([name]) => name !== field));
const failed = (sub_code: string, more: object = {}) => ({
  code: '40004',
  msg: 'Business Failed',
  sub_code,
  sub_msg: '…',
  ...more,
});

describe('alipay.trade.pay', () => {
  test('10000 with order, trade number and amount is paid', () => {
    expect(authorizeAnswer(PAID, REQUEST)).toEqual({
      outcome: 'paid',
      tradeNo: '2026010122001400000000000001',
      amountFen: 1280,
      buyer: '159****0042',
      paidAtMs: Date.UTC(2026, 0, 1),
    });
    expect(
      authorizeAnswer({ ...PAID, total_amount: '12.8', buyer_logon_id: undefined, gmt_payment: 'today' }, REQUEST),
    ).toEqual({
      outcome: 'paid',
      tradeNo: '2026010122001400000000000001',
      amountFen: 1280,
    });
  });

  test.each([
    ['of another order', { ...PAID, out_trade_no: 'A2' }, 'the order "A2"'],
    ['of no order', without(PAID, 'out_trade_no'), 'which order'],
    ['of another amount', { ...PAID, total_amount: '1.28' }, '128 fen, and 1280 fen were asked for'],
    ['of no amount', without(PAID, 'total_amount'), 'how much'],
    ['of a strange amount', { ...PAID, total_amount: '12.80 CNY' }, 'how much'],
    ['without a trade number', without(PAID, 'trade_no'), 'trade_no'],
  ])('10000 %s is unknown', (_what, answer, words) => {
    expect(authorizeAnswer(answer, REQUEST)).toEqual({
      outcome: 'unknown',
      code: 'PJ_PLATFORM_ANSWER',
      words: expect.stringContaining(words),
    });
  });

  test('10003 is waiting', () => {
    const answer = { code: '10003', msg: ' order success pay inprocess', out_trade_no: 'A1' };
    expect(authorizeAnswer(answer, REQUEST)).toEqual({
      outcome: 'waiting',
      code: '10003',
      words: ' order success pay inprocess',
    });
    expect(authorizeAnswer({ ...answer, out_trade_no: 'A2' }, REQUEST).outcome).toBe('unknown');
  });

  test.each([
    'ACQ.PAYMENT_AUTH_CODE_INVALID',
    'ACQ.BUYER_BALANCE_NOT_ENOUGH',
    'ACQ.TRADE_HAS_CLOSE',
    'ACQ.INVALID_PARAMETER',
  ])('40004 %s is refused, with the platform’s words', (code) => {
    expect(authorizeAnswer(failed(code), REQUEST)).toEqual({ outcome: 'refused', code, words: '…' });
    expect(authorizeAnswer(failed(code, { out_trade_no: 'A2' }), REQUEST).outcome).toBe('unknown');
  });

  test.each([
    'ACQ.SYSTEM_ERROR',
    'AQC.SYSTEM_ERROR',
    'ACQ.TRADE_HAS_SUCCESS',
    'ACQ.CONTEXT_INCONSISTENT',
    'ACQ.TRADE_BUYER_NOT_MATCH',
    'ACQ.PULL_MOBILE_CASHIER_FAIL',
    'ACQ.SOMETHING_NEW',
    'acq.payment_auth_code_invalid',
  ])('40004 %s is unknown: the order may have been paid', (code) => {
    expect(authorizeAnswer(failed(code), REQUEST)).toEqual({ outcome: 'unknown', code, words: '…' });
  });

  test.each([
    ['40001', 'isv.missing-signature'],
    ['40002', 'isv.invalid-signature'],
    ['40003', 'isv.missing-signature-config'],
    ['40006', 'isv.insufficient-isv-permissions'],
  ])('%s %s is refused: the gateway turned it away', (code, sub_code) => {
    expect(authorizeAnswer({ code, msg: 'm', sub_code, sub_msg: 's' }, REQUEST)).toEqual({
      outcome: 'refused',
      code: sub_code,
      words: 's',
    });
  });

  test.each([
    { code: '20000', msg: 'Service Currently Unavailable', sub_code: 'isp.unknow-error' },
    // One too many, and perhaps the repeat of one that was booked.
    { code: '40005', msg: 'Call Limited', sub_code: 'isv.app-call-limited' },
    { code: '20001', msg: 'Insufficient Token Permissions', sub_code: 'aop.invalid-auth-token' },
    { code: '40002', msg: 'Invalid Arguments' },
    { code: '40002', msg: 'Invalid Arguments', sub_code: 'isp.unknow-error' },
    { code: '40004', msg: 'Business Failed' },
    { code: 10000, msg: 'Success' },
    { code: '99999', msg: 'What?' },
    { sub_code: 'ACQ.BUYER_BALANCE_NOT_ENOUGH' },
    {},
    [],
  ])('%j is unknown', (answer) => {
    expect(authorizeAnswer(answer, REQUEST).outcome).toBe('unknown');
  });

  test('a refusal of a request that was sent twice says nothing of its first sending', () => {
    const code = 'ACQ.PAYMENT_AUTH_CODE_INVALID';
    expect(authorizeAnswer(failed(code), REQUEST, true)).toEqual({ outcome: 'unknown', code, words: '…' });
  });

  test('whatever comes, it is paid or refused only by the book', () => {
    const field = fc.oneof(fc.constantFrom(...Object.values(PAID), '40004', '40002', '10003'), fc.anything());
    const names = [...Object.keys(PAID), 'sub_code', 'sub_msg', '__proto__', 'constructor'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), field), (answer) => {
        const { outcome } = authorizeAnswer(answer, REQUEST);
        if (outcome === 'paid')
          expect(answer).toMatchObject({ code: '10000', out_trade_no: 'A1', total_amount: '12.80' });
        if (outcome === 'refused') {
          expect(FINAL_PAY_REFUSALS.has(String(answer.sub_code)) || String(answer.sub_code).startsWith('isv.')).toBe(
            true,
          );
        }
        queryAnswer(answer, 'A1');
        cancelAnswer(answer, 'A1');
      }),
    );
  });
});

describe('alipay.trade.query', () => {
  const answer = { ...PAID, send_pay_date: '2026-01-01 08:00:01', trade_status: 'TRADE_SUCCESS' };

  test.each(['TRADE_SUCCESS', 'TRADE_FINISHED'])('%s is paid, and says how much', (trade_status) => {
    expect(queryAnswer({ ...answer, trade_status }, 'A1')).toEqual({
      outcome: 'paid',
      tradeNo: '2026010122001400000000000001',
      amountFen: 1280,
      buyer: '159****0042',
      paidAtMs: Date.UTC(2026, 0, 1) + 1_000,
    });
  });

  test('WAIT_BUYER_PAY is waiting, TRADE_CLOSED is closed', () => {
    expect(queryAnswer({ ...answer, trade_status: 'WAIT_BUYER_PAY' }, 'A1')).toMatchObject({
      outcome: 'waiting',
      code: 'WAIT_BUYER_PAY',
    });
    expect(queryAnswer({ ...answer, trade_status: 'TRADE_CLOSED' }, 'A1')).toMatchObject({
      outcome: 'closed',
      code: 'TRADE_CLOSED',
    });
  });

  test('ACQ.TRADE_NOT_EXIST is not found', () => {
    expect(queryAnswer(failed('ACQ.TRADE_NOT_EXIST', { out_trade_no: 'A1' }), 'A1')).toMatchObject({
      outcome: 'not-found',
    });
  });

  test.each([
    ['about another order', { ...answer, out_trade_no: 'A2' }],
    ['about another order that does not exist', failed('ACQ.TRADE_NOT_EXIST', { out_trade_no: 'A2' })],
    ['about no order', without(answer, 'out_trade_no')],
    ['about no order, closed', { ...without(answer, 'out_trade_no'), trade_status: 'TRADE_CLOSED' }],
    ['in a new state', { ...answer, trade_status: 'TRADE_ON_THE_MOON' }],
    ['in no state', without(answer, 'trade_status')],
    ['without an amount', without(answer, 'total_amount')],
    ['that fails', failed('ACQ.SYSTEM_ERROR')],
    ['that was turned away', { code: '40002', sub_code: 'isv.invalid-signature' }],
    ['that is empty', {}],
  ])('an answer %s is unknown', (_what, said) => {
    expect(queryAnswer(said, 'A1').outcome).toBe('unknown');
  });
});

describe('alipay.trade.cancel', () => {
  const answer = { code: '10000', msg: 'Success', out_trade_no: 'A1', retry_flag: 'N' };

  test.each(['close', 'refund'] as const)('with action %s is done', (action) => {
    expect(cancelAnswer({ ...answer, action }, 'A1')).toEqual({ outcome: 'cancelled', action });
  });

  test('without an action is done: there was nothing', () => {
    expect(cancelAnswer(answer, 'A1')).toEqual({ outcome: 'cancelled', action: 'none' });
  });

  test('with retry_flag Y is to be called again, whatever else it says', () => {
    expect(cancelAnswer({ ...answer, retry_flag: 'Y' }, 'A1').outcome).toBe('retry');
    expect(cancelAnswer(failed('ACQ.SYSTEM_ERROR', { retry_flag: 'Y' }), 'A1')).toMatchObject({
      outcome: 'retry',
      code: 'ACQ.SYSTEM_ERROR',
    });
  });

  test.each(['ACQ.TRADE_CANCEL_TIME_OUT', 'ACQ.SELLER_BALANCE_NOT_ENOUGH', 'ACQ.REASON_TRADE_BEEN_FREEZEN'])(
    'with %s is refused: a person has to look',
    (code) => expect(cancelAnswer(failed(code, { retry_flag: 'N' }), 'A1')).toMatchObject({ outcome: 'refused', code }),
  );

  test.each([
    ['about another order', { ...answer, out_trade_no: 'A2' }],
    ['about no order', without(answer, 'out_trade_no')],
    ['with a new action', { ...answer, action: 'freeze' }],
    ['that fails without saying more', failed('ACQ.SYSTEM_ERROR')],
    ['that was turned away', { code: '40002', sub_code: 'isv.invalid-signature' }],
    ['that is empty', {}],
  ])('an answer %s is unknown', (_what, said) => {
    expect(cancelAnswer(said, 'A1').outcome).toBe('unknown');
  });
});
