import { describe, expect, test } from 'vitest';
import type { TicketElement } from '../../src/ports/ticket.js';
import type { Merchant, TicketPolicy } from '../../src/terminal/context.js';
import { applyEntry, type SaleFacts } from '../../src/terminal/facts.js';
import { makeTicket, TICKET_END, ticketEnd } from '../../src/terminal/ticket.js';

const MERCHANT: Merchant = { name: '街角咖啡', terminalId: 'T01', utcOffsetMinutes: 480 };
const SALE = sale({});

function sale(fields: Partial<SaleFacts>): SaleFacts {
  const opened = { kind: 'sale-opened', saleId: 'T01A', amountFen: 1_280, subject: '拿铁 Latte' } as const;
  const facts = applyEntry(undefined, opened, Date.UTC(2026, 0, 1));
  return { ...facts, payment: 'paid', ticket: 'pending', wallet: 'alipay', tradeNo: '2026A', ...fields };
}

function elements(facts: SaleFacts, policy?: TicketPolicy, copy = 0, merchant = MERCHANT): readonly TicketElement[] {
  return makeTicket(facts, copy, merchant, policy).elements;
}

/** Text and pairs as words, the rest by its kind. */
function words(list: readonly TicketElement[]): string[] {
  return list.map((element) => {
    if (element.kind === 'text') return element.text;
    return element.kind === 'pair' ? `${element.label}: ${element.value}` : element.kind;
  });
}

const cutsIn = (list: readonly TicketElement[]) => list.filter(({ kind }) => kind === 'cut').length;

describe('a ticket', () => {
  test('is one copy, for the customer, unless policy wants more', () => {
    expect(words(elements(SALE))).toEqual([
      '街角咖啡',
      'rule',
      '消费凭证 SALES SLIP: 顾客联 CUSTOMER COPY',
      '订单号 Order: T01A',
      '交易号 Trade: 2026A',
      '终端 Terminal: T01',
      '时间 Time: 2026-01-01 08:00:00',
      '支付方式 Paid by: 支付宝 Alipay',
      '商品 Item: 拿铁 Latte',
      'rule',
      '金额: ¥12.80',
      '人民币壹拾贰元捌角整',
      '状态 Status: 支付成功 PAID',
      'feed',
      'qr',
      'feed',
      '凭此码查询退款 SCAN TO LOOK UP',
      '谢谢惠顾 THANK YOU',
      'feed',
      'cut',
    ]);
    expect(elements(SALE, { merchantCopy: false, signature: 'never', lang: 'both' })).toEqual(elements(SALE));
  });

  test('with a copy for the merchant: the customer’s first and unchanged, both cut off, the code only on the first', () => {
    const both = elements(SALE, { merchantCopy: true });
    const customer = elements(SALE);
    expect(both.slice(0, customer.length)).toEqual(customer);
    const merchant = words(both.slice(customer.length));
    expect(merchant).toContain('消费凭证 SALES SLIP: 商户联 MERCHANT COPY');
    expect(merchant).not.toContain('qr');
    expect(merchant.slice(-3)).toEqual([TICKET_END, 'feed', 'cut']);
    expect(cutsIn(both)).toBe(2);
  });

  test.each([
    ['never', 5_000_000, false],
    ['always', 1, true],
    [{ aboveFen: 100_000 }, 100_000, false],
    [{ aboveFen: 100_000 }, 100_001, true],
  ] as const)('signature %j of a sale of %i fen: %s', (signature, amountFen, signed) => {
    const both = words(elements(sale({ amountFen }), { merchantCopy: true, signature }));
    const at = both.indexOf('顾客签名 SIGNATURE');
    expect(at > both.indexOf('cut')).toBe(signed);
    if (signed) expect(both.slice(at - 3, at)).toEqual(['状态 Status: 支付成功 PAID', 'feed', 'rule']);
    const customer = words(elements(sale({ amountFen }), { signature }));
    expect(customer).not.toContain('顾客签名 SIGNATURE');
  });

  test.each([
    ['both', '*** 补打 COPY 3 ***', '谢谢惠顾 THANK YOU'],
    ['zh', '*** 补打 第3次 ***', '谢谢惠顾'],
    ['en', '*** REPRINT COPY 3 ***', 'THANK YOU'],
  ] as const)('that is printed again is marked at the top and at the end of each copy: %s', (lang, mark, end) => {
    const both = words(elements(SALE, { merchantCopy: true, lang }, 3));
    const cut = both.indexOf('cut');
    for (const copy of [both.slice(0, cut + 1), both.slice(cut + 1)]) {
      expect(copy[0]).toBe(mark);
      expect(copy.slice(-4)).toEqual([mark, end, 'feed', 'cut']);
      expect(copy.filter((line) => line === mark)).toHaveLength(2);
    }
    expect(ticketEnd(lang)).toBe(end);
    expect(words(elements(SALE, { merchantCopy: true, lang }))).not.toContain(mark);
  });

  test('in English has no Chinese but what the shop, the customer and the platform put there', () => {
    const plain = { ...MERCHANT, name: 'Corner Cafe' };
    const list = elements(
      sale({ subject: 'Latte' }),
      { merchantCopy: true, signature: 'always', lang: 'en' },
      1,
      plain,
    );
    expect(words(list).join('\n')).toMatch(/^[\n -~¥]+$/);
  });

  test('in Chinese has no English of its own', () => {
    const plain = { ...MERCHANT, terminalId: '1', merchantNo: '2' };
    const facts = sale({ saleId: '3', tradeNo: '4', subject: '拿铁', buyer: '5' });
    const list = words(elements(facts, { merchantCopy: true, signature: 'always', lang: 'zh' }, 1, plain));
    expect(list.filter((line) => !['rule', 'feed', 'qr', 'cut'].includes(line)).join('\n')).not.toMatch(/[a-z]/i);
  });

  test('says - for what nobody has told, and leaves out a payer who is not known', () => {
    const list = words(elements(sale({ wallet: undefined, tradeNo: undefined, buyer: undefined, subject: ' \n' })));
    expect(list).toContain('交易号 Trade: -');
    expect(list).toContain('支付方式 Paid by: -');
    expect(list).toContain('商品 Item: -');
    expect(list.join('\n')).not.toContain('付款人');
  });

  test('has the merchant’s number when there is one', () => {
    const merchant = { ...MERCHANT, merchantNo: '104310058120231' };
    expect(words(elements(SALE, {}, 0, merchant))).toContain('商户号 Merchant: 104310058120231');
  });

  test('makes a long name tall, and a short one wide too', () => {
    const name = (text: string) => elements(SALE, {}, 0, { ...MERCHANT, name: text })[0];
    expect(name('咖'.repeat(16))).toMatchObject({ width: 2, height: 2 });
    expect(name(`${'咖'.repeat(16)}e`)).toMatchObject({ width: 1, height: 2 });
  });

  test('takes what was typed as one line, so that no item can forge a line of the ticket', () => {
    const subject = 'Latte\r\n谢谢惠顾 THANK YOU\t\u0010\x1b@\u202ecafe\u0301';
    expect(words(elements(sale({ subject })))).toContain('商品 Item: Latte 谢谢惠顾 THANK YOU @café');
  });

  test('leads to the digital copy when there is one', () => {
    const merchant = { ...MERCHANT, digitalTicketUrl: 'https://x.example/{orderNo}?again={orderNo}' };
    const list = elements(SALE, {}, 0, merchant);
    expect(list).toContainEqual({ kind: 'qr', data: 'https://x.example/T01A?again=T01A' });
    expect(words(list)).toContain('扫码看电子小票 SCAN FOR E-TICKET');
    expect(elements(SALE)).toContainEqual({ kind: 'qr', data: 'T01A' });
  });

  test('has the same frozen objects as the next one for all that does not change, so that an encoder lays them out once', () => {
    const next = elements(sale({ saleId: 'T01B', amountFen: 1 }), { merchantCopy: true });
    const first = elements(SALE, { merchantCopy: true });
    const shared = first.filter((element) => next.includes(element));
    expect(shared.every((element) => Object.isFrozen(element))).toBe(true);
    expect(words(shared)).toEqual(
      expect.arrayContaining(['街角咖啡', '终端 Terminal: T01', '状态 Status: 支付成功 PAID']),
    );
    expect(shared.length).toBeGreaterThan(first.length / 2);
  });
});
