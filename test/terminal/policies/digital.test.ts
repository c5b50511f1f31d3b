import { describe, expect, test } from 'vitest';
import { Bench, CODE, digitalUrl, JAMMED, NO_PAPER, PAID, PRINTED } from '../bench.js';

describe('a digital ticket', () => {
  test('is offered after a print fault by policy: written first, then shown', () => {
    const bench = new Bench({ policy: { unprinted: 'offer-digital' } });
    bench.authorizations.push(PAID, PAID);
    bench.jobs.push(JAMMED, PRINTED);
    bench.clock.advance(1);
    const saleId = bench.terminal.sell(1_280, { code: CODE });
    bench.clock.runUntil(() => bench.screens.at(-1)?.state === 'digital');
    expect(bench.kinds().at(-1)).toBe('ticket-digital');
    expect(bench.screens.at(-1)).toEqual({
      state: 'digital',
      zh: '¥12.80 已支付,请扫码取电子凭证',
      en: '¥12.80 Paid, scan for your ticket',
      saleId,
      qr: digitalUrl(saleId),
    });
    expect(bench.verdict(saleId)).toMatchObject({
      payment: 'paid',
      ticket: 'digital',
      cause: { id: 'printer.paper-jam' },
    });
    expect(bench.verdict(saleId).advice.cashier.zh).toBe('已支付,已提供电子凭证。无需补打。');
    expect(bench.terminal.free).toBe(true);
    bench.clock.advance(59_000);
    expect(bench.terminal.state).toBe('digital');
    bench.clock.advance(2_000);
    expect(bench.terminal.state).toBe('idle');
    expect(bench.verdict(bench.sell())).toMatchObject({ ticket: 'printed' });
    expect(bench.verdict(saleId)).toMatchObject({ ticket: 'digital' });
  });

  test('does not keep a person from printing: what comes out then is a marked copy, and the ticket is printed', () => {
    const bench = new Bench({ policy: { unprinted: 'offer-digital' } });
    bench.authorizations.push(PAID);
    bench.jobs.push(JAMMED, JAMMED, PRINTED);
    const saleId = bench.sell();
    bench.terminal.reprint(saleId);
    bench.clock.advance(1_000);
    expect(bench.verdict(saleId)).toMatchObject({ ticket: 'digital' });
    expect(bench.terminal.state).toBe('printFault');
    bench.terminal.reprint(saleId);
    bench.clock.advance(1_000);
    expect(bench.verdict(saleId)).toMatchObject({ ticket: 'printed', tickets: { originals: 1, copies: 2 } });
  });

  test('is offered on wish, also of a sale that was printed long ago', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID, PAID);
    bench.jobs.push(PRINTED, PRINTED);
    const first = bench.sell();
    bench.sell(10_000);
    bench.terminal.offerDigital(first);
    bench.clock.advance(1);
    expect(bench.screens.at(-1)).toMatchObject({ state: 'digital', saleId: first, qr: digitalUrl(first) });
    expect(bench.verdict(first)).toMatchObject({ ticket: 'printed' });
  });

  test.each([
    ['where there are none', { digital: false }, 'There is no digital ticket to offer'],
    ['where paper is a must', { policy: { paper: 'required' } }, 'a paper ticket is required here'],
  ] as const)('is refused %s', (_, options, words) => {
    const bench = new Bench(options);
    bench.authorizations.push(PAID);
    bench.jobs.push(JAMMED);
    const saleId = bench.sell();
    expect(() => bench.terminal.offerDigital(saleId)).toThrowError(words);
    expect(bench.kinds()).not.toContain('ticket-digital');
  });

  test('is refused before the money is there, and while something else is under way', () => {
    const bench = new Bench();
    bench.authorizations.push('silent', PAID);
    const saleId = bench.sell(100);
    expect(() => bench.terminal.offerDigital(saleId)).toThrowError('its payment is unknown');
    const other = new Bench();
    other.authorizations.push(PAID);
    other.jobs.push('silent');
    const printing = other.sell();
    expect(() => other.terminal.offerDigital(printing)).toThrowError(
      'cannot do this now: a ticket is being printed (printing)',
    );
    expect(() => new Bench().terminal.offerDigital()).toThrowError('the terminal is at no sale');
  });

  test('without digital tickets the policy is to keep the sale and reprint', () => {
    const bench = new Bench({ digital: false, policy: { unprinted: 'offer-digital' } });
    bench.authorizations.push(PAID);
    bench.jobs.push(JAMMED);
    bench.sell();
    expect(bench.terminal.state).toBe('printFault');
  });

  test.each(['nothing', 'all'] as const)(
    'of which a power cut took the picture (and of what was not synced keeps %s) is shown again, as long as somebody may be there',
    (kept) => {
      let shownAgain = 0;
      for (let events = 0; events < 30; events++) {
        const bench = new Bench({ policy: { unprinted: 'offer-digital' } });
        bench.authorizations.push(PAID);
        bench.queries.push(PAID);
        bench.jobs.push(JAMMED, JAMMED, JAMMED);
        bench.clock.advance(1);
        bench.terminal.sell(1_280, { code: CODE });
        for (let i = 0; i < events; i++) bench.clock.step();
        const digital = bench.terminal.sales()[0]?.ticket === 'digital';
        bench.powerCut(kept);
        bench.clock.advance(30_000);
        const [sale] = bench.terminal.sales();
        if (sale?.payment === 'paid') expect(sale.ticket).toBe('digital');
        if (!digital) continue;
        expect(bench.screens.at(-1)).toMatchObject({ state: 'digital', saleId: sale?.saleId });
        shownAgain++;
        bench.clock.advance(60_000);
        bench.powerCut();
        expect(bench.terminal.found).toEqual([]);
      }
      expect(shownAgain).toBeGreaterThan(0);
    },
  );

  test('is not offered where paper is required: the sale is held', () => {
    const bench = new Bench({ policy: { unprinted: 'offer-digital', paper: 'required' } });
    bench.authorizations.push(PAID);
    bench.jobs.push(JAMMED);
    bench.sell();
    bench.tell(NO_PAPER);
    expect(bench.terminal.state).toBe('printFault');
    expect(bench.terminal.free).toBe(true);
    expect(() => bench.terminal.sell(100)).toThrowError('no other goes before it');
  });
});
