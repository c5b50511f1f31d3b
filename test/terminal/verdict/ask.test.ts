import { describe, expect, test } from 'vitest';
import type { QueryAnswer } from '../../../src/ports/acquirer.js';
import type { Payment } from '../../../src/terminal/journal/record.js';
import { compareWithPlatform, type PlatformReply } from '../../../src/terminal/verdict/ask.js';
import { Bench, JAMMED, PAID, PRINTED, WAITING } from '../bench.js';

function ask(bench: Bench, saleId: string, withinMs = 20_000): PlatformReply[] {
  const replies: PlatformReply[] = [];
  bench.terminal.ask(saleId, (reply) => replies.push(reply));
  expect(replies).toEqual([]);
  bench.clock.advance(withinMs);
  return replies;
}

describe('the platform, asked by a person', () => {
  test('says what it knows, with the time; the journal stays as it is', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID);
    bench.jobs.push(JAMMED);
    const saleId = bench.sell();
    const before = bench.kinds();
    bench.queries.push(PAID);
    expect(ask(bench, saleId)).toEqual([
      {
        askedAt: '2026-01-01T00:00:01.001Z',
        afterMs: 10,
        payment: 'paid',
        outcome: 'paid',
        tradeNo: '2026010122001400001234567890',
      },
    ]);
    expect(bench.kinds()).toEqual(before);
    expect(bench.terminal.state).toBe('printFault');
  });

  test('settles nothing, even when it knows better than the terminal does yet', () => {
    const bench = new Bench();
    bench.authorizations.push('silent');
    const saleId = bench.sell(100);
    bench.queries.push(PAID);
    expect(ask(bench, saleId, 100)).toMatchObject([{ payment: 'paid' }]);
    expect(bench.terminal.state).toBe('settling.authorizing');
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'unknown' });
  });

  test('and silent: said when patience is at its end, and an answer after that is not heard', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID);
    bench.jobs.push(PRINTED);
    const saleId = bench.sell();
    expect(ask(bench, saleId)).toMatchObject([{ outcome: 'no-answer', payment: 'unknown', afterMs: 5_000 }]);
  });

  test('knows nothing of a sale of which nothing was sent, so it is not asked', () => {
    const bench = new Bench();
    const saleId = bench.terminal.sell(1_280);
    bench.clock.advance(1);
    bench.terminal.cancel();
    bench.clock.advance(1);
    expect(ask(bench, saleId)).toMatchObject([{ outcome: 'not-asked' }]);
    expect(bench.done).toEqual([]);
    expect(() => bench.terminal.ask('T0199', () => {})).toThrowError('There is no sale T0199');
  });

  test('that speaks of another amount is not believed', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID);
    bench.jobs.push(PRINTED);
    const saleId = bench.sell();
    bench.queries.push({ outcome: 'paid', tradeNo: '2026', amountFen: 5 });
    expect(ask(bench, saleId)).toMatchObject([{ outcome: 'unknown', payment: 'unknown', code: 'PJ_PLATFORM_ANSWER' }]);
  });
});

describe('beside the journal', () => {
  const reply = (outcome: PlatformReply['outcome'], payment: Payment): PlatformReply => ({
    askedAt: '2026-01-01T00:00:00.000Z',
    afterMs: 40,
    outcome,
    payment,
  });
  test.each([
    ['paid', reply('paid', 'paid'), 'agrees', '平台说:已支付。与本机记录一致。'],
    [
      'paid',
      reply('closed', 'reversed'),
      'differs',
      '平台说:已撤销退款,本机记录:已支付。两者不一致,请保留小票和记录,联系管理员,勿重复收款。',
    ],
    ['paid', reply('not-found', 'not-paid'), 'differs', undefined],
    ['paid', reply('waiting', 'unknown'), 'differs', undefined],
    ['not-paid', reply('not-found', 'not-paid'), 'agrees', undefined],
    ['not-paid', reply('closed', 'not-paid'), 'agrees', undefined],
    ['not-paid', reply('paid', 'paid'), 'differs', undefined],
    ['reversed', reply('closed', 'reversed'), 'agrees', undefined],
    ['reversed', reply('closed', 'not-paid'), 'agrees', undefined],
    ['reversed', reply('paid', 'paid'), 'differs', undefined],
    ['unknown', reply('paid', 'paid'), 'open', '平台说:已支付。本机还在核对,请等待核对完成,勿重复收款。'],
    ['unknown', reply('waiting', 'unknown'), 'open', undefined],
    ['paid', reply('no-answer', 'unknown'), 'open', '平台现在没有给出结果。以本机记录为准,稍后再查。'],
    ['not-paid', reply('not-asked', 'unknown'), 'open', '没有发送过支付请求,平台没有这笔交易,无需查询。'],
  ] as const)('%s and %o: %s', (journal, said, agreement, zh) => {
    const view = compareWithPlatform(journal, said);
    expect(view).toMatchObject({ ...said, agreement });
    if (zh !== undefined) expect(view.words.zh).toBe(zh);
    expect(view.words.en).not.toMatch(/[\u4e00-\u9fff]|undefined/);
  });

  test('every answer that a platform can give has its place', () => {
    const answers: QueryAnswer[] = [PAID, WAITING, { outcome: 'closed', refunded: true, code: 'c', words: '' }];
    for (const answer of answers) {
      const bench = new Bench();
      bench.authorizations.push(PAID);
      bench.jobs.push(PRINTED);
      const saleId = bench.sell();
      bench.queries.push(answer);
      expect(ask(bench, saleId)).toMatchObject([{ outcome: answer.outcome }]);
    }
  });
});
