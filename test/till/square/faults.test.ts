import { describe, expect, test } from 'vitest';
import type { FaultRecord } from '../../../src/faults/fault.js';
import { Bench } from './bench.js';

/** What the platform has of a sale's money, once all is settled. */
function kept(bench: Bench): string[] {
  return bench.world.platform?.ledger.trades().map(({ state }) => state) ?? [];
}

describe('an answer that is lost', () => {
  test('is known again by the status, and by the same key; the sale is made once', () => {
    const bench = new Bench();
    const mend = bench.world.tills.site.onRequest(() => ({ breaks: { delivered: true, how: 'silence' } }));
    const checkout = { amount_money: { amount: 100, currency: 'CNY' }, device_options: { device_id: 'T01' } };
    const body = { idempotency_key: 'once', checkout };
    const request = { path: '/v2/terminals/checkouts', headers: { authorization: 'Bearer x' }, json: body };
    expect(bench.till.hear(request, 30_000)).toBeUndefined();
    mend();
    const { json } = bench.ask('POST', '/v2/terminals/checkouts', body);
    expect(json.checkout.status).toBe('COMPLETED');
    expect(kept(bench)).toEqual(['TRADE_SUCCESS']);
  });
});

describe('an outcome that nobody knows', () => {
  test('stays in progress until the platform can be asked, and then says what it knows', () => {
    const bench = new Bench();
    bench.world.faults.put({ fault: 'network.answer-lost', when: 'now', times: 1 });
    bench.world.faults.put({ fault: 'network.down', when: { state: 'settling.querying' }, for: 120_000 });
    const { id } = bench.checkout(1_280);
    bench.clock.advance(60_000);
    expect(kept(bench)).toEqual(['TRADE_SUCCESS']);
    expect(bench.state('checkouts', id)).toBe('CANCEL_REQUESTED');
    expect(bench.get(`/v2/payments/${bench.saleOf(id)}`).json.payment.status).toBe('PENDING');
    expect(bench.till.notes).toEqual([]);
    bench.clock.advance(1_000_000); // The guard task asks again.
    expect(bench.state('checkouts', id)).toBe('CANCELED TIMED_OUT');
    expect(kept(bench)).toEqual(['TRADE_CLOSED']);
  });

  test('holds up no other sale once the terminal has left it to its guard task', () => {
    const bench = new Bench();
    bench.world.faults.put({ fault: 'network.down', when: { state: 'settling' }, for: 600_000 });
    const first = bench.checkout(100);
    bench.clock.runUntil(() => bench.shop.first.facts(bench.saleOf(first.id))?.unresolved === true, 500_000);
    const second = bench.checkout(200);
    bench.clock.advance(5_000);
    expect(bench.state('checkouts', second.id)).not.toBe('PENDING');
    expect(bench.state('checkouts', first.id)).toBe('CANCEL_REQUESTED');
  });
});

describe('a terminal that loses its power', () => {
  const MOMENTS: readonly Omit<FaultRecord, 'fault'>[] = [
    { when: { journal: 'sale-opened', at: 'append' }, unsynced: 'lost' },
    { when: { journal: 'sale-opened', at: 'append' }, unsynced: 'kept' },
    { when: { journal: 'sale-opened', at: 'synced' } },
    { when: { journal: 'authorize-intent', at: 'append' }, unsynced: 'lost' },
    { when: { journal: 'authorize-intent', at: 'synced' } },
    { when: { journal: 'payment', at: 'append' }, unsynced: 'lost' },
    { when: { journal: 'payment', at: 'synced' } },
    { when: { journal: 'print-intent', at: 'synced' } },
    { when: { journal: 'print-result', at: 'append' }, unsynced: 'lost' },
  ];

  test.each(MOMENTS)('at $when of $when.journal ends one way, and the platform has the same', (moment) => {
    const bench = new Bench();
    bench.world.faults.put({ fault: 'terminal.power-cut', offMs: 3_000, ...moment });
    const { id } = bench.checkout(1_280);
    const seen = new Set<string>();
    for (let asked = 0; asked < 150; asked++) {
      bench.clock.advance(2_000);
      seen.add(bench.state('checkouts', id));
    }
    const finals = [...seen].filter((state) => /^(COMPLETED|CANCELED)/.test(state));
    expect(finals).toHaveLength(1);
    const paid = kept(bench).filter((state) => state === 'TRADE_SUCCESS').length;
    expect(paid).toBe(finals[0] === 'COMPLETED' ? 1 : 0);
  });

  test('before the sale is in its journal loses nothing: the checkout is begun again', () => {
    const bench = new Bench();
    const when = { journal: 'sale-opened', at: 'append' } as const;
    bench.world.faults.put({ fault: 'terminal.power-cut', when, unsynced: 'lost', offMs: 5_000 });
    const { id } = bench.checkout(1_280);
    bench.clock.advance(4_000);
    expect(bench.state('checkouts', id)).toBe('PENDING');
    bench.until('checkouts', id, 'COMPLETED');
    expect(kept(bench)).toEqual(['TRADE_SUCCESS']);
  });
});

test('a cancel that crosses a power cut which takes the sale leaves nothing behind', () => {
  const bench = new Bench();
  const when = { journal: 'sale-opened', at: 'append' } as const;
  bench.world.faults.put({ fault: 'terminal.power-cut', when, unsynced: 'lost', offMs: 5_000 });
  const { id } = bench.checkout(1_280);
  bench.clock.advance(1_000);
  expect(bench.ask('POST', `/v2/terminals/checkouts/${id}/cancel`).json.checkout.status).toBe('CANCEL_REQUESTED');
  bench.clock.advance(10_000);
  expect(bench.state('checkouts', id)).toBe('CANCELED SELLER_CANCELED');
  expect(kept(bench)).toEqual([]);
});

describe('a cloud that is started again', () => {
  test('finds what waits, what is under way, and what is over', () => {
    const bench = new Bench({}, { custom: { behaviour: 'confirms', afterMs: 5_000 } });
    const first = bench.checkout(100);
    bench.until('checkouts', first.id, 'COMPLETED');
    const second = bench.checkout(200);
    const third = bench.checkout(300);
    bench.clock.advance(3_000);
    bench.restartCloud();
    const states = [first, second, third].map(({ id }) => bench.state('checkouts', id));
    expect(states).toEqual(['COMPLETED', 'IN_PROGRESS', 'PENDING']);
    bench.until('checkouts', third.id, 'COMPLETED');
    expect(bench.state('checkouts', second.id)).toBe('COMPLETED');
    expect(kept(bench)).toHaveLength(3);
  });

  test('times out what it was not there for', () => {
    const bench = new Bench();
    bench.world.powerOff(600_000);
    const { id } = bench.checkout(100);
    bench.restartCloud();
    bench.clock.advance(300_001);
    expect(bench.state('checkouts', id)).toBe('CANCELED TIMED_OUT');
  });
});

describe('a printer in trouble', () => {
  test('takes nothing from a payment that stands', () => {
    const bench = new Bench();
    bench.world.faults.put({ fault: 'printer.paper-jam' });
    const { id } = bench.checkout(1_280);
    bench.until('checkouts', id, 'COMPLETED');
    bench.clock.advance(20_000);
    const facts = bench.shop.first.facts(bench.saleOf(id));
    expect([facts?.payment, facts?.ticket, facts?.delivery]).toEqual(['paid', 'partial', 'delivered']);
  });

  test('voids the payment where the ticket is the law, and nothing is complete before it is out', () => {
    const bench = new Bench({ networkMs: 300, policy: { unprinted: 'void-if-unprinted', voidAfterMs: 10_000 } });
    bench.world.faults.put({ fault: 'printer.paper-out', when: 'now' });
    const { id } = bench.checkout(1_280);
    const seen = new Set<string>();
    for (let asked = 0; asked < 300; asked++) {
      bench.clock.advance(100);
      seen.add(bench.state('checkouts', id));
    }
    expect([...seen]).toEqual(['IN_PROGRESS', 'CANCEL_REQUESTED', 'CANCELED SELLER_CANCELED']);
    expect(kept(bench)).toEqual(['TRADE_CLOSED']);
  });

  test('where the ticket is the law lets no cancel come between the payment and its ticket', () => {
    const bench = new Bench({ policy: { unprinted: 'void-if-unprinted', voidAfterMs: 60_000 } });
    const empty = bench.world.faults.put({ fault: 'printer.paper-out', when: 'now' });
    const { id } = bench.checkout(1_280);
    bench.clock.advance(5_000);
    expect(bench.ask('POST', `/v2/terminals/checkouts/${id}/cancel`).status).toBe(400);
    bench.world.faults.clear(empty.id);
    bench.clock.advance(1_000);
    bench.world.people.reprint(bench.saleOf(id));
    bench.until('checkouts', id, 'COMPLETED');
  });
});
