import { describe, expect, test } from 'vitest';
import type { NoticeCourier } from '../../../src/emulator/platform/notices.js';
import { createEmulatedPlatform } from '../../../src/emulator/platform/platform.js';
import { Flash } from '../../../src/ground/flash.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { payment } from './support.js';

/** A platform that tells a merchant, who answers with these words, the last of them for ever. */
function telling(words: (string | undefined)[], notifyUrl: string | undefined = 'http://shop.example/notify') {
  const clock = new VirtualClock();
  const flash = new Flash(clock);
  const platform = createEmulatedPlatform({ clock, random: seededRandom(1), storage: flash });
  const heard: { atMs: number; url: string; fields: Readonly<Record<string, string>> }[] = [];
  const courier: NoticeCourier = {
    carry(url, fields, _badSignature, done) {
      const word = words[Math.min(heard.length, words.length - 1)];
      heard.push({ atMs: clock.now(), url, fields });
      clock.setTimeout(() => done(word), 30);
    },
  };
  const site = platform.sendNotices(courier);
  const ask = (method: string, content: object) => platform.exchange(method, content, () => {}, { notifyUrl });
  const pay = (behaviour: 'pays' | 'confirms' | 'refuses' | 'no-money' | 'never' = 'pays') => {
    ask('alipay.trade.pay', payment('A1', platform.issueCode({ behaviour, afterMs: 5_000 })));
    clock.advance(100);
  };
  const cancel = () => ask('alipay.trade.cancel', { out_trade_no: 'A1' });
  return { clock, platform, flash, site, heard, pay, ask, cancel };
}

describe('a payment is told', () => {
  test('in the words of the vendor, a second later, to the address that came with the request', () => {
    const { clock, heard, pay } = telling(['success']);
    pay();
    clock.advance(10_000);
    expect(heard).toEqual([
      {
        atMs: Date.UTC(2026, 0, 1) + 1_000,
        url: 'http://shop.example/notify',
        fields: {
          buyer_id: expect.stringMatching(/^2088\d{12}$/),
          buyer_logon_id: expect.stringMatching(/^15\d\*{4}\d{4}$/),
          buyer_pay_amount: '12.80',
          charset: 'utf-8',
          fund_bill_list: '[{"amount":"12.80","fundChannel":"ALIPAYACCOUNT"}]',
          gmt_create: '2026-01-01 08:00:00',
          gmt_payment: '2026-01-01 08:00:00',
          invoice_amount: '12.80',
          notify_id: expect.stringMatching(/^20260101\d{26}$/),
          notify_time: '2026-01-01 08:00:01',
          notify_type: 'trade_status_sync',
          out_trade_no: 'A1',
          point_amount: '0.00',
          receipt_amount: '12.80',
          seller_id: '2088000000000001',
          subject: '拿铁',
          total_amount: '12.80',
          trade_no: expect.stringMatching(/^20260101\d{20}$/),
          trade_status: 'TRADE_SUCCESS',
          version: '1.0',
        },
      },
    ]);
  });

  test('when the buyer has confirmed; one who does not pay is not told of', () => {
    const { clock, heard, pay } = telling(['success']);
    pay('confirms');
    clock.advance(5_900);
    expect(heard).toHaveLength(1);
    for (const behaviour of ['refuses', 'no-money', 'never'] as const) {
      const other = telling(['success']);
      other.pay(behaviour);
      other.clock.advance(100_000_000);
      expect(other.heard).toEqual([]);
    }
  });

  test('to nobody when no address came with the request', () => {
    const { clock, heard, platform } = telling(['success']);
    platform.exchange('alipay.trade.pay', payment('A2', '281234567890123456'), () => {});
    clock.advance(10_000);
    expect(heard).toEqual([]);
  });

  test('again, eight times in 25 hours, with the same notify_id, while the merchant does not say success', () => {
    const { clock, heard, pay, platform } = telling(['failure', undefined, 'SUCCESS', '']);
    pay();
    clock.advance(200_000_000);
    const minutes = heard.map(({ atMs }, i) => (atMs - (heard[i - 1]?.atMs ?? atMs)) / 60_000);
    expect(minutes).toEqual([0, 4, 10, 10, 60, 120, 360, 900]);
    expect(new Set(heard.map(({ fields }) => fields.notify_id)).size).toBe(1);
    expect(new Set(heard.map(({ fields }) => fields.notify_time)).size).toBe(8);
    expect(platform.notices.map(({ attempt, taken }) => [attempt, taken])).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => [attempt, false]),
    );
  });

  test('until the merchant says success', () => {
    const { clock, heard, pay, platform } = telling([undefined, 'success']);
    pay();
    clock.advance(200_000_000);
    expect(heard).toHaveLength(2);
    expect(platform.notices.map(({ taken }) => taken)).toEqual([false, true]);
  });

  test('only once it is durable, and not at all by a platform that was closed', () => {
    const { clock, heard, pay, flash, platform } = telling(['success']);
    flash.sync = (done) => clock.setTimeout(() => done(new Error('worn out')), 0);
    pay();
    clock.advance(100_000);
    expect(heard).toEqual([]);
    const closed = telling(['failure']);
    closed.pay();
    closed.platform.close();
    closed.clock.advance(100_000_000);
    expect(closed.heard).toEqual([]);
    platform.close();
  });
});

test('a payment that goes back in full has a notice of its own, with another id', () => {
  const { clock, heard, pay, cancel } = telling(['success']);
  pay();
  clock.advance(9_900);
  cancel();
  clock.advance(10_000);
  expect(heard.map(({ fields }) => fields.trade_status)).toEqual(['TRADE_SUCCESS', 'TRADE_CLOSED']);
  expect(heard[1]?.fields).toMatchObject({
    refund_fee: '12.80',
    gmt_refund: '2026-01-01 08:00:10',
    out_trade_no: 'A1',
  });
  expect(heard[0]?.fields).not.toHaveProperty('gmt_refund');
  expect(heard[1]?.fields.notify_id).not.toBe(heard[0]?.fields.notify_id);
});

test('a part that goes back has none', () => {
  const { clock, heard, pay, ask } = telling(['success']);
  pay();
  ask('alipay.trade.refund', { out_trade_no: 'A1', refund_amount: '2.80', out_request_no: 'R1' });
  clock.advance(10_000);
  expect(heard).toHaveLength(1);
});
