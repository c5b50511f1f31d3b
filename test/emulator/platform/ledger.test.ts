import { describe, expect, test } from 'vitest';
import { platformWorld } from './support.js';

describe('customers', () => {
  test('who pays at once has paid when the answer comes', () => {
    const { platform, pay } = platformWorld();
    const code = platform.issueCode({ behaviour: 'pays' });
    expect(pay('A1', code)).toMatchObject({ code: '10000', out_trade_no: 'A1', total_amount: '12.80' });
    expect(platform.ledger.trade('A1')).toMatchObject({ state: 'TRADE_SUCCESS', paidFen: 1280, refundedFen: 0 });
  });

  test('who is asked for the password confirms three seconds later, unless told otherwise', () => {
    const { clock, platform, pay, query } = platformWorld();
    expect(pay('A1', platform.issueCode({ behaviour: 'confirms' }))).toMatchObject({ code: '10003' });
    clock.advance(2_900);
    expect(query('A1')).toMatchObject({ trade_status: 'WAIT_BUYER_PAY' });
    clock.advance(100);
    expect(query('A1')).toMatchObject({ trade_status: 'TRADE_SUCCESS', total_amount: '12.80' });

    pay('A2', platform.issueCode({ behaviour: 'confirms', afterMs: 10 }));
    clock.advance(10);
    expect(query('A2')).toMatchObject({ trade_status: 'TRADE_SUCCESS' });
  });

  test('who refuses closes the trade', () => {
    const { clock, platform, pay, query } = platformWorld();
    expect(pay('A1', platform.issueCode({ behaviour: 'refuses', afterMs: 500 }))).toMatchObject({ code: '10003' });
    clock.advance(500);
    expect(query('A1')).toMatchObject({ trade_status: 'TRADE_CLOSED' });
    expect(platform.ledger.trade('A1')).toMatchObject({ paidFen: 0, closedBy: 'customer' });
  });

  test('who has no money leaves no trade, and a used code', () => {
    const { platform, pay, query } = platformWorld();
    const code = platform.issueCode({ behaviour: 'no-money' });
    expect(pay('A1', code)).toMatchObject({ code: '40004', sub_code: 'ACQ.BUYER_BALANCE_NOT_ENOUGH' });
    expect(pay('A2', code)).toMatchObject({ sub_code: 'ACQ.PAYMENT_AUTH_CODE_INVALID' });
    expect(query('A1')).toMatchObject({ sub_code: 'ACQ.TRADE_NOT_EXIST' });
  });

  test('who never answers leaves a trade that closes by itself', () => {
    const { clock, platform, pay, query } = platformWorld();
    pay('A1', platform.issueCode({ behaviour: 'never' }), { timeout_express: '1m' });
    clock.advance(59_000);
    expect(query('A1')).toMatchObject({ trade_status: 'WAIT_BUYER_PAY' });
    clock.advance(1_000);
    expect(query('A1')).toMatchObject({ trade_status: 'TRADE_CLOSED' });
    expect(platform.ledger.trade('A1')).toMatchObject({ closedBy: 'timeout' });
  });

  test('who would confirm after the trade has closed does not pay', () => {
    const { clock, platform, pay, query } = platformWorld();
    pay('A1', platform.issueCode({ behaviour: 'confirms', afterMs: 90_000 }), { timeout_express: '1m' });
    clock.advance(100_000);
    expect(query('A1')).toMatchObject({ trade_status: 'TRADE_CLOSED' });
    expect(platform.ledger.trade('A1')?.paidFen).toBe(0);
  });

  test('are asked above a limit only when the option says so', () => {
    const { clock, platform, pay, query } = platformWorld({ askAboveFen: 100_000 });
    const large = { total_amount: '1000.01' };
    expect(pay('A1', platform.issueCode({ behaviour: 'pays' }), large)).toMatchObject({ code: '10003' });
    clock.advance(3_000);
    expect(query('A1')).toMatchObject({ trade_status: 'TRADE_SUCCESS' });
    expect(pay('A2', platform.issueCode({ behaviour: 'pays' }), { total_amount: '1000.00' }).code).toBe('10000');
    const other = platformWorld();
    expect(other.pay('A1', other.platform.issueCode({ behaviour: 'pays' }), large).code).toBe('10000');
  });
});

describe('payment codes', () => {
  test('have 18 digits, begin with 28, and are all different', () => {
    const { platform } = platformWorld();
    const codes = Array.from({ length: 200 }, () => platform.issueCode({ behaviour: 'pays' }));
    expect(codes.every((code) => /^28\d{16}$/.test(code))).toBe(true);
    expect(new Set(codes).size).toBe(200);
  });

  test('are good for one payment', () => {
    const { platform, pay } = platformWorld();
    const code = platform.issueCode({ behaviour: 'pays' });
    expect(pay('A1', code).code).toBe('10000');
    expect(pay('A2', code)).toMatchObject({ code: '40004', sub_code: 'ACQ.PAYMENT_AUTH_CODE_INVALID' });
    expect(platform.ledger.trade('A2')).toBeUndefined();
  });

  test('live for a minute', () => {
    const { clock, platform, pay } = platformWorld();
    const inTime = platform.issueCode({ behaviour: 'pays' });
    const late = platform.issueCode({ behaviour: 'pays' });
    clock.advance(60_000);
    expect(pay('A1', inTime).code).toBe('10000');
    clock.advance(1);
    expect(pay('A2', late)).toMatchObject({ sub_code: 'ACQ.PAYMENT_AUTH_CODE_INVALID' });
  });

  test('of strangers are taken as just issued, unless codes are strict', () => {
    const stranger = '281234567890123456';
    expect(platformWorld().pay('A1', stranger).code).toBe('10000');
    expect(platformWorld({ strictCodes: true }).pay('A1', stranger)).toMatchObject({
      sub_code: 'ACQ.PAYMENT_AUTH_CODE_INVALID',
    });
  });

  test.each(['', '13456', '101234567890123456', '28123456789012x456', '2812345678901234567890123'])(
    'of a wrong form are refused: %j',
    (code) => {
      expect(platformWorld().pay('A1', code)).toMatchObject({ code: '40004' });
    },
  );

  test('say who pays, masked', () => {
    expect(platformWorld().pay('A1', '281234567890120042')).toMatchObject({
      buyer_logon_id: '151****0042',
      buyer_user_id: '2088567890120042',
    });
  });
});

describe('an order number', () => {
  test('paid for again with the same request gets the same trade', () => {
    const { platform, pay } = platformWorld();
    const code = platform.issueCode({ behaviour: 'pays' });
    expect(pay('A1', code)).toEqual(pay('A1', code));
    expect(platform.ledger.trades()).toHaveLength(1);
  });

  test('is never paid twice: another code is refused', () => {
    const { platform, pay } = platformWorld();
    pay('A1', platform.issueCode({ behaviour: 'pays' }));
    const second = platform.issueCode({ behaviour: 'pays' });
    expect(pay('A1', second)).toMatchObject({ sub_code: 'ACQ.TRADE_HAS_SUCCESS' });
    expect(pay('A2', second).code).toBe('10000');
  });

  test('that one customer was asked about is not taken over by another', () => {
    const { platform, pay } = platformWorld();
    const code = platform.issueCode({ behaviour: 'never' });
    expect(pay('A1', code).code).toBe('10003');
    expect(pay('A1', code).code).toBe('10003');
    expect(pay('A1', platform.issueCode({ behaviour: 'pays' }))).toMatchObject({
      sub_code: 'ACQ.TRADE_BUYER_NOT_MATCH',
    });
    expect(platform.ledger.trade('A1')?.paidFen).toBe(0);
  });

  test('cannot be used again for another amount or subject', () => {
    const { platform, pay } = platformWorld();
    const code = platform.issueCode({ behaviour: 'pays' });
    pay('A1', code);
    expect(pay('A1', code, { total_amount: '12.81' })).toMatchObject({ sub_code: 'ACQ.CONTEXT_INCONSISTENT' });
    expect(pay('A1', code, { subject: '茶' })).toMatchObject({ sub_code: 'ACQ.CONTEXT_INCONSISTENT' });
  });
});

describe('a cancel', () => {
  test('of what was never seen succeeds, and refuses the payment that comes later', () => {
    const { platform, cancel, pay, query } = platformWorld();
    const answer = { code: '10000', msg: 'Success', out_trade_no: 'A1', retry_flag: 'N' };
    expect(cancel('A1')).toEqual(answer);
    expect(cancel('A1')).toEqual(answer);
    expect(pay('A1', platform.issueCode({ behaviour: 'pays' }))).toMatchObject({ sub_code: 'ACQ.TRADE_HAS_CLOSE' });
    expect(query('A1')).toMatchObject({ sub_code: 'ACQ.TRADE_NOT_EXIST' });
    expect(cancel('A1')).toEqual(answer);
  });

  test('of an unpaid trade closes it, and the customer cannot confirm any more', () => {
    const { clock, platform, cancel, pay, query } = platformWorld();
    pay('A1', platform.issueCode({ behaviour: 'confirms' }));
    expect(cancel('A1')).toMatchObject({ code: '10000', action: 'close', retry_flag: 'N' });
    clock.advance(10_000);
    expect(query('A1')).toMatchObject({ trade_status: 'TRADE_CLOSED' });
    expect(cancel('A1')).toMatchObject({ action: 'close' });
    expect(platform.ledger.trade('A1')?.paidFen).toBe(0);
  });

  test('of a paid trade gives the money back, once', () => {
    const { platform, cancel, pay, query } = platformWorld();
    pay('A1', platform.issueCode({ behaviour: 'pays' }));
    expect(cancel('A1')).toMatchObject({ action: 'refund', trade_no: platform.ledger.trade('A1')?.tradeNo });
    expect(cancel('A1')).toMatchObject({ action: 'refund' });
    expect(query('A1')).toMatchObject({ trade_status: 'TRADE_CLOSED' });
    expect(platform.ledger.trade('A1')).toMatchObject({ paidFen: 1280, refundedFen: 1280, closedBy: 'cancel' });
  });

  test('is too late a day after the payment', () => {
    const { clock, platform, cancel, pay } = platformWorld();
    pay('A1', platform.issueCode({ behaviour: 'pays' }));
    clock.advance(86_400_001);
    expect(cancel('A1')).toMatchObject({ code: '40004', sub_code: 'ACQ.TRADE_CANCEL_TIME_OUT', retry_flag: 'N' });
  });

  test('after a refund is refused', () => {
    const { platform, cancel, pay, refund } = platformWorld();
    pay('A1', platform.issueCode({ behaviour: 'pays' }));
    refund('A1', '2.80', 'R1');
    expect(cancel('A1')).toMatchObject({ sub_code: 'ACQ.REASON_TRADE_REFUND_FEE_ERR' });
  });
});

describe('a refund', () => {
  test('gives back in parts, each request number once, never more than was paid', () => {
    const { platform, pay, query, refund } = platformWorld();
    pay('A1', platform.issueCode({ behaviour: 'pays' }));
    expect(refund('A1', '2.80', 'R1')).toMatchObject({ fund_change: 'Y', refund_fee: '2.80', send_back_fee: '2.80' });
    expect(refund('A1', '2.80', 'R1')).toMatchObject({ fund_change: 'N', refund_fee: '2.80', send_back_fee: '0.00' });
    expect(refund('A1', '3.00', 'R1')).toMatchObject({ sub_code: 'ACQ.DISCORDANT_REPEAT_REQUEST' });
    expect(refund('A1', '10.01', 'R2')).toMatchObject({ sub_code: 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL' });
    expect(query('A1')).toMatchObject({ trade_status: 'TRADE_SUCCESS' });
    expect(refund('A1', '10.00', 'R2')).toMatchObject({ fund_change: 'Y', refund_fee: '12.80' });
    expect(query('A1')).toMatchObject({ trade_status: 'TRADE_CLOSED', total_amount: '12.80' });
    expect(refund('A1', '10.00', 'R2')).toMatchObject({ fund_change: 'N' });
    expect(refund('A1', '0.01', 'R3')).toMatchObject({ sub_code: 'ACQ.TRADE_STATUS_ERROR' });
  });

  test('without a request number is of the whole amount', () => {
    const { platform, pay, refund } = platformWorld();
    pay('A1', platform.issueCode({ behaviour: 'pays' }));
    expect(refund('A1', '1.00')).toMatchObject({ sub_code: 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL' });
    expect(refund('A1', '12.80')).toMatchObject({ code: '10000', fund_change: 'Y' });
  });

  test('of what is not paid, or not there, is refused', () => {
    const { platform, pay, refund } = platformWorld();
    pay('A1', platform.issueCode({ behaviour: 'never' }));
    expect(refund('A1', '12.80')).toMatchObject({ sub_code: 'ACQ.TRADE_STATUS_ERROR' });
    expect(refund('A2', '12.80')).toMatchObject({ sub_code: 'ACQ.TRADE_NOT_EXIST' });
    expect(refund('A1', '0.00')).toMatchObject({ sub_code: 'ACQ.INVALID_PARAMETER' });
  });
});
