import { describe, expect, test } from 'vitest';
import { createAlipayAcquirer } from '../../../src/acquirer/alipay/acquirer.js';
import { NoticeDoor } from '../../../src/acquirer/alipay/notice-door.js';
import { readNotice } from '../../../src/acquirer/alipay/notices.js';
import type { PaymentNotice } from '../../../src/ports/acquirer.js';

const FORM = {
  app_id: '2021000000000001',
  buyer_logon_id: '159****0042',
  gmt_payment: '2026-01-01 08:00:05',
  notify_id: 'n1',
  out_trade_no: 'A1',
  total_amount: '12.80',
  trade_no: '2026010122001',
  trade_status: 'TRADE_SUCCESS',
  sign: 'good',
};

describe('a notice says', () => {
  test('that a sale is paid, with all that is known of it', () => {
    expect(readNotice(FORM)).toEqual({
      id: 'n1',
      orderNo: 'A1',
      outcome: 'paid',
      tradeNo: '2026010122001',
      amountFen: 1_280,
      buyer: '159****0042',
      paidAtMs: Date.UTC(2026, 0, 1, 0, 0, 5),
    });
  });

  test('that it is closed, and whether the money went back', () => {
    expect(readNotice({ ...FORM, trade_status: 'TRADE_CLOSED' })).toMatchObject({
      outcome: 'closed',
      code: 'TRADE_CLOSED',
    });
    expect(readNotice({ ...FORM, trade_status: 'TRADE_CLOSED', gmt_refund: '2026-01-01 09:00:00' })).toMatchObject({
      outcome: 'closed',
      refunded: true,
    });
  });

  test.each([
    ['a state that is no payment', { trade_status: 'WAIT_BUYER_PAY' }],
    ['no state', { trade_status: '' }],
    ['no amount', { total_amount: '' }],
    ['an amount that is none', { total_amount: '12.8.0' }],
    ['no trade number', { trade_no: '' }],
    ['paid, and a part went back', { gmt_refund: '2026-01-01 09:00:00' }],
  ])('nothing that is certain: %s', (_, changes) => {
    expect(readNotice({ ...FORM, ...changes })).toMatchObject({ outcome: 'unknown', code: 'PJ_PLATFORM_ANSWER' });
  });

  test.each([['out_trade_no'], ['notify_id']])('nothing at all without %s', (name) => {
    expect(readNotice({ ...FORM, [name]: '' })).toBeUndefined();
  });
});

describe('the door for notices', () => {
  const door = () => new NoticeDoor((form) => form.sign === 'good', FORM.app_id);

  test('lets in what is signed; the acquirer tells the terminal of the latest boot, which says when it is taken', () => {
    const open = door();
    const acquirer = createAlipayAcquirer({ transport: { exchange: () => {} }, notices: open });
    const heard: PaymentNotice[] = [];
    acquirer.watch?.(() => expect.unreachable('the terminal of before is dead'));
    acquirer.watch?.((notice, taken) => {
      heard.push(notice);
      taken();
    });
    let taken = 0;
    open.receive(FORM, () => taken++);
    expect(heard).toMatchObject([{ orderNo: 'A1', outcome: 'paid' }]);
    expect(taken).toBe(1);
  });

  test('takes nothing while nobody listens', () => {
    door().receive(FORM, () => expect.unreachable('nobody has taken it'));
  });

  test.each([
    [{ sign: '' }, 'it is not signed'],
    [{ sign: 'bad' }, 'its signature does not match'],
    [{ app_id: '2021000000000002' }, 'it is for the app "2021000000000002"'],
  ])('refuses %j', (changes, problem) => {
    const open = door();
    open.watch(() => expect.unreachable('nobody is told'));
    expect(() => open.receive({ ...FORM, ...changes }, () => {})).toThrow(
      expect.objectContaining({ code: 'PJ_NOTICE', message: expect.stringContaining(problem) }),
    );
  });

  test('is not there for a platform that sends no notices', () => {
    expect(createAlipayAcquirer({ transport: { exchange: () => {} } }).watch).toBeUndefined();
  });
});
