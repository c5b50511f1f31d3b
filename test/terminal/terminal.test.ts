import { describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit.js';
import { Bench, CODE, JAMMED, PAID, PRINTED, READY, textOf, UNKNOWN, WAITING } from './bench.js';

describe('a sale that goes through', () => {
  test('is written before each act, paid once, and printed once without a mark', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID);
    bench.jobs.push(PRINTED);
    const saleId = bench.sell();
    expect(bench.done).toEqual(['authorize', 'print 1']);
    expect(bench.kinds()).toEqual([
      'boot',
      'sale-opened',
      'authorize-intent',
      'payment:paid',
      'print-intent:0',
      'print-result:printed',
    ]);
    expect(bench.authorized[0]).toEqual({
      orderNo: saleId,
      amountFen: 1_280,
      code: CODE,
      subject: '商品 Goods',
      terminalId: 'T01',
    });
    expect(textOf(bench.printed[0])).toContain('¥12.80');
    expect(textOf(bench.printed[0])).not.toContain('补打');
    const verdict = bench.verdict(saleId);
    expect(verdict).toMatchObject({ payment: 'paid', ticket: 'printed', delivery: 'none', final: true });
    expect(verdict.cause).toBeUndefined();
    expect(verdict.advice.cashier.zh).toBe('已支付,小票已打印。');
  });

  test('shows each state in words, and is free for the next sale when done', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID, PAID);
    bench.jobs.push(PRINTED, PRINTED);
    bench.sell(100);
    expect(bench.screens.map(({ state }) => state)).toEqual([
      'boot',
      'idle',
      'scanning',
      'authorizing',
      'printing',
      'done',
    ]);
    expect(bench.terminal.free).toBe(true);
    bench.sell(5_000);
    expect(bench.terminal.state).toBe('idle');
    expect(bench.terminal.sales().map(({ ticket }) => ticket)).toEqual(['printed', 'printed']);
  });

  test('the answer to the till is a third fact, noted by itself', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID);
    bench.jobs.push(PRINTED);
    const saleId = bench.sell();
    bench.terminal.delivered(saleId, 'api', 'lost');
    bench.clock.advance(1);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'printed', delivery: 'lost' });
  });
});

describe('an answer that does not come', () => {
  test('is asked for: unknown first, then paid, printed, and never authorised again', () => {
    const bench = new Bench();
    bench.authorizations.push('silent');
    bench.queries.push(PAID);
    bench.jobs.push(PRINTED);
    const saleId = bench.sell(9_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'unknown', ticket: 'none', final: false });
    expect(bench.verdict(saleId).advice.cashier.zh).toContain('勿重复收款');
    bench.clock.advance(2_000);
    expect(bench.verdict(saleId)).toMatchObject({
      payment: 'paid',
      ticket: 'printed',
      cause: { id: 'platform.unreported' },
    });
    expect(bench.done).toEqual(['authorize', 'query', 'print 1']);
  });

  test('that comes late is taken: the platform was slow', () => {
    const bench = new Bench({ timings: { authorizeTimeoutMs: 5 } });
    bench.authorizations.push(PAID);
    bench.queries.push('silent');
    bench.jobs.push(PRINTED);
    const saleId = bench.sell();
    expect(bench.verdict(saleId)).toMatchObject({
      payment: 'paid',
      ticket: 'printed',
      cause: { id: 'platform.delay' },
    });
  });

  test('that speaks of another amount is not believed, and the order is cancelled', () => {
    const bench = new Bench();
    const wrong = { ...PAID, amountFen: 128 };
    bench.authorizations.push(wrong);
    bench.queries.push(wrong, wrong, wrong, wrong, wrong);
    bench.cancels.push({ outcome: 'cancelled', action: 'refund' });
    const saleId = bench.sell(60_000);
    expect(bench.printed).toEqual([]);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'reversed', ticket: 'none' });
  });

  test('is asked for five times 5 s apart, then cancelled at once', () => {
    const bench = new Bench();
    bench.authorizations.push(UNKNOWN);
    bench.queries.push(
      UNKNOWN,
      UNKNOWN,
      { outcome: 'not-found', code: 'ACQ.TRADE_NOT_EXIST', words: '' },
      UNKNOWN,
      UNKNOWN,
    );
    bench.cancels.push({ outcome: 'cancelled', action: 'close' });
    bench.clock.advance(1);
    const startMs = bench.clock.now();
    const saleId = bench.terminal.sell(1_280, { code: CODE });
    bench.clock.runUntil(() => bench.terminal.state === 'expired');
    expect(bench.done).toEqual(['authorize', 'query', 'query', 'query', 'query', 'query', 'cancel']);
    expect(bench.clock.now() - startMs).toBe(4 * 5_000 + 7 * 10);
    bench.clock.advance(1);
    expect(bench.verdict(saleId)).toMatchObject({
      payment: 'not-paid',
      final: true,
      cause: { id: 'platform.maintenance', confidence: 'certain' },
    });
  });
});

describe('a customer who never confirms', () => {
  test('is waited for, then the order is closed: not paid', () => {
    const bench = new Bench();
    bench.authorizations.push(WAITING);
    bench.queries.push(WAITING, WAITING, WAITING, WAITING, WAITING);
    bench.cancels.push({ outcome: 'cancelled', action: 'close' });
    const saleId = bench.sell(60_000);
    expect(bench.done.filter((act) => act === 'query')).toHaveLength(5);
    expect(bench.verdict(saleId)).toMatchObject({
      payment: 'not-paid',
      ticket: 'none',
      cause: { id: 'operation.timeout' },
    });
    expect(bench.screens.some(({ state, zh }) => state === 'awaitingBuyer' && zh === '等待顾客输入密码')).toBe(true);
  });

  test('who pays between the last query and the cancel gets the money back: reversed', () => {
    const bench = new Bench();
    bench.authorizations.push(WAITING);
    bench.queries.push(WAITING, WAITING, WAITING, WAITING, WAITING);
    bench.cancels.push({ outcome: 'cancelled', action: 'refund' });
    const saleId = bench.sell(60_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'reversed', ticket: 'none' });
    expect(bench.printed).toEqual([]);
  });
});

describe('a cancel that is not answered', () => {
  const lost = (bench: Bench) => {
    bench.authorizations.push('silent');
    bench.cancels.push('silent', UNKNOWN, { outcome: 'retry', code: 'Y', words: '' });
    bench.terminal.sell(1_280, { code: CODE });
    bench.clock.advance(1_000);
    bench.terminal.cancel();
    bench.clock.runUntil(() => bench.terminal.state === 'unresolved');
    return bench.terminal.sales()[0]?.saleId ?? '';
  };

  test('is repeated three times 2 s apart, then left to the guard task; the terminal can sell meanwhile', () => {
    const bench = new Bench();
    const saleId = lost(bench);
    expect(bench.done).toEqual(['authorize', 'cancel', 'cancel', 'cancel']);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'unknown', final: false });
    expect(bench.terminal.free).toBe(true);
    bench.authorizations.push(PAID);
    bench.jobs.push(PRINTED);
    expect(bench.verdict(bench.sell(100))).toMatchObject({ payment: 'paid', ticket: 'printed' });
  });

  test('the guard task goes on after 5 s and every 900 s until it is answered', () => {
    const bench = new Bench();
    const saleId = lost(bench);
    bench.cancels.push('silent', 'silent', { outcome: 'cancelled', action: 'refund' });
    const fromMs = bench.clock.now();
    bench.clock.runUntil(() => bench.verdict(saleId).final);
    expect(bench.done.filter((act) => act === 'cancel')).toHaveLength(6);
    expect(bench.clock.now() - fromMs).toBeGreaterThan(5_000 + 2 * 900_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'reversed', cause: { id: 'operation.cashier' } });
    bench.clock.advance(10_000_000);
    expect(bench.done.filter((act) => act === 'cancel')).toHaveLength(6);
  });

  test('an answer "paid" that comes after the cancel does not settle the sale: the cancel may still arrive', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID);
    bench.cancels.push('silent', { outcome: 'cancelled', action: 'refund' });
    bench.terminal.sell(1_280, { code: CODE });
    bench.clock.advance(0);
    bench.terminal.cancel();
    bench.clock.advance(20_000);
    expect(bench.terminal.sales()[0]).toMatchObject({ payment: 'reversed', prints: [] });
    expect(bench.kinds()).toContain('platform-answer:paid');
  });

  test('a platform that refuses to cancel is asked, and "paid" is final once it has said so for a whole round', () => {
    const bench = new Bench();
    const saleId = lost(bench);
    const refused = { outcome: 'refused', code: 'ACQ.TRADE_HAS_FINISHED', words: '' } as const;
    bench.cancels.push(refused, refused);
    bench.queries.push(PAID, PAID);
    bench.clock.advance(6_000);
    expect(bench.done.at(-1)).toBe('query');
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'unknown', final: false });
    bench.clock.advance(901_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'pending' });
  });

  test('a platform that refuses to cancel, and says from an old copy that it is paid: the money had gone back', () => {
    const bench = new Bench();
    const saleId = lost(bench);
    const refused = { outcome: 'refused', code: 'ACQ.SELLER_BALANCE_NOT_ENOUGH', words: '' } as const;
    bench.cancels.push(refused, refused);
    bench.queries.push(PAID, { outcome: 'closed', refunded: true, code: 'TRADE_CLOSED', words: '' });
    bench.clock.advance(910_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'reversed', ticket: 'none' });
  });

  test('a platform that refuses to cancel, and says that the order is closed, is believed at once', () => {
    const bench = new Bench();
    const saleId = lost(bench);
    bench.cancels.push({ outcome: 'refused', code: 'ACQ.REASON_TRADE_BEEN_FREEZEN', words: '' });
    bench.queries.push({ outcome: 'closed', code: 'TRADE_CLOSED', words: '' });
    bench.clock.advance(6_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'not-paid' });
  });
});

describe('a code', () => {
  test.each([
    ['12', 'it has 2 digits'],
    ['991234567890123456', 'no wallet has codes that begin with 99'],
    ['28123456789012345x', 'it has characters that are not digits'],
    ['131234567890123456', 'this terminal takes no codes of wechat'],
    ['', 'it is empty'],
  ])('%j is refused before a sale is opened', (code, problem) => {
    const bench = new Bench();
    expect(() => bench.terminal.sell(1_280, { code })).toThrowError(problem);
    expect(bench.terminal.sales()).toEqual([]);
  });

  test('that the scanner misreads leaves the sale open for the next scan', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID);
    bench.jobs.push(PRINTED);
    const saleId = bench.terminal.sell(1_280);
    bench.terminal.scan('2812345');
    bench.clock.advance(1);
    expect(bench.screens.at(-1)).toMatchObject({ state: 'codeRejected', zh: '付款码无效,请重新扫码' });
    bench.terminal.scan(CODE);
    bench.terminal.scan(CODE);
    bench.clock.advance(1_000);
    expect(bench.done).toEqual(['authorize', 'print 1']);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'printed' });
  });

  test('that is never shown: not paid, and nothing was sent', () => {
    const bench = new Bench();
    const saleId = bench.terminal.sell(1_280);
    bench.clock.advance(61_000);
    expect(bench.done).toEqual([]);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'not-paid', cause: { id: 'customer.skipped-scan' } });
  });

  test("that the platform refuses: not paid, with the platform's words", () => {
    const bench = new Bench();
    bench.authorizations.push({ outcome: 'refused', code: 'ACQ.PAYMENT_AUTH_CODE_INVALID', words: '支付授权码无效' });
    const saleId = bench.sell();
    expect(bench.verdict(saleId)).toMatchObject({
      payment: 'not-paid',
      ticket: 'none',
      cause: { id: 'terminal.misread' },
    });
    expect(bench.verdict(saleId).evidence.some(({ says }) => says.includes('支付授权码无效'))).toBe(true);
  });
});

describe('a ticket that does not come out', () => {
  test('a jam: paid, partial; the reprint is a marked copy', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID);
    bench.jobs.push(JAMMED, PRINTED);
    const saleId = bench.sell();
    expect(bench.verdict(saleId)).toMatchObject({
      payment: 'paid',
      ticket: 'partial',
      cause: { id: 'printer.paper-jam', zh: '卡纸' },
      tickets: { originals: 1, copies: 0 },
    });
    expect(bench.screens.at(-1)).toMatchObject({ state: 'printFault', zh: '已支付,卡纸,清除卡纸后补打' });
    bench.tell(READY);
    expect(bench.screens.at(-1)?.zh).toBe('已支付,打印机已恢复,请补打');
    bench.terminal.reprint(saleId);
    bench.clock.advance(1_000);
    expect(bench.verdict(saleId)).toMatchObject({ ticket: 'printed', tickets: { originals: 1, copies: 1 } });
    expect(textOf(bench.printed[1])).toMatch(/^\*\*\* 补打 COPY 1 \*\*\*/);
    expect(bench.kinds().slice(-2)).toEqual(['print-intent:1', 'print-result:printed']);
  });

  test('by policy the copy is printed by itself when the printer is ready again', () => {
    const bench = new Bench({ policy: { reprint: 'when-ready' } });
    bench.authorizations.push(PAID);
    bench.jobs.push(JAMMED, PRINTED);
    const saleId = bench.sell();
    bench.tell(READY);
    bench.clock.advance(1_000);
    expect(bench.verdict(saleId)).toMatchObject({ ticket: 'printed', tickets: { originals: 1, copies: 1 } });
  });

  test('while no byte of it has reached the printer, the next ticket is still the original', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID);
    bench.jobs.push({ outcome: 'not-printed', blocks: 4, reason: 'link-lost' }, PRINTED);
    const saleId = bench.sell();
    expect(bench.verdict(saleId)).toMatchObject({ ticket: 'not-printed', cause: { id: 'link.printer-lost' } });
    bench.terminal.reprint(saleId);
    bench.clock.advance(1_000);
    expect(textOf(bench.printed[1])).not.toContain('补打');
    expect(bench.verdict(saleId)).toMatchObject({ ticket: 'printed', tickets: { originals: 1, copies: 0 } });
  });

  test('that a printer cannot confirm: paid, and a person is told to look; a copy only if that person asks for one', () => {
    for (const reprint of ['ask', 'when-ready'] as const) {
      const bench = new Bench({ policy: { reprint } });
      bench.authorizations.push(PAID);
      bench.jobs.push({ outcome: 'unconfirmed', blocks: 4 }, { outcome: 'unconfirmed', blocks: 4 });
      const saleId = bench.sell();
      expect(bench.screens.at(-1)).toMatchObject({
        state: 'unconfirmed',
        zh: '已支付,打印机不能确认,请看小票',
        en: 'Paid. Not confirmed: look at the ticket',
      });
      expect(bench.verdict(saleId)).toMatchObject({
        payment: 'paid',
        ticket: 'unconfirmed',
        cause: { id: 'printer.unconfirmed', zh: '打印机不能确认打印' },
        tickets: { originals: 1, copies: 0 },
        advice: {
          cashier: { zh: '已支付,这台打印机不能确认打印结果,请看小票是否完整。勿重复收款,没有小票或不完整就补打。' },
          customer: { en: 'You have paid. Please look at your ticket; if there is none, it can be printed again.' },
        },
      });
      expect(bench.verdict(saleId).evidence.at(-1)?.says).toBe('sent to a printer that confirms nothing');
      expect(exitCodeOf(bench.verdict(saleId))).toBe(10);
      bench.tell(READY);
      bench.clock.advance(60_000);
      expect(bench.printed).toHaveLength(1);
      expect(bench.terminal.state).toBe('idle');
      bench.terminal.reprint(saleId);
      bench.clock.advance(1_000);
      expect(textOf(bench.printed[1])).toMatch(/^\*\*\* 补打 COPY 1 \*\*\*/);
      expect(bench.kinds().slice(-2)).toEqual(['print-intent:1', 'print-result:unconfirmed']);
      expect(bench.verdict(saleId)).toMatchObject({ ticket: 'unconfirmed', tickets: { originals: 1, copies: 1 } });
    }
  });

  test('that was called off is said to have been', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID);
    bench.jobs.push({ outcome: 'partial', block: 1, blocks: 4, reason: 'cancelled' });
    expect(bench.verdict(bench.sell())).toMatchObject({
      ticket: 'partial',
      cause: { id: 'operation.print-cancelled', zh: '打印被取消' },
    });
  });

  test('the next sale may begin; the ticket that was left stays reprintable', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID, PAID);
    bench.jobs.push(JAMMED, PRINTED, PRINTED);
    const first = bench.sell();
    const second = bench.sell();
    expect(bench.verdict(second)).toMatchObject({ ticket: 'printed' });
    expect(bench.verdict(first)).toMatchObject({ ticket: 'partial' });
    bench.terminal.reprint(first);
    bench.clock.advance(1_000);
    expect(bench.verdict(first)).toMatchObject({ ticket: 'printed', tickets: { originals: 1, copies: 1 } });
  });

  test('a sale that is not paid has no ticket to reprint', () => {
    const bench = new Bench();
    bench.authorizations.push({ outcome: 'refused', code: 'ACQ.BUYER_BALANCE_NOT_ENOUGH', words: '' });
    const saleId = bench.sell();
    expect(() => bench.terminal.reprint(saleId)).toThrowError(
      /PJ_NO_TICKET|no ticket to print: its payment is not-paid/,
    );
    expect(() => bench.terminal.reprint('T0199')).toThrowError('There is no sale T0199');
  });
});

describe('bad amounts', () => {
  test.each([0, -1, 12.805, 1e9, Number.NaN, Number.POSITIVE_INFINITY])('%d fen opens no sale', (amountFen) => {
    const bench = new Bench();
    expect(() => bench.terminal.sell(amountFen)).toThrowError('not accepted');
    expect(bench.kinds()).toEqual(['boot']);
  });
});

test('a second sale while one is under way is refused, and the first goes on', () => {
  const bench = new Bench();
  bench.authorizations.push('silent');
  bench.queries.push(PAID);
  bench.jobs.push(PRINTED);
  const saleId = bench.terminal.sell(1_280, { code: CODE });
  bench.clock.advance(100);
  expect(() => bench.terminal.sell(500, { code: CODE })).toThrowError('settling.authorizing');
  bench.clock.advance(20_000);
  expect(bench.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'printed' });
});

test('a journal that cannot be written stops the terminal before the act, and says so', () => {
  const bench = new Bench();
  bench.authorizations.push(PAID);
  bench.clock.advance(1);
  bench.flash.failSyncs(1);
  bench.terminal.sell(1_280, { code: CODE });
  bench.clock.advance(100);
  expect(bench.done).toEqual([]);
  expect(bench.screens.at(-1)).toMatchObject({ state: 'outOfService', zh: '存储故障,暂停服务,请重启' });
  expect(bench.terminal.free).toBe(false);
});
