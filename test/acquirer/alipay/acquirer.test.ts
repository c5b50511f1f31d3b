import { describe, expect, test } from 'vitest';
import { createAlipayAcquirer } from '../../../src/acquirer/alipay/acquirer.js';
import type { AlipayTransport, ExchangeResult } from '../../../src/acquirer/alipay/transport.js';
import { createEmulatedPlatform } from '../../../src/emulator/platform/platform.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';

const REQUEST = { orderNo: 'A1', amountFen: 1280, code: '281234567890123456', subject: '拿铁', terminalId: 'T1' };

/** Remembers what was asked, and answers when told. */
function tape() {
  const asked: { method: string; bizContent: object; done: (result: ExchangeResult) => void }[] = [];
  const transport: AlipayTransport = {
    exchange: (method, bizContent, done) => void asked.push({ method, bizContent, done }),
  };
  return { asked, acquirer: createAlipayAcquirer({ transport }) };
}

describe('the requests', () => {
  test('say what the vendor’s reference wants', () => {
    const { asked, acquirer } = tape();
    acquirer.authorize(REQUEST, () => {});
    acquirer.query('A1', () => {});
    acquirer.cancel('A1', () => {});
    expect(asked.map(({ method, bizContent }) => [method, bizContent])).toEqual([
      [
        'alipay.trade.pay',
        {
          out_trade_no: 'A1',
          scene: 'bar_code',
          auth_code: '281234567890123456',
          subject: '拿铁',
          total_amount: '12.80',
          terminal_id: 'T1',
          timeout_express: '2m',
        },
      ],
      ['alipay.trade.query', { out_trade_no: 'A1' }],
      ['alipay.trade.cancel', { out_trade_no: 'A1' }],
    ]);
  });

  test.each([
    [1, '0.01'],
    [10, '0.10'],
    [100, '1.00'],
    [29, '0.29'],
    [5_000_000, '50000.00'],
  ])('%i fen are %s yuan', (amountFen, total_amount) => {
    const { asked, acquirer } = tape();
    acquirer.authorize({ ...REQUEST, amountFen }, () => {});
    expect(asked[0]?.bizContent).toMatchObject({ total_amount });
  });
});

test('without an answer every outcome is unknown, with the reason', () => {
  const { asked, acquirer } = tape();
  const heard: unknown[] = [];
  acquirer.authorize(REQUEST, (answer) => heard.push(answer));
  acquirer.query('A1', (answer) => heard.push(answer));
  acquirer.cancel('A1', (answer) => heard.push(answer));
  for (const { done } of asked) done({ failure: { code: 'PJ_PLATFORM_TIMEOUT', words: 'too late' } });
  expect(heard).toEqual(Array(3).fill({ outcome: 'unknown', code: 'PJ_PLATFORM_TIMEOUT', words: 'too late' }));
});

describe('an emulated platform, from memory', () => {
  const world = () => {
    const clock = new VirtualClock();
    const platform = createEmulatedPlatform({ clock, random: seededRandom(1) });
    const acquirer = createAlipayAcquirer({ transport: platform });
    const hear = <Answer>(ask: (done: (answer: Answer) => void) => void): Answer => {
      const heard: Answer[] = [];
      ask((answer) => heard.push(answer));
      clock.runUntil(() => heard.length > 0);
      const [answer] = heard;
      if (answer === undefined) throw new Error('no answer');
      return answer;
    };
    return {
      clock,
      platform,
      authorize: (code: string, orderNo = 'A1') =>
        hear((done) => acquirer.authorize({ ...REQUEST, orderNo, code }, done)),
      query: (orderNo = 'A1') => hear((done) => acquirer.query(orderNo, done)),
      cancel: (orderNo = 'A1') => hear((done) => acquirer.cancel(orderNo, done)),
    };
  };

  test('a customer who pays', () => {
    const { clock, platform, authorize, query, cancel } = world();
    const paid = authorize(platform.issueCode({ behaviour: 'pays' }));
    expect(paid).toMatchObject({ outcome: 'paid', amountFen: 1280, paidAtMs: clock.now() });
    expect(query()).toEqual(paid);
    expect(cancel()).toEqual({ outcome: 'cancelled', action: 'refund' });
    expect(query()).toMatchObject({ outcome: 'closed' });
  });

  test('a customer who confirms', () => {
    const { clock, platform, authorize, query } = world();
    expect(authorize(platform.issueCode({ behaviour: 'confirms' }))).toMatchObject({ outcome: 'waiting' });
    expect(query()).toMatchObject({ outcome: 'waiting' });
    clock.advance(3_000);
    expect(query()).toMatchObject({ outcome: 'paid' });
  });

  test('a customer who walks away, one without money, and a used code', () => {
    const { platform, authorize, cancel, query } = world();
    authorize(platform.issueCode({ behaviour: 'never' }));
    expect(cancel()).toEqual({ outcome: 'cancelled', action: 'close' });
    const code = platform.issueCode({ behaviour: 'no-money' });
    expect(authorize(code, 'A2')).toMatchObject({ outcome: 'refused', code: 'ACQ.BUYER_BALANCE_NOT_ENOUGH' });
    expect(authorize(code, 'A3')).toMatchObject({ outcome: 'refused', code: 'ACQ.PAYMENT_AUTH_CODE_INVALID' });
    expect(query('A3')).toMatchObject({ outcome: 'not-found' });
    expect(cancel('A3')).toEqual({ outcome: 'cancelled', action: 'none' });
  });
});
