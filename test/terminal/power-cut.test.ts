import { describe, expect, test } from 'vitest';
import { Bench, CODE, JAMMED, PAID, PRINTED, textOf, WAITING } from './bench.js';

/** Events of the clock that a whole sale takes; the loops below cut the power after each. */
const MANY = 60;

/** A sale whose power goes after `events` events of the clock, and what the next boot makes of it. */
function cutAfter(events: number, kept: 'nothing' | 'all', prepare: (bench: Bench) => void): Bench {
  const bench = new Bench();
  prepare(bench);
  bench.clock.advance(1);
  bench.terminal.sell(1_280, { code: CODE });
  for (let i = 0; i < events; i++) bench.clock.step();
  const before = bench.printed.length;
  bench.powerCut(kept);
  bench.clock.advance(120_000);
  expect(before).toBeLessThanOrEqual(1);
  return bench;
}

describe.each(['nothing', 'all'] as const)('a power cut that keeps %s of what was not synced', (kept) => {
  test('at any moment of a paid sale: authorised at most once, settled, one original at most', () => {
    let asked = 0;
    let reprinted = 0;
    for (let events = 0; events < MANY; events++) {
      const bench = cutAfter(events, kept, (b) => {
        b.authorizations.push(PAID);
        b.queries.push(PAID);
        b.jobs.push(PRINTED, PRINTED, PRINTED);
      });
      expect(bench.authorized.length).toBeLessThanOrEqual(1);
      const [sale, ...others] = bench.terminal.sales();
      expect(others).toEqual([]);
      if (sale === undefined) {
        expect(bench.authorized).toEqual([]);
        continue;
      }
      if (bench.authorized.length === 1) expect(sale.payment).toBe('paid');
      expect(sale.payment).toBe(sale.sent ? 'paid' : 'not-paid');
      expect(sale.ticket).toBe(sale.payment === 'paid' ? 'printed' : 'none');
      const unmarked = bench.printed.filter((job) => !textOf(job).includes('补打'));
      expect(unmarked.length).toBeLessThanOrEqual(1);
      asked += bench.done.includes('query') ? 1 : 0;
      reprinted += bench.printed.length > 1 ? 1 : 0;
    }
    expect(asked).toBeGreaterThan(0);
    expect(reprinted).toBeGreaterThan(0);
  });

  test('at any moment of a sale that is being cancelled: the cancel goes on, and nothing is claimed before it is answered', () => {
    let continued = 0;
    for (let events = 0; events < MANY; events++) {
      const bench = cutAfter(events, kept, (b) => {
        b.authorizations.push(WAITING);
        b.queries.push(WAITING, WAITING, WAITING, WAITING, WAITING, WAITING, WAITING, WAITING, WAITING, WAITING);
        b.cancels.push({ outcome: 'cancelled', action: 'close' }, { outcome: 'cancelled', action: 'close' });
      });
      expect(bench.authorized.length).toBeLessThanOrEqual(1);
      for (const sale of bench.terminal.sales()) expect(sale.payment).toBe('not-paid');
      expect(bench.printed).toEqual([]);
      continued += bench.done.filter((act) => act === 'cancel').length > 1 ? 1 : 0;
    }
    expect(continued).toBeGreaterThan(0);
  });
});

test('a sale that the guard task had taken over is taken over again after a restart', () => {
  const bench = new Bench();
  bench.authorizations.push('silent');
  bench.terminal.sell(1_280, { code: CODE });
  bench.clock.advance(1_000);
  bench.terminal.cancel();
  bench.clock.runUntil(() => bench.terminal.state === 'unresolved');
  bench.clock.advance(1);
  bench.powerCut();
  expect(bench.terminal.found.map(({ finding }) => finding)).toEqual(['guard']);
  bench.cancels.push({ outcome: 'cancelled', action: 'close' });
  bench.clock.advance(6_000);
  expect(bench.terminal.sales()[0]).toMatchObject({ payment: 'not-paid', unresolved: false });
});

test('a restart after a jam prints the marked copy and says what it found', () => {
  const bench = new Bench();
  bench.authorizations.push(PAID);
  bench.jobs.push(JAMMED, PRINTED);
  const saleId = bench.sell();
  bench.powerCut();
  bench.clock.advance(1_000);
  expect(bench.screens.find(({ state, zh }) => state === 'boot' && zh.includes('1 笔'))).toBeDefined();
  expect(bench.verdict(saleId)).toMatchObject({ ticket: 'printed', tickets: { originals: 1, copies: 1 } });
  expect(bench.kinds().slice(-3)).toEqual(['boot', 'print-intent:1', 'print-result:printed']);
});

test('a ticket that no printer confirmed is not printed by a restart: it is most likely there', () => {
  const bench = new Bench();
  bench.authorizations.push(PAID);
  bench.jobs.push({ outcome: 'unconfirmed', blocks: 4 });
  const saleId = bench.sell();
  bench.powerCut();
  bench.clock.advance(60_000);
  expect(bench.terminal.found).toEqual([]);
  expect(bench.printed).toHaveLength(1);
  expect(bench.verdict(saleId)).toMatchObject({ ticket: 'unconfirmed' });
});

test('a restart while such a printer has a ticket under way prints a marked copy: nobody can say what became of it', () => {
  const bench = new Bench();
  bench.authorizations.push(PAID);
  bench.jobs.push('silent', { outcome: 'unconfirmed', blocks: 4 });
  const saleId = bench.sell();
  bench.powerCut();
  bench.clock.advance(60_000);
  expect(textOf(bench.printed[1])).toContain('补打 COPY 1');
  expect(bench.verdict(saleId)).toMatchObject({ ticket: 'unconfirmed', tickets: { originals: 1, copies: 1 } });
});

test('a ticket that the cashier went on without is not printed by a restart', () => {
  const bench = new Bench();
  bench.authorizations.push(PAID, PAID);
  bench.jobs.push(JAMMED, PRINTED);
  bench.sell();
  bench.sell();
  bench.powerCut();
  expect(bench.terminal.found).toEqual([]);
});

test('a restart after a ticket that was left unfinished has the next one begin on a new piece of paper, whoever buys', () => {
  const bench = new Bench();
  bench.authorizations.push(PAID, PAID, PAID);
  bench.jobs.push(JAMMED, { outcome: 'not-printed', blocks: 4, reason: 'mechanical-error' }, PRINTED, PRINTED);
  bench.sell();
  bench.sell(); // The first ticket is left, and of the second nothing comes out.
  bench.powerCut();
  bench.clock.advance(1_000);
  bench.sell();
  expect(bench.printed.map(({ clearFirst }) => clearFirst)).toEqual([false, false, true, false]);
});
