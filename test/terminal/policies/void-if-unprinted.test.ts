import { describe, expect, test } from 'vitest';
import { Bench, CODE, JAMMED, PAID, PAPER_OUT, PRINTED, READY } from '../bench.js';

const VOIDS = { unprinted: 'void-if-unprinted', voidAfterMs: 30_000 } as const;
const REFUND = { outcome: 'cancelled', action: 'refund' } as const;

function paid(policy = {}): Bench {
  const bench = new Bench({ policy: { ...VOIDS, ...policy } });
  bench.authorizations.push(PAID);
  return bench;
}

describe('a paid sale whose ticket surely did not come out, where policy gives the money back', () => {
  test.each([
    ['nothing of it', PAPER_OUT],
    ['a part of it', JAMMED],
  ])('%s: is reversed when it was not reprinted in time, written before it is asked for', (_, result) => {
    const bench = paid();
    bench.jobs.push(result);
    bench.cancels.push(REFUND);
    const saleId = bench.sell();
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'paid', final: false });
    expect(bench.verdict(saleId).advice.cashier.zh).toContain('出错后 30 秒内没有打印好,将自动退款');
    bench.clock.advance(28_000);
    expect(bench.done).toEqual(['authorize', 'print 1']);
    bench.clock.advance(2_000);
    expect(bench.done).toEqual(['authorize', 'print 1', 'cancel']);
    expect(bench.kinds().slice(-3)).toEqual(['cancel-intent', 'platform-answer:cancelled', 'payment:reversed']);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'reversed', final: true, ticket: result.outcome });
    expect(bench.verdict(saleId).advice.cashier.zh).toContain('已按规定撤销,款项已退回顾客');
    expect(bench.screens.at(-1)).toMatchObject({ state: 'reversed' });
  });

  test('is not reversed once it was reprinted, and a failed reprint does not put the time off', () => {
    const mended = paid();
    mended.jobs.push(JAMMED, PRINTED);
    const saleId = mended.sell();
    mended.clock.advance(20_000);
    mended.terminal.reprint(saleId);
    mended.clock.advance(600_000);
    expect(mended.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'printed', final: true });

    const again = paid();
    again.jobs.push(JAMMED, JAMMED);
    again.cancels.push(REFUND);
    const other = again.sell();
    again.clock.advance(20_000);
    again.terminal.reprint(other);
    again.clock.advance(9_500);
    expect(again.verdict(other)).toMatchObject({ payment: 'reversed' });
  });

  test.each([
    ['unknown', { outcome: 'unknown', block: 3, blocks: 4, reason: 'link-lost' }],
    ['unconfirmed', { outcome: 'unconfirmed', blocks: 4 }],
    ['printed', PRINTED],
  ] as const)('is never reversed when it may be complete: %s', (ticket, result) => {
    const bench = paid();
    bench.jobs.push(result);
    const saleId = bench.sell();
    bench.clock.advance(3_600_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'paid', ticket, final: true });
    expect(bench.done).not.toContain('cancel');
  });

  test('is never reversed when an earlier attempt may have come out complete', () => {
    const bench = paid();
    bench.jobs.push({ outcome: 'unknown', block: 3, blocks: 4, reason: 'link-lost' }, PAPER_OUT);
    const saleId = bench.sell();
    bench.terminal.reprint(saleId);
    bench.clock.advance(3_600_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'not-printed', final: true });
    expect(bench.done).not.toContain('cancel');
  });

  test('holds back the next sale until then, unless the customer declines or the cashier gives a reason', () => {
    const bench = paid();
    bench.jobs.push(JAMMED);
    const saleId = bench.sell();
    expect(() => bench.terminal.sell(500, { code: CODE })).toThrowError(
      `The sale ${saleId} is paid and has no ticket yet`,
    );
    expect(bench.screens.at(-1)).toMatchObject({ state: 'held', zh: '请先补打小票,否则将自动退款' });
    expect(bench.terminal.sales()).toHaveLength(1);
    bench.terminal.declineTicket();
    bench.clock.advance(600_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'refused', final: true });
    expect(bench.done).not.toContain('cancel');
  });

  test('no ticket is printed for it from the first cancel on, whatever the printer and the cashier want', () => {
    const bench = paid({ reprint: 'when-ready' });
    bench.jobs.push(JAMMED, PRINTED);
    bench.cancels.push('silent', 'silent', 'silent');
    const saleId = bench.sell();
    bench.clock.runUntil(() => bench.done.includes('cancel'));
    bench.tell(READY);
    expect(() => bench.terminal.reprint(saleId)).toThrowError('its money is going back');
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'unknown', final: false });
    expect(bench.verdict(saleId).advice.cashier.zh).toContain('正在按规定撤销退款');
    bench.clock.advance(30_000);
    expect(bench.terminal.state).toBe('idle');
    bench.cancels.push(REFUND);
    bench.clock.advance(1_000_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'reversed', final: true });
    expect(bench.printed).toHaveLength(1);
  });

  test('that the platform finds closed without saying that it gave money back is reversed all the same: it had been paid', () => {
    const bench = paid();
    bench.jobs.push(JAMMED);
    bench.cancels.push({ outcome: 'cancelled', action: 'close' });
    const saleId = bench.sell();
    bench.clock.advance(60_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'reversed' });
  });

  test('that the platform will not cancel stays paid, for good, and is printed when there is time', () => {
    const bench = paid();
    bench.jobs.push(JAMMED, PRINTED);
    bench.cancels.push({ outcome: 'refused', code: 'ACQ.TRADE_HAS_FINISHED', words: '' });
    bench.cancels.push({ outcome: 'refused', code: 'ACQ.TRADE_HAS_FINISHED', words: '' });
    bench.cancels.push({ outcome: 'refused', code: 'ACQ.TRADE_HAS_FINISHED', words: '' });
    bench.queries.push(PAID, PAID);
    const saleId = bench.sell();
    bench.clock.advance(120_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'unknown', final: false }); // One word is not enough.
    bench.clock.advance(900_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'printed', final: true });
    expect(bench.printed).toHaveLength(2);
  });
});

describe.each(['nothing', 'all'] as const)('a power cut that keeps %s of what was not synced', (kept) => {
  test('at any moment until the sale is void: reversed in the end, one refund asked for, and no ticket after it', () => {
    const outcomes = new Set<string>();
    for (let events = 0; events < 60; events++) {
      const bench = new Bench({ policy: { ...VOIDS, reprint: 'ask' } });
      bench.authorizations.push(PAID);
      bench.queries.push(PAID);
      for (let i = 0; i < 6; i++) bench.jobs.push(JAMMED);
      for (let i = 0; i < 9; i++) bench.cancels.push(REFUND);
      bench.clock.advance(1);
      bench.terminal.sell(1_280, { code: CODE });
      for (let i = 0; i < events; i++) bench.clock.step();
      bench.powerCut(kept);
      bench.clock.advance(600_000);
      for (const { payment, sent, prints } of bench.terminal.sales()) {
        // A job that the power cut into may be complete on the paper: that sale stays paid.
        const cutInto = prints.some(({ result }) => result?.outcome === 'unknown');
        expect(payment, `after ${events} events`).toBe(!sent ? 'not-paid' : cutInto ? 'paid' : 'reversed');
        outcomes.add(payment);
      }
      const cancelAt = bench.done.indexOf('cancel');
      if (cancelAt >= 0) expect(bench.done.slice(cancelAt).filter((act) => act.startsWith('print'))).toEqual([]);
      expect(bench.authorized.length).toBeLessThanOrEqual(1);
    }
    expect([...outcomes].sort()).toEqual(['not-paid', 'paid', 'reversed']);
  });
});

describe('what a person has said of the ticket', () => {
  test.each([
    ['the customer has gone', (bench: Bench, saleId: string) => bench.terminal.customerLeft(saleId)],
    ['the customer wants none', (bench: Bench, saleId: string) => bench.terminal.declineTicket(saleId)],
    ['the cashier goes on', (bench: Bench, saleId: string) => bench.terminal.leaveTicket(saleId, 'goes on')],
  ])('%s: paid for good, also when it is printed later all the same, and fails', (_, tell) => {
    const bench = paid();
    bench.jobs.push(JAMMED, JAMMED);
    bench.cancels.push(REFUND);
    const saleId = bench.sell();
    tell(bench, saleId);
    bench.clock.advance(5_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'paid', final: true });
    bench.terminal.reprint(saleId);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'paid', final: true });
    bench.clock.advance(600_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'paid', final: true });
    expect(bench.done).toEqual(['authorize', 'print 1', 'print 2']);
    bench.powerCut();
    bench.clock.advance(600_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'paid', final: true });
  });

  test.each(['blank', 'unreadable'] as const)('%s, and then the power goes: it does not stay open for ever', (seen) => {
    const bench = paid();
    bench.jobs.push(JAMMED, JAMMED);
    bench.cancels.push(REFUND);
    const saleId = bench.sell();
    bench.terminal.ticketSeen(saleId, seen);
    bench.clock.advance(1_000);
    bench.powerCut();
    bench.clock.advance(120_000);
    expect(bench.verdict(saleId)).toMatchObject({ payment: 'reversed', final: true });
  });
});
