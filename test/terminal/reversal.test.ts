import { describe, expect, test } from 'vitest';
import type { CancelAnswer } from '../../src/ports/acquirer.js';
import { Bench, CODE, JAMMED, NO_PAPER, PAID, PAPER_OUT, PRINTED, textOf, UNKNOWN } from './bench.js';

const REFUND: CancelAnswer = { outcome: 'cancelled', action: 'refund' };
const TOO_OLD: CancelAnswer = { outcome: 'refused', code: 'ACQ.TRADE_CANCEL_TIME_OUT', words: 'too late' };

/** A sale that was paid and has its ticket, at a terminal that is free again. */
function paid(cancels: (CancelAnswer | 'silent')[], options = {}): { bench: Bench; saleId: string } {
  const bench = new Bench(options);
  bench.authorizations.push(PAID);
  bench.jobs.push(PRINTED);
  bench.cancels.push(...cancels);
  const saleId = bench.sell(60_000);
  expect(bench.terminal.page(saleId).facts).toMatchObject({ payment: 'paid', ticket: 'printed', reversal: undefined });
  bench.done.length = 0;
  return { bench, saleId };
}

const factsOf = (bench: Bench, saleId: string) => bench.terminal.page(saleId).facts;
const notNow = (problem: string) => expect.objectContaining({ code: 'PJ_NOT_NOW', data: { problem } });

describe('a paid sale whose money is to go back', () => {
  test('is reversed, behind a durable intent, and its ticket stays printed', () => {
    const { bench, saleId } = paid([REFUND]);
    bench.terminal.reverse(saleId);
    expect(bench.terminal.state).toBe('reversing.calling');
    expect(bench.done).toEqual([]);
    bench.clock.runUntil(() => bench.done.length > 0);
    expect(bench.done).toEqual(['cancel']);
    expect(factsOf(bench, saleId)).toMatchObject({ payment: 'unknown', cancelling: 'asked', reversal: 'asked' });
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'unknown', final: false });
    bench.clock.advance(100);
    expect(factsOf(bench, saleId)).toMatchObject({ payment: 'reversed', ticket: 'printed', reversal: 'asked' });
    expect(bench.kinds().slice(-3)).toEqual(['cancel-intent', 'platform-answer:cancelled', 'payment:reversed']);
    expect(bench.screens.at(-1)).toMatchObject({ state: 'reversed', en: 'Cancelled, money returned' });
    bench.clock.advance(3_000);
    expect(bench.terminal.state).toBe('idle');
  });

  test('at any later time, when its page is not in memory any more', () => {
    const { bench, saleId } = paid([REFUND]);
    for (let i = 0; i < 230; i++) {
      bench.terminal.sell(100);
      bench.terminal.cancel();
      bench.clock.advance(10);
    }
    expect(bench.terminal.sales().map((sale) => sale.saleId)).not.toContain(saleId);
    bench.terminal.reverse(saleId);
    bench.clock.runUntil(() => bench.done.includes('cancel'));
    expect(bench.terminal.sales()[0]).toMatchObject({ saleId, payment: 'unknown' });
    bench.clock.advance(5_000);
    expect(factsOf(bench, saleId)).toMatchObject({ payment: 'reversed', ticket: 'printed' });
    bench.powerCut();
    expect(factsOf(bench, saleId)).toMatchObject({ payment: 'reversed', ticket: 'printed' });
  });

  test('is told of in words', () => {
    const { bench, saleId } = paid([REFUND]);
    bench.terminal.reverse(saleId);
    bench.clock.advance(1);
    expect(bench.verdict(saleId)).toMatchObject({
      words: {
        zh: '¥12.80 已支付的交易正在按要求撤销退款。原因:收银员操作。勿重复收款,请等待结果。',
        en: '¥12.80: It was paid, and the money is being given back, as was asked for. Cause: what was done at the till. Do not charge again; wait for the result.',
      },
      advice: { customer: { en: 'Your money is being returned. Please wait.' } },
    });
    bench.clock.advance(100);
    expect(bench.verdict(saleId)).toMatchObject({
      payment: 'reversed',
      final: true,
      cause: {
        id: 'operation.cashier',
        confidence: 'certain',
        reason: { en: 'the cashier, or the till, wanted the payment reversed' },
      },
      words: {
        zh: '¥12.80 已支付的交易已按要求撤销,款项已退回顾客。原因:收银员操作。请收回小票,需要时请重新收款。',
        en: '¥12.80: It was paid, then reversed on request, and the money went back to the customer. Cause: what was done at the till. Take the ticket back; charge again if need be.',
      },
      advice: { display: { en: 'Cancelled, money returned' } },
    });
  });

  test('goes on being cancelled while no answer comes, in the end by the guard task', () => {
    const { bench, saleId } = paid(['silent', 'silent', 'silent', REFUND]);
    bench.terminal.reverse(saleId);
    bench.clock.runUntil(() => bench.terminal.state === 'unresolved');
    expect(bench.done).toEqual(['cancel', 'cancel', 'cancel']);
    bench.clock.advance(10_000);
    expect(factsOf(bench, saleId)).toMatchObject({ payment: 'reversed', ticket: 'printed', reversal: 'asked' });
  });

  test.each(['nothing', 'all'] as const)(
    'with a power cut at any moment that keeps %s: never a second cancel unasked, and reversed',
    (kept) => {
      for (let events = 0; events < 12; events++) {
        const { bench, saleId } = paid([REFUND, REFUND]);
        bench.terminal.reverse(saleId);
        for (let i = 0; i < events; i++) bench.clock.step();
        const left = bench.done.length;
        bench.powerCut(kept);
        bench.clock.advance(120_000);
        const { payment, ticket } = factsOf(bench, saleId);
        expect(ticket).toBe('printed');
        // What was lost before it was durable had no consequence; what had left goes on.
        if (left > 0 || kept === 'all') expect(payment).toBe('reversed');
        else expect(payment).toBe(bench.done.length > 0 ? 'reversed' : 'paid');
        expect(bench.done.filter((deed) => deed !== 'cancel')).toEqual([]);
      }
    },
  );

  test('without its ticket: nothing is printed for it any more', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID);
    bench.jobs.push(JAMMED);
    bench.cancels.push(REFUND);
    const saleId = bench.sell();
    expect(bench.terminal.state).toBe('printFault');
    bench.terminal.reverse(saleId);
    bench.clock.advance(120_000);
    expect(factsOf(bench, saleId)).toMatchObject({ payment: 'reversed', ticket: 'partial' });
    expect(bench.printed).toHaveLength(1);
    expect(() => bench.terminal.reprint(saleId)).toThrow(expect.objectContaining({ code: 'PJ_NO_TICKET' }));
  });

  test('whose digital ticket was given keeps it', () => {
    const bench = new Bench({ policy: { print: 'prompt' } });
    bench.authorizations.push(PAID);
    bench.cancels.push(REFUND);
    const saleId = bench.sell();
    bench.terminal.offerDigital(saleId);
    bench.clock.advance(100);
    bench.terminal.reverse(saleId);
    bench.clock.advance(100);
    expect(factsOf(bench, saleId)).toMatchObject({ payment: 'reversed', ticket: 'digital' });
  });
});

describe('a reversal that the platform refuses for good', () => {
  test('leaves the sale paid as before, once the platform says that it stands, with its reason in the journal', () => {
    const { bench, saleId } = paid([TOO_OLD]);
    bench.queries.push(PAID);
    bench.terminal.reverse(saleId);
    bench.clock.advance(100);
    expect(bench.done).toEqual(['cancel', 'query']);
    expect(factsOf(bench, saleId)).toMatchObject({ payment: 'paid', ticket: 'printed', reversal: 'refused' });
    expect(bench.terminal.page(saleId).records.at(-1)).toMatchObject({
      kind: 'payment',
      fact: 'paid',
      by: 'query',
      refusal: { code: 'ACQ.TRADE_CANCEL_TIME_OUT', words: 'too late' },
    });
    expect(bench.screens.at(-1)).toMatchObject({ state: 'notReversed', zh: '平台拒绝撤销,该单仍为已支付' });
    expect(bench.verdict(saleId)).toMatchObject({
      payment: 'paid',
      final: true,
      words: {
        zh: '¥12.80 已支付,小票已打印。支付平台拒绝撤销。原因:收银员操作。该单仍为已支付,请在平台另行退款。',
        en: '¥12.80: Paid, and the ticket is printed. The platform refused to give the money back. Cause: what was done at the till. It is paid still: refund it with the platform.',
      },
      advice: { display: { en: 'Not reversed: refused, still paid' } },
    });
    bench.clock.advance(3_000);
    expect(bench.terminal.state).toBe('idle');
    expect(bench.printed).toHaveLength(1);
  });

  test('can be asked for once more, and then the platform may take it', () => {
    const { bench, saleId } = paid([TOO_OLD, REFUND]);
    bench.queries.push(PAID);
    bench.terminal.reverse(saleId);
    bench.clock.advance(100);
    bench.terminal.reverse(saleId);
    bench.clock.advance(100);
    expect(factsOf(bench, saleId)).toMatchObject({ payment: 'reversed', reversal: 'asked' });
  });

  test('prints the ticket that is still to come', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID);
    bench.jobs.push(PAPER_OUT, PRINTED);
    bench.cancels.push(TOO_OLD);
    bench.queries.push(PAID);
    const saleId = bench.sell();
    bench.terminal.reverse(saleId);
    bench.clock.advance(10_000);
    expect(factsOf(bench, saleId)).toMatchObject({ payment: 'paid', ticket: 'printed', reversal: 'refused' });
  });

  test('is settled by what the platform says: refunded there by other means is reversed here', () => {
    const { bench, saleId } = paid([TOO_OLD]);
    bench.queries.push({ outcome: 'closed', refunded: true, code: 'TRADE_CLOSED', words: '' });
    bench.terminal.reverse(saleId);
    bench.clock.advance(100);
    expect(factsOf(bench, saleId).payment).toBe('reversed');
  });

  test.each([['silent' as const], [UNKNOWN]])(
    'stays unknown when the platform answers %j, and the guard task asks on',
    (answer) => {
      const { bench, saleId } = paid([TOO_OLD, TOO_OLD, TOO_OLD, TOO_OLD]);
      bench.queries.push(answer, PAID, PAID, PAID);
      bench.terminal.reverse(saleId);
      bench.clock.advance(8_000);
      expect(factsOf(bench, saleId)).toMatchObject({ payment: 'unknown', unresolved: true });
      bench.clock.advance(800_000);
      expect(factsOf(bench, saleId)).toMatchObject({ payment: 'unknown' });
      bench.clock.advance(200_000);
      expect(factsOf(bench, saleId)).toMatchObject({ payment: 'paid', ticket: 'printed', reversal: 'refused' });
      expect(bench.terminal.page(saleId).records.at(-1)).toMatchObject({
        refusal: { code: 'ACQ.TRADE_CANCEL_TIME_OUT' },
      });
      expect(bench.printed).toHaveLength(1);
      // The machine knows it too: nothing of the old doubt is left over.
      bench.jobs.push(PRINTED);
      bench.terminal.reprint(saleId);
      bench.clock.advance(100);
      expect(textOf(bench.printed.at(-1))).toContain('补打');
    },
  );

  test('is not believed at once where an earlier cancel may still be under way', () => {
    const { bench, saleId } = paid(['silent', TOO_OLD]);
    bench.queries.push(PAID);
    bench.terminal.reverse(saleId);
    bench.clock.advance(8_000);
    expect(factsOf(bench, saleId)).toMatchObject({ payment: 'unknown', unresolved: true });
  });

  test('nor where an earlier boot may have sent one', () => {
    const { bench, saleId } = paid(['silent', TOO_OLD]);
    bench.queries.push(PAID);
    bench.terminal.reverse(saleId);
    bench.clock.runUntil(() => bench.done.length > 0);
    bench.powerCut();
    bench.clock.advance(1_000);
    expect(bench.done).toEqual(['cancel', 'cancel']);
    expect(factsOf(bench, saleId)).toMatchObject({ payment: 'unknown', unresolved: true });
  });
});

describe('there is nothing to reverse', () => {
  test('of a sale that there is not', () => {
    expect(() => new Bench().terminal.reverse('T01')).toThrow(expect.objectContaining({ code: 'PJ_UNKNOWN_SALE' }));
  });

  test('of a sale that is not paid, or not known to be', () => {
    const bench = new Bench();
    bench.authorizations.push('silent', { outcome: 'refused', code: 'ACQ.PAYMENT_FAIL', words: '' });
    const saleId = bench.terminal.sell(1_280, { code: CODE });
    bench.clock.advance(100);
    expect(() => bench.terminal.reverse(saleId)).toThrow(notNow(`it is not known yet whether ${saleId} is paid`));
    const other = new Bench();
    other.authorizations.push({ outcome: 'refused', code: 'ACQ.PAYMENT_FAIL', words: '' });
    const declined = other.sell();
    expect(() => other.terminal.reverse(declined)).toThrow(
      notNow(`${declined} was not paid, so there is no money to go back`),
    );
  });

  test('of a sale that is being reversed, or was', () => {
    const { bench, saleId } = paid([REFUND]);
    bench.terminal.reverse(saleId);
    expect(() => bench.terminal.reverse(saleId)).toThrow(notNow(`the money of ${saleId} is going back already`));
    bench.clock.advance(1);
    expect(() => bench.terminal.reverse(saleId)).toThrow(notNow(`the money of ${saleId} is going back already`));
    bench.clock.advance(100);
    expect(() => bench.terminal.reverse(saleId)).toThrow(notNow(`the money of ${saleId} has gone back already`));
    bench.powerCut();
    bench.clock.advance(100);
    expect(() => bench.terminal.reverse(saleId)).toThrow(notNow(`the money of ${saleId} has gone back already`));
  });

  test('while another sale is under way, or holds the terminal', () => {
    const { bench, saleId } = paid([], { policy: { paper: 'required' } });
    bench.authorizations.push(PAID);
    bench.jobs.push('silent');
    bench.terminal.sell(100, { code: CODE });
    expect(() => bench.terminal.reverse(saleId)).toThrow(expect.objectContaining({ code: 'PJ_BUSY' }));
    const held = new Bench({ policy: { paper: 'required' } });
    held.authorizations.push(PAID, PAID);
    held.jobs.push(PRINTED, PAPER_OUT);
    const first = held.sell();
    held.clock.advance(5_000);
    held.sell();
    held.tell(NO_PAPER);
    expect(held.terminal.state).toBe('printFault');
    expect(() => held.terminal.reverse(first)).toThrow(expect.objectContaining({ code: 'PJ_TICKET_HELD' }));
    expect(factsOf(held, first).payment).toBe('paid');
  });
});
