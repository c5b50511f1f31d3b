import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { payment, platformWorld } from './support.js';

describe('an answer', () => {
  test('never comes from inside the call', () => {
    const { clock, platform, send } = platformWorld();
    const heard = send('alipay.trade.pay', payment('A1', platform.issueCode({ behaviour: 'pays' })));
    expect(heard).toEqual([]);
    clock.advance(0);
    expect(heard).toHaveLength(1);
  });

  test('that is lost was booked all the same', () => {
    const { clock, platform, send, query } = platformWorld();
    const undo = platform.site.onAnswer(({ method }) => (method === 'alipay.trade.pay' ? 'lose' : 'deliver'));
    const heard = send('alipay.trade.pay', payment('A1', platform.issueCode({ behaviour: 'pays' })));
    clock.advance(86_400_000);
    expect(heard).toEqual([]);
    expect(query('A1')).toMatchObject({ trade_status: 'TRADE_SUCCESS' });
    undo();
    undo();
    expect(platformWorld().pay('A2', '281234567890123456').code).toBe('10000');
  });

  test('that is delayed comes later, and says what was true when it was made', () => {
    const { clock, platform, send, query } = platformWorld();
    const undo = platform.site.onAnswer(({ orderNo }) => (orderNo === 'A1' ? { delayMs: 9_000 } : 'deliver'));
    const heard = send('alipay.trade.pay', payment('A1', platform.issueCode({ behaviour: 'confirms' })));
    clock.advance(8_999);
    expect(heard).toEqual([]);
    clock.advance(1);
    expect(heard).toMatchObject([{ code: '10003' }]);
    undo();
    expect(query('A1')).toMatchObject({ trade_status: 'TRADE_SUCCESS' });
  });

  test('has the fate of the last rule that does not let it pass; each rule is asked about each answer', () => {
    const { clock, platform, send } = platformWorld();
    let asked = 0;
    platform.site.onAnswer(() => 'lose');
    platform.site.onAnswer(() => ({ delayMs: 5 }));
    platform.site.onAnswer(() => {
      asked++;
      return 'deliver';
    });
    const heard = send('alipay.trade.query', { out_trade_no: 'A1' });
    clock.advance(5);
    expect(heard).toHaveLength(1);
    expect(asked).toBe(1);
  });

  test('does not come any more from a platform that was closed', () => {
    const { clock, platform, send } = platformWorld();
    platform.site.onAnswer(() => ({ delayMs: 5 }));
    const heard = send('alipay.trade.query', { out_trade_no: 'A1' });
    send('alipay.trade.pay', payment('A2', platform.issueCode({ behaviour: 'confirms' })));
    clock.advance(1);
    platform.close();
    expect(clock.pending).toBe(0);
    expect(heard).toEqual([]);
  });
});

describe('the log', () => {
  test('has each request, its answer and its fate', () => {
    const { clock, platform, send, pay } = platformWorld();
    const code = platform.issueCode({ behaviour: 'pays' });
    const request = payment('A1', code);
    const response = pay('A1', code);
    platform.site.onAnswer(() => 'lose');
    send('alipay.trade.query', { out_trade_no: 'A1' });
    clock.advance(0);
    expect(platform.log).toEqual([
      {
        sequence: 1,
        atMs: expect.any(Number),
        method: 'alipay.trade.pay',
        orderNo: 'A1',
        request,
        response,
        fate: 'deliver',
      },
      expect.objectContaining({ sequence: 2, method: 'alipay.trade.query', orderNo: 'A1', fate: 'lose' }),
    ]);
  });

  test('keeps the latest exchanges, and does not grow without end', () => {
    const { platform, query } = platformWorld({ logEntries: 10 });
    for (let i = 0; i < 95; i++) query(`A${i}`);
    expect(platform.log.length).toBeGreaterThanOrEqual(10);
    expect(platform.log.length).toBeLessThanOrEqual(20);
    expect(platform.log.at(-1)).toMatchObject({ sequence: 95, orderNo: 'A94' });
  });
});

test('two platforms with one seed are equal, byte for byte', () => {
  const run = () => {
    const { clock, platform, pay, cancel } = platformWorld({}, undefined, new VirtualClock());
    pay('A1', platform.issueCode({ behaviour: 'pays' }));
    pay('A2', platform.issueCode({ behaviour: 'confirms' }));
    clock.advance(5_000);
    cancel('A2');
    return JSON.stringify([platform.log, platform.ledger.trades()]);
  };
  expect(run()).toBe(run());
});
