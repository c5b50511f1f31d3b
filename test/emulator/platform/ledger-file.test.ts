import { describe, expect, test } from 'vitest';
import { PaperjamError } from '../../../src/base/errors.js';
import { Flash } from '../../../src/ground/flash.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { killablePlatform, payment, platformWorld, revived } from './support.js';

const text = (flash: Flash) => new TextDecoder().decode(flash.read());
const books = (lines: string, clock = new VirtualClock()) =>
  new Flash(clock, { content: new TextEncoder().encode(lines) });

describe('a killed platform', () => {
  test('that had booked and not answered comes back with the payment, and repeats it for the same request', () => {
    const first = killablePlatform();
    const code = first.platform.issueCode({ behaviour: 'pays' });
    const heard = first.send('alipay.trade.pay', payment('A1', code));
    first.flash.cut('all');
    const second = revived(first);
    expect(heard).toEqual([]);
    expect(second.query('A1')).toMatchObject({ trade_status: 'TRADE_SUCCESS', total_amount: '12.80' });
    expect(second.pay('A1', code)).toMatchObject({ code: '10000', out_trade_no: 'A1' });
    expect(second.platform.ledger.trades()).toHaveLength(1);
  });

  test('that lost what was not durable has told nobody of it', () => {
    const first = killablePlatform();
    const code = first.platform.issueCode({ behaviour: 'pays' });
    first.clock.advance(1);
    const heard = first.send('alipay.trade.pay', payment('A1', code));
    first.flash.cut('nothing');
    const second = revived(first);
    expect(heard).toEqual([]);
    expect(second.query('A1')).toMatchObject({ sub_code: 'ACQ.TRADE_NOT_EXIST' });
    expect(second.pay('A1', code)).toMatchObject({ code: '10000' });
  });

  test('answers nothing that is not durable', () => {
    const clock = new VirtualClock();
    const flash = new Flash(clock, { syncMs: 40 });
    const { platform, send } = platformWorld({}, flash, clock);
    const heard = send('alipay.trade.pay', payment('A1', platform.issueCode({ behaviour: 'pays' })));
    while (heard.length === 0) {
      expect(text(flash).includes('A1') && flash.syncedLength === flash.length).toBe(false);
      clock.step();
    }
    expect(flash.syncedLength).toBe(flash.length);
  });

  test('lets the customer who was asked confirm, and unpaid trades close', () => {
    const first = killablePlatform();
    first.pay('A1', first.platform.issueCode({ behaviour: 'confirms', afterMs: 5_000 }));
    first.pay('A2', first.platform.issueCode({ behaviour: 'never' }));
    first.pay('A3', first.platform.issueCode({ behaviour: 'refuses', afterMs: 5_000 }));
    first.clock.advance(1_000);
    const second = revived(first);
    second.clock.advance(3_900);
    expect(second.query('A1')).toMatchObject({ trade_status: 'WAIT_BUYER_PAY' });
    second.clock.advance(100);
    expect(second.query('A1')).toMatchObject({ trade_status: 'TRADE_SUCCESS' });
    expect(second.query('A3')).toMatchObject({ trade_status: 'TRADE_CLOSED' });
    second.clock.advance(120_000);
    expect(second.query('A2')).toMatchObject({ trade_status: 'TRADE_CLOSED' });
  });

  test('that was down while the customer decided settles it when it is back', () => {
    const first = killablePlatform();
    first.pay('A1', first.platform.issueCode({ behaviour: 'confirms' }));
    first.platform.close();
    first.clock.advance(600_000);
    const second = revived(first);
    second.clock.advance(1);
    expect(second.query('A1')).toMatchObject({ trade_status: 'TRADE_SUCCESS' });
  });

  test('knows used codes, shown codes, refunds and voided orders', () => {
    const first = killablePlatform({ strictCodes: true });
    const used = first.platform.issueCode({ behaviour: 'pays' });
    const shown = first.platform.issueCode({ behaviour: 'no-money' });
    first.pay('A1', used);
    first.refund('A1', '2.80', 'R1');
    first.cancel('A2');
    const before = first.platform.ledger.trades();
    const second = revived(first, { strictCodes: true });
    expect(second.platform.ledger.trades()).toEqual(before);
    expect(second.pay('A3', used)).toMatchObject({ sub_code: 'ACQ.PAYMENT_AUTH_CODE_INVALID' });
    expect(second.pay('A3', shown)).toMatchObject({ sub_code: 'ACQ.BUYER_BALANCE_NOT_ENOUGH' });
    expect(second.refund('A1', '2.80', 'R1')).toMatchObject({ fund_change: 'N' });
    expect(second.pay('A2', second.platform.issueCode({ behaviour: 'pays' }))).toMatchObject({
      sub_code: 'ACQ.TRADE_HAS_CLOSE',
    });
  });

  test('with the same seed as before shows new codes and gives new trade numbers', () => {
    const first = killablePlatform();
    const before = [1, 2, 3].map(() => first.platform.issueCode({ behaviour: 'pays' }));
    before.forEach((code, index) => void first.pay(`A${index}`, code));
    const second = revived(first);
    const after = [1, 2, 3].map(() => second.platform.issueCode({ behaviour: 'pays' }));
    after.forEach((code, index) => void second.pay(`B${index}`, code));
    expect(new Set([...before, ...after]).size).toBe(6);
    expect(new Set(second.platform.ledger.trades().map((trade) => trade.tradeNo)).size).toBe(6);
  });
});

describe('the file of the books', () => {
  test('is a line of JSON for each change, that a person can read', () => {
    const { platform, flash, pay, cancel } = killablePlatform();
    const code = platform.issueCode({ behaviour: 'pays' });
    pay('A1', code);
    cancel('A1');
    const lines = text(flash)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { kind: 'code-issued', code, behaviour: 'pays' },
      { kind: 'trade-opened', orderNo: 'A1', amountFen: 1280, paid: true },
      { kind: 'refunded', orderNo: 'A1', amountFen: 1280, by: 'cancel' },
    ]);
  });

  test('with a torn last line is cut back to the last whole one', () => {
    const first = killablePlatform();
    first.pay('A1', first.platform.issueCode({ behaviour: 'pays' }));
    const whole = text(first.flash);
    const flash = books(`${whole}{"kind":"trade-pa`, first.clock);
    const second = platformWorld({}, flash, first.clock);
    expect(text(flash)).toBe(whole);
    expect(second.query('A1')).toMatchObject({ trade_status: 'TRADE_SUCCESS' });
  });

  test.each([
    ['that is no JSON', '{"kind":"order-voided","atMs":1,"orderNo":"A1"}\n{"kind":\n', 2],
    ['of an unknown kind', '{"kind":"gift","atMs":1}\n', 1],
    ['with an unknown field', '{"kind":"order-voided","atMs":1,"orderNo":"A1","by":"me"}\n', 1],
    [
      'with an amount that is no whole number',
      '{"kind":"refunded","atMs":1,"orderNo":"A","requestNo":"R","amountFen":0.5,"by":"refund"}\n',
      1,
    ],
    [
      'that contradicts what went before',
      '{"kind":"order-voided","atMs":1,"orderNo":"A1"}\n{"kind":"trade-paid","atMs":2,"orderNo":"A1"}\n',
      2,
    ],
    [
      'that spends a code twice',
      '{"kind":"code-spent","atMs":1,"code":"28"}\n{"kind":"code-spent","atMs":1,"code":"28"}\n',
      2,
    ],
  ])('with a line %s is refused, and the line is named', (_what, lines, line) => {
    const open = () => platformWorld({}, books(lines));
    expect(open).toThrow(PaperjamError);
    expect(open).toThrow(
      expect.objectContaining({ code: 'PJ_LEDGER_CORRUPT', data: expect.objectContaining({ line }) }),
    );
  });
});

test('a platform whose storage fails says that it is unavailable, and never that somebody has paid', () => {
  const { platform, flash, pay, query } = killablePlatform();
  const code = platform.issueCode({ behaviour: 'pays' });
  flash.failSyncs(1);
  expect(pay('A1', code)).toMatchObject({ code: '20000', sub_code: 'isp.unknow-error' });
  expect(query('A1')).toMatchObject({ code: '20000' });
});
