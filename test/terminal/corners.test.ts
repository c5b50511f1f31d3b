import { describe, expect, test } from 'vitest';
import type { CancelAnswer } from '../../src/ports/acquirer.js';
import { Bench, CODE, JAMMED, PAID, PRINTED, READY, textOf, UNKNOWN } from './bench.js';

/** A sale whose cancel was never answered, left to the guard task. */
function unresolved(bench: Bench): string {
  bench.authorizations.push('silent');
  bench.cancels.push('silent', 'silent', 'silent');
  const saleId = bench.terminal.sell(1_280, { code: CODE });
  bench.clock.advance(1_000);
  bench.terminal.cancel();
  bench.clock.runUntil(() => bench.terminal.state === 'unresolved');
  bench.clock.advance(1);
  return saleId;
}

const TOO_LATE = { outcome: 'refused', code: 'ACQ.TRADE_CANCEL_TIME_OUT', words: '' } as const;

test('a cancel does not overtake the authorisation: it waits for its answer', () => {
  const bench = new Bench();
  bench.authorizations.push(PAID);
  bench.cancels.push({ outcome: 'cancelled', action: 'refund' });
  const saleId = bench.terminal.sell(1_280, { code: CODE });
  bench.clock.step();
  bench.terminal.cancel();
  bench.terminal.cancel();
  bench.clock.advance(5);
  expect(bench.done).toEqual(['authorize']);
  bench.clock.advance(100);
  expect(bench.done).toEqual(['authorize', 'cancel']);
  expect(bench.verdict(saleId)).toMatchObject({ payment: 'reversed', cause: { id: 'operation.cashier' } });
  expect(bench.kinds().filter((kind) => kind === 'cancel-intent')).toHaveLength(1);
});

test('a cancel waits no longer than an authorisation may take', () => {
  const bench = new Bench();
  bench.authorizations.push('silent');
  bench.cancels.push({ outcome: 'cancelled', action: 'close' });
  const saleId = bench.terminal.sell(1_280, { code: CODE });
  bench.clock.advance(1_000);
  bench.terminal.cancel();
  bench.clock.advance(9_990);
  expect(bench.done).toEqual(['authorize']);
  bench.clock.advance(100);
  expect(bench.verdict(saleId)).toMatchObject({ payment: 'not-paid' });
});

describe('a cancel that finds nothing, while the request to pay has not been answered', () => {
  const NOTHING: CancelAnswer = { outcome: 'cancelled', action: 'none' };

  /** The cashier gives up at once, so that the first cancel is sent 10 s after the code was read. */
  function givenUp(cancels: CancelAnswer[], timings = {}): { bench: Bench; saleId: string } {
    const bench = new Bench({ timings });
    bench.authorizations.push('silent');
    bench.cancels.push(...cancels);
    const saleId = bench.terminal.sell(1_280, { code: CODE });
    bench.terminal.cancel();
    return { bench, saleId };
  }

  test('is repeated until the code cannot be paid with any more: only then it is not paid', () => {
    const { bench, saleId } = givenUp(Array.from({ length: 40 }, () => NOTHING));
    bench.clock.advance(89_900);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'unknown', final: false });
    expect(bench.terminal.free).toBe(true);
    bench.clock.advance(6_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'not-paid', final: true });
    const asked = bench.done.length;
    bench.clock.advance(3_600_000);
    expect(bench.done.length).toBe(asked);
  });

  test('gives the money back when the request is booked behind it', () => {
    const { bench, saleId } = givenUp([NOTHING, NOTHING, NOTHING, NOTHING, { outcome: 'cancelled', action: 'refund' }]);
    bench.clock.advance(60_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'reversed', final: true });
  });

  test('counts from the moment at which it was sent, not from that of its answer', () => {
    const { bench, saleId } = givenUp([NOTHING], { codeLifeMs: 10_005 });
    bench.clock.advance(10_020);
    expect(bench.done).toEqual(['authorize', 'cancel']);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'unknown' });
  });

  test('is final at once after a code that is dead already', () => {
    const { bench, saleId } = givenUp([NOTHING], { codeLifeMs: 10_000 });
    bench.clock.advance(10_020);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'not-paid' });
  });

  test('is remembered over a power cut: the journal knows when the code was read', () => {
    const { bench, saleId } = givenUp([NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING]);
    bench.clock.advance(11_000);
    bench.powerCut();
    bench.clock.advance(20_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'unknown' });
    bench.cancels.push(...Array.from({ length: 40 }, () => NOTHING));
    bench.clock.advance(1_000_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'not-paid' });
  });
});

test('a sale that the guard task finds paid gets its ticket, as soon as there is time', () => {
  const bench = new Bench({ timings: { guardEveryMs: 1_000 } });
  const saleId = unresolved(bench);
  bench.cancels.push(TOO_LATE, TOO_LATE);
  bench.queries.push(PAID, PAID); // It is believed once it has said so for a round.
  bench.jobs.push(PRINTED);
  bench.clock.advance(20_000);
  expect(bench.verdict(saleId)).toMatchObject({
    payment: 'paid',
    ticket: 'printed',
    tickets: { originals: 1, copies: 0 },
  });
});

test('a sale that is waiting for its ticket, and is reprinted meanwhile, is printed once', () => {
  const bench = new Bench({ timings: { guardEveryMs: 1_000 } });
  const first = unresolved(bench);
  bench.authorizations.push(PAID);
  bench.jobs.push('silent');
  const second = bench.sell(100);
  bench.cancels.push(TOO_LATE, TOO_LATE);
  bench.queries.push(PAID, PAID); // It is believed once it has said so for a round.
  bench.clock.advance(10_000);
  bench.powerCut();
  expect(bench.terminal.found.map(({ finding, facts }) => [finding, facts.saleId])).toEqual([
    ['reprint', second],
    ['print', first],
  ]);
  bench.jobs.push(JAMMED, PRINTED, PRINTED);
  bench.clock.advance(1_000);
  expect(bench.terminal.state).toBe('printFault');
  bench.terminal.reprint(first);
  bench.clock.advance(30_000);
  const ofFirst = bench.printed.filter((job) => job.jobId.startsWith(first));
  expect(ofFirst).toHaveLength(1);
  expect(textOf(ofFirst[0])).not.toContain('补打');
  expect(bench.verdict(first)).toMatchObject({ ticket: 'printed', tickets: { originals: 1, copies: 0 } });
});

test('a sale that the guard task takes over while it cancels another has its first turn soon', () => {
  const bench = new Bench({ timings: { cancelTimeoutMs: 4_000 } });
  unresolved(bench);
  bench.clock.advance(3_000); // The guard task begins 5 s after it took the first over, and waits 4 s for an answer.
  bench.authorizations.push('silent');
  const second = bench.terminal.sell(500, { code: CODE });
  bench.cancels.push('silent', 'silent', 'silent', 'silent', 'silent');
  bench.clock.advance(100);
  bench.terminal.cancel();
  bench.clock.runUntil(() => bench.terminal.state === 'unresolved');
  const fromMs = bench.clock.now();
  bench.cancels.length = 0;
  for (let i = 0; i < 10; i++) bench.cancels.push({ outcome: 'cancelled', action: 'close' });
  bench.clock.runUntil(() => bench.verdict(second).final, 100_000);
  expect(bench.clock.now() - fromMs).toBeLessThan(20_000);
});

test('an order that turns out closed and refunded is reversed, not "never paid"', () => {
  const bench = new Bench();
  bench.authorizations.push(UNKNOWN);
  bench.queries.push({ outcome: 'closed', refunded: true, code: 'TRADE_CLOSED', words: '' });
  expect(bench.verdict(bench.sell())).toMatchObject({ payment: 'reversed', ticket: 'none' });
});

test('a customer who refuses after being asked: not paid, and the cause says so', () => {
  const bench = new Bench();
  bench.authorizations.push({ outcome: 'waiting', code: '10003', words: '' });
  bench.queries.push({ outcome: 'closed', code: 'TRADE_CLOSED', words: '' });
  expect(bench.verdict(bench.sell(10_000))).toMatchObject({ payment: 'not-paid', cause: { id: 'customer.refused' } });
});

test('by policy a copy is printed by itself also when the printer was ready before the fault was noticed, five times at most', () => {
  const bench = new Bench({ policy: { reprint: 'when-ready' } });
  bench.authorizations.push(PAID);
  for (let i = 0; i < 20; i++) bench.jobs.push(JAMMED);
  bench.tell(READY);
  bench.sell(100);
  bench.clock.advance(600_000);
  expect(bench.printed).toHaveLength(5);
  expect(bench.terminal.state).toBe('printFault');
});

test('a ticket that the printer cannot print is a fault of its own, and the sale goes on', () => {
  const bench = new Bench();
  bench.authorizations.push(PAID);
  bench.unprintable = true;
  expect(bench.verdict(bench.sell())).toMatchObject({ payment: 'paid', ticket: 'not-printed' });
  expect(bench.terminal.free).toBe(true);
});

test('the terminal has caught up once what it knows is durable and shown, or can never be', () => {
  const bench = new Bench();
  bench.clock.advance(10);
  expect(bench.terminal.caughtUp).toBe(true);
  bench.terminal.sell(1_280);
  expect(bench.terminal).toMatchObject({ state: 'scanning', caughtUp: false, screen: { state: 'idle' } });
  bench.clock.advance(1);
  expect(bench.terminal).toMatchObject({ state: 'scanning', caughtUp: true, screen: { state: 'scanning' } });
  bench.flash.failSyncs(1);
  bench.terminal.cancel();
  expect(bench.terminal.caughtUp).toBe(false);
  bench.clock.advance(1);
  expect(bench.terminal).toMatchObject({ state: 'outOfService', caughtUp: true });
});

test('a scanner that runs wild fills no journal, and the right code behind it is still taken', () => {
  const bench = new Bench();
  bench.authorizations.push(PAID);
  bench.jobs.push(PRINTED);
  const saleId = bench.terminal.sell(1_280);
  for (let i = 0; i < 5_000; i++) bench.terminal.scan('no code');
  bench.clock.advance(10);
  expect(bench.screens.at(-1)).toMatchObject({ zh: '付款码无效,请重新扫码' });
  bench.terminal.scan(CODE);
  bench.clock.advance(1_000);
  for (let i = 0; i < 5_000; i++) bench.terminal.scan(CODE);
  bench.clock.advance(10_000);
  expect(bench.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'printed' });
  expect(bench.kinds().filter((kind) => kind === 'code-rejected')).toHaveLength(20);
  expect(bench.kinds().length).toBeLessThan(60);
});
