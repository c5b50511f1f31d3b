import { expect, test } from 'vitest';
import { Bench, CODE, digitalUrl, PAID, PRINTED } from '../bench.js';

function prompting(): { bench: Bench; saleId: string } {
  const bench = new Bench({ policy: { print: 'prompt' } });
  bench.authorizations.push(PAID, PAID);
  bench.jobs.push(PRINTED, PRINTED);
  const saleId = bench.sell(100);
  return { bench, saleId };
}

test('after the payment the display asks whether a ticket is wanted, and nothing is printed yet', () => {
  const { bench, saleId } = prompting();
  expect(bench.terminal.state).toBe('prompting');
  expect(bench.screens.at(-1)).toMatchObject({ state: 'askPrint', zh: '¥12.80 已支付,是否打印小票?' });
  expect(bench.printed).toEqual([]);
  expect(bench.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'pending', final: true });
  expect(() => bench.terminal.sell(500)).toThrowError('prompting');
});

test('yes: it is printed', () => {
  const { bench, saleId } = prompting();
  bench.terminal.printNow();
  bench.clock.advance(100);
  expect(bench.verdict(saleId)).toMatchObject({ ticket: 'printed', tickets: { originals: 1, copies: 0 } });
  expect(bench.verdict(saleId).cause).toBeUndefined();
});

test('no: refused by the customer, and nothing is printed by a restart either', () => {
  const { bench, saleId } = prompting();
  bench.terminal.declineTicket();
  bench.clock.advance(100);
  expect(bench.screens.at(-1)).toMatchObject({ state: 'noTicket', zh: '¥12.80 已支付,无需打印' });
  expect(bench.verdict(saleId)).toMatchObject({
    payment: 'paid',
    ticket: 'refused',
    cause: { id: 'customer.no-ticket-wanted', confidence: 'certain' },
  });
  bench.powerCut();
  bench.clock.advance(60_000);
  expect(bench.printed).toEqual([]);
  expect(() => bench.terminal.declineTicket(saleId)).toThrowError('declined the ticket already');
});

test('no answer: it is printed when the time is up', () => {
  const { bench, saleId } = prompting();
  bench.clock.advance(9_800);
  expect(bench.printed).toEqual([]);
  bench.clock.advance(500);
  expect(bench.verdict(saleId)).toMatchObject({ ticket: 'printed' });
});

test('a customer who has gone: not printed, and the ticket can be printed later', () => {
  const { bench, saleId } = prompting();
  bench.terminal.customerLeft();
  bench.clock.advance(60_000);
  expect(bench.terminal.state).toBe('idle');
  expect(bench.verdict(saleId)).toMatchObject({ ticket: 'not-printed', cause: { id: 'customer.left-early' } });
  expect(bench.verdict(saleId).advice.display.zh).toBe('已支付,可补打或发送电子凭证');
  bench.terminal.reprint(saleId);
  bench.clock.advance(100);
  expect(bench.verdict(saleId)).toMatchObject({ ticket: 'printed', tickets: { originals: 1, copies: 0 } });
});

test('digital, please', () => {
  const { bench, saleId } = prompting();
  bench.terminal.offerDigital();
  bench.clock.advance(1);
  expect(bench.screens.at(-1)).toMatchObject({ state: 'digital', qr: digitalUrl(saleId) });
  expect(bench.verdict(saleId)).toMatchObject({ ticket: 'digital' });
});

test('a ticket that is asked about is printed only there', () => {
  const bench = new Bench({ policy: { print: 'prompt' } });
  expect(() => bench.terminal.printNow()).toThrowError('the display asks about no ticket, the terminal is at idle');
});

test.each(['nothing', 'all'] as const)(
  'a power cut at any moment that keeps %s of what was not synced: asked again if nothing was decided, one original at most, never lost',
  (kept) => {
    const states = new Set<string>();
    for (const answer of ['printNow', 'declineTicket'] as const) {
      for (let events = 0; events < 40; events++) {
        const bench = new Bench({ policy: { print: 'prompt' } });
        bench.authorizations.push(PAID);
        bench.queries.push(PAID);
        bench.jobs.push(PRINTED, PRINTED, PRINTED);
        bench.clock.advance(1);
        bench.terminal.sell(1_280, { code: CODE });
        for (let i = 0; i < events; i++) {
          bench.clock.step();
          if (bench.terminal.state === 'prompting' && i > 6) bench.terminal[answer]();
        }
        bench.powerCut(kept);
        const free = bench.clock.runUntil(() => bench.terminal.free || bench.terminal.state === 'prompting', 60_000);
        expect(free).toBe(true);
        states.add(bench.terminal.state);
        bench.clock.advance(60_000);
        for (const sale of bench.terminal.sales()) {
          if (sale.payment !== 'paid') continue;
          expect(['printed', 'refused']).toContain(sale.ticket);
          const originals = sale.prints.filter(({ copy }) => copy === 0);
          expect(originals.length).toBeLessThanOrEqual(1);
        }
      }
    }
    expect(states).toContain('prompting');
  },
);
