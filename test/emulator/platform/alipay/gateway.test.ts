import { describe, expect, test } from 'vitest';
import { payment, platformWorld } from '../support.js';

const CODE = '281234567890120042';

describe('alipay.trade.pay', () => {
  test('answers a payment with the fields of the real one', () => {
    expect(platformWorld().pay('A1', CODE)).toEqual({
      code: '10000',
      msg: 'Success',
      buyer_logon_id: '151****0042',
      buyer_pay_amount: '12.80',
      buyer_user_id: '2088567890120042',
      fund_bill_list: [{ amount: '12.80', fund_channel: 'ALIPAYACCOUNT' }],
      gmt_payment: '2026-01-01 08:00:00',
      invoice_amount: '12.80',
      out_trade_no: 'A1',
      point_amount: '0.00',
      receipt_amount: '12.80',
      total_amount: '12.80',
      trade_no: expect.stringMatching(/^20260101\d{20}$/),
    });
  });

  test('answers 10003 while the customer is asked', () => {
    const { platform, pay } = platformWorld();
    expect(pay('A1', platform.issueCode({ behaviour: 'confirms' }))).toEqual({
      code: '10003',
      msg: ' order success pay inprocess',
      buyer_logon_id: expect.stringMatching(/^15\d\*{4}\d{4}$/),
      buyer_pay_amount: '0.00',
      buyer_user_id: expect.stringMatching(/^2088\d{12}$/),
      invoice_amount: '0.00',
      out_trade_no: 'A1',
      point_amount: '0.00',
      receipt_amount: '0.00',
      total_amount: '12.80',
      trade_no: expect.stringMatching(/^\d{28}$/),
    });
  });

  test('answers a used code with the words of the real one', () => {
    const { pay } = platformWorld();
    pay('A1', CODE);
    expect(pay('A2', CODE)).toEqual({
      code: '40004',
      msg: 'Business Failed',
      sub_code: 'ACQ.PAYMENT_AUTH_CODE_INVALID',
      sub_msg: expect.stringContaining('请顾客刷新付款码后重新收款'),
      buyer_pay_amount: '0.00',
      invoice_amount: '0.00',
      out_trade_no: 'A2',
      point_amount: '0.00',
      receipt_amount: '0.00',
    });
  });

  test.each([
    [{ out_trade_no: undefined }, '参数无效：out_trade_no 不能为空'],
    [{ out_trade_no: 'A 1' }, '参数无效：out_trade_no 格式错误'],
    [{ out_trade_no: 'A'.repeat(65) }, '参数无效：out_trade_no 格式错误'],
    [{ subject: undefined }, '参数无效：subject 不能为空'],
    [{ subject: '' }, '参数无效：subject 格式错误'],
    [{ total_amount: undefined }, '参数无效：total_amount 不能为空'],
    [{ total_amount: '12.805' }, '参数无效：total_amount 格式错误'],
    [{ total_amount: '-1' }, '参数无效：total_amount 格式错误'],
    [{ total_amount: 'twelve' }, '参数无效：total_amount 格式错误'],
    [{ total_amount: 1e21 }, '参数无效：total_amount 格式错误'],
    [{ scene: 'wave_code' }, '参数无效：scene 格式错误'],
    [{ timeout_express: '1.5h' }, '参数无效：timeout_express 格式错误'],
    [{ timeout_express: '0m' }, '参数无效：timeout_express 格式错误'],
    [{ timeout_express: '16d' }, '参数无效：timeout_express 格式错误'],
  ])('refuses %j, and the code stays good', (more, subMsg) => {
    const { pay, platform } = platformWorld();
    expect(pay('A1', CODE, more)).toMatchObject({ code: '40004', sub_code: 'ACQ.INVALID_PARAMETER', sub_msg: subMsg });
    expect(platform.ledger.trades()).toEqual([]);
    expect(pay('A2', CODE).code).toBe('10000');
  });

  test('refuses a missing code and an amount out of bounds by their own names', () => {
    const { pay } = platformWorld();
    expect(pay('A1', '')).toMatchObject({ sub_code: 'ACQ.AUTH_TOKEN_IS_NOT_EXIST' });
    expect(pay('A1', CODE, { total_amount: '0.00' })).toMatchObject({ sub_code: 'ACQ.TOTAL_FEE_EXCEED' });
    expect(pay('A1', CODE, { total_amount: '100000000.01' })).toMatchObject({ sub_code: 'ACQ.TOTAL_FEE_EXCEED' });
    expect(pay('A1', CODE, { total_amount: 100000000 })).toMatchObject({ code: '10000', total_amount: '100000000.00' });
  });

  test.each([
    ['5m', 5 * 60_000],
    ['2h', 2 * 3_600_000],
    ['1d', 86_400_000],
    ['1c', 16 * 3_600_000], // From 08:00 in Beijing to midnight there.
    [undefined, 3 * 3_600_000],
  ])('closes an unpaid trade by timeout_express %s', (timeout_express, ms) => {
    const { clock, platform, pay, query } = platformWorld();
    pay('A1', platform.issueCode({ behaviour: 'never' }), { timeout_express });
    clock.advance(ms - 1);
    expect(query('A1')).toMatchObject({ trade_status: 'WAIT_BUYER_PAY' });
    clock.advance(1);
    expect(query('A1')).toMatchObject({ trade_status: 'TRADE_CLOSED' });
  });
});

describe('alipay.trade.query', () => {
  test('answers a paid trade with the fields of the real one', () => {
    const { ask, pay } = platformWorld();
    const { trade_no } = pay('A1', CODE);
    const answer = {
      code: '10000',
      msg: 'Success',
      buyer_logon_id: '151****0042',
      buyer_pay_amount: '12.80',
      buyer_user_id: '2088567890120042',
      fund_bill_list: [{ amount: '12.80', fund_channel: 'ALIPAYACCOUNT' }],
      invoice_amount: '12.80',
      out_trade_no: 'A1',
      point_amount: '0.00',
      receipt_amount: '12.80',
      send_pay_date: '2026-01-01 08:00:00',
      total_amount: '12.80',
      trade_no,
      trade_status: 'TRADE_SUCCESS',
    };
    expect(ask('alipay.trade.query', { out_trade_no: 'A1' })).toEqual(answer);
    expect(ask('alipay.trade.query', { trade_no })).toEqual(answer);
    expect(ask('alipay.trade.query', { trade_no: '1', out_trade_no: 'A1' })).toMatchObject({
      sub_code: 'ACQ.TRADE_NOT_EXIST',
    });
  });

  test('answers an order that was never seen', () => {
    expect(platformWorld().query('A1')).toEqual({
      code: '40004',
      msg: 'Business Failed',
      sub_code: 'ACQ.TRADE_NOT_EXIST',
      sub_msg: '交易不存在',
      buyer_pay_amount: '0.00',
      invoice_amount: '0.00',
      out_trade_no: 'A1',
      point_amount: '0.00',
      receipt_amount: '0.00',
    });
  });
});

describe('alipay.trade.cancel', () => {
  test('by a trade number that does not exist is an error, by an order number it is a success', () => {
    const { ask } = platformWorld();
    expect(ask('alipay.trade.cancel', { trade_no: '1' })).toMatchObject({ sub_code: 'ACQ.TRADE_NOT_EXIST' });
    expect(ask('alipay.trade.cancel', { out_trade_no: 'A1' })).toMatchObject({ code: '10000', retry_flag: 'N' });
  });
});

describe('alipay.trade.refund', () => {
  test('answers with the fields of the real one', () => {
    const { pay, refund } = platformWorld();
    const { trade_no } = pay('A1', CODE);
    expect(refund('A1', '2.80', 'R1')).toEqual({
      code: '10000',
      msg: 'Success',
      buyer_logon_id: '151****0042',
      buyer_user_id: '2088567890120042',
      fund_change: 'Y',
      gmt_refund_pay: '2026-01-01 08:00:00',
      out_trade_no: 'A1',
      refund_fee: '2.80',
      send_back_fee: '2.80',
      trade_no,
    });
  });
});

describe('any method', () => {
  test.each(['alipay.trade.query', 'alipay.trade.cancel', 'alipay.trade.refund'])('%s wants an order', (method) => {
    expect(platformWorld().ask(method, { refund_amount: '1.00' })).toMatchObject({
      sub_code: 'ACQ.INVALID_PARAMETER',
      sub_msg: '参数无效：out_trade_no 和 trade_no 不能同时为空',
    });
  });

  test.each([[[]], [['A1']]])('refuses a biz_content that is no object: %j', (bizContent) => {
    expect(platformWorld().ask('alipay.trade.pay', bizContent)).toMatchObject({ sub_code: 'ACQ.INVALID_PARAMETER' });
  });

  test('that does not exist is refused at the door', () => {
    expect(platformWorld().ask('alipay.trade.gift', payment('A1', CODE))).toEqual({
      code: '40002',
      msg: 'Invalid Arguments',
      sub_code: 'isv.invalid-method',
      sub_msg: '不存在的方法名',
    });
  });
});
