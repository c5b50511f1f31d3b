import { describe, expect, test } from 'vitest';
import { Bench, CODE, JAMMED, NO_PAPER, PAID, PRINTED, READY } from '../bench.js';

const REQUIRED = { paper: 'required' } as const;

test('no sale is begun while the printer is known to be unable, and the display says why', () => {
  const bench = new Bench({ policy: REQUIRED });
  bench.clock.advance(1);
  bench.tell(NO_PAPER);
  expect(() => bench.terminal.sell(1_280, { code: CODE })).toThrowError(
    'No sale is begun: a paper ticket is required here (policy.paper), and the printer cannot print: paper-out',
  );
  expect(bench.screens.at(-1)).toMatchObject({ state: 'paperRequired', zh: '必须提供纸质小票,缺纸,请装纸' });
  expect(bench.terminal.sales()).toEqual([]);
  expect(bench.done).toEqual([]);
  bench.clock.advance(3_000);
  expect(bench.terminal.state).toBe('idle');
  bench.tell(READY);
  bench.authorizations.push(PAID);
  bench.jobs.push(PRINTED);
  expect(bench.verdict(bench.sell())).toMatchObject({ payment: 'paid', ticket: 'printed' });
});

test('nor before the printer has told that it can', () => {
  const bench = new Bench({ policy: REQUIRED });
  bench.clock.advance(1);
  bench.status = { ...READY, ready: false, life: 'probing' };
  expect(() => bench.terminal.sell(1_280, { code: CODE })).toThrowError(/cannot print: it has not answered yet/);
  expect(bench.screens.at(-1)).toMatchObject({ state: 'paperRequired' });
  expect(bench.terminal.sales()).toEqual([]);
  bench.status = READY;
  bench.authorizations.push(PAID);
  bench.jobs.push(PRINTED);
  expect(bench.verdict(bench.sell())).toMatchObject({ payment: 'paid', ticket: 'printed' });
});

test('where paper is optional the sale is begun all the same', () => {
  const bench = new Bench();
  bench.tell(NO_PAPER);
  bench.authorizations.push(PAID);
  bench.jobs.push({ outcome: 'not-printed', blocks: 4, reason: 'paper-out' });
  expect(bench.verdict(bench.sell())).toMatchObject({ payment: 'paid', ticket: 'not-printed' });
});

describe('a paid sale without its ticket', () => {
  function held(): { bench: Bench; saleId: string } {
    const bench = new Bench({ policy: REQUIRED });
    bench.authorizations.push(PAID, PAID);
    bench.jobs.push(JAMMED, PRINTED, PRINTED);
    const saleId = bench.sell();
    return { bench, saleId };
  }
  const refuses = ({ bench, saleId }: { bench: Bench; saleId: string }) => {
    expect(() => bench.terminal.sell(500, { code: CODE })).toThrowError(
      `The sale ${saleId} is paid and has no ticket yet, and by policy (paper: required) no other goes before it.`,
    );
    expect(bench.screens.at(-1)).toMatchObject({ state: 'held', zh: '必须提供纸质小票,请先补打' });
  };
  const givesWay = ({ bench }: { bench: Bench }) => {
    expect(bench.verdict(bench.sell())).toMatchObject({ payment: 'paid', ticket: 'printed' });
  };

  test('is held, however long it takes, and says so', () => {
    const shop = held();
    shop.bench.clock.advance(3_600_000);
    refuses(shop);
    expect(shop.bench.verdict(shop.saleId)).toMatchObject({
      ticket: 'partial',
      cause: { id: 'printer.paper-jam' },
      also: [{ id: 'policy.paper-required', confidence: 'certain' }],
      advice: { display: { zh: '已支付,必须提供纸质小票' } },
    });
    expect(shop.bench.verdict(shop.saleId).advice.cashier.zh).toBe(
      '已支付,小票只打印了一部分。勿重复收款,清除卡纸后补打。必须提供纸质小票。',
    );
  });

  test('gives way once it is printed', () => {
    const shop = held();
    shop.bench.terminal.reprint(shop.saleId);
    shop.bench.clock.advance(100);
    givesWay(shop);
  });

  test('gives way when the customer wants none', () => {
    const shop = held();
    shop.bench.terminal.declineTicket(shop.saleId);
    shop.bench.clock.advance(100);
    givesWay(shop);
  });

  test('gives way when it is left with a reason, which stands in the journal', () => {
    const shop = held();
    shop.bench.terminal.leaveTicket(shop.saleId, 'printer beyond repair');
    givesWay(shop);
    const { evidence } = shop.bench.verdict(shop.saleId);
    expect(evidence.map(({ says }) => says)).toContain('the cashier went on without the ticket: printer beyond repair');
  });

  test('gives way when policy has voided it', () => {
    const bench = new Bench({ policy: { ...REQUIRED, unprinted: 'void-if-unprinted', voidAfterMs: 5_000 } });
    bench.authorizations.push(PAID, PAID);
    bench.jobs.push(JAMMED, PRINTED);
    bench.cancels.push({ outcome: 'cancelled', action: 'refund' });
    const saleId = bench.sell();
    refuses({ bench, saleId });
    bench.clock.advance(5_000);
    expect(bench.verdict(saleId)).toMatchObject({
      payment: 'reversed',
      cause: { id: 'policy.paper-required' },
      also: [{ id: 'printer.paper-jam' }],
    });
    givesWay({ bench });
  });

  test('is held after a restart too', () => {
    const shop = held();
    shop.bench.jobs.unshift(JAMMED);
    shop.bench.powerCut();
    shop.bench.clock.advance(1_000);
    refuses(shop);
  });

  test('lets no other ticket go before it', () => {
    const bench = new Bench({ policy: REQUIRED });
    bench.authorizations.push(PAID, PAID);
    bench.jobs.push(PRINTED, JAMMED, PRINTED);
    const first = bench.sell();
    const second = bench.sell();
    expect(() => bench.terminal.reprint(first)).toThrowError(`The sale ${second} is paid and has no ticket yet`);
    bench.terminal.reprint(second);
    bench.clock.advance(100);
    expect(bench.verdict(second)).toMatchObject({ ticket: 'printed' });
  });

  test('that a person sees complete, where the printer could not tell, gives way', () => {
    const bench = new Bench({ policy: REQUIRED });
    bench.authorizations.push(PAID, PAID);
    bench.jobs.push({ outcome: 'unknown', block: 3, blocks: 4, reason: 'link-lost' }, PRINTED);
    const saleId = bench.sell();
    refuses({ bench, saleId });
    bench.terminal.ticketSeen(saleId, 'complete');
    bench.clock.advance(100);
    givesWay({ bench });
  });
});
