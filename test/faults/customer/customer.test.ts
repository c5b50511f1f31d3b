import { describe, expect, test } from 'vitest';
import { FaultBoard } from '../../../src/faults/board.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { People } from '../../../src/world/people.js';
import { openShop } from '../shop.js';

describe('a customer who', () => {
  test('hesitates is waited for, and paid in the end', async () => {
    const shop = await openShop([{ fault: 'customer.hesitates', decidesMs: 12_000 }]);
    const saleId = shop.sell();
    shop.clock.advance(8_000);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'unknown', final: false });
    expect(shop.settle()).toBe(true);
    expect(shop.screens).toContain('awaitingBuyer');
    expect(shop.verdict(saleId).payment).toBe('paid');
    shop.expectHonest();
  });

  test('hesitates for too long has not paid: the order is cancelled, and closed on the ledger too', async () => {
    const shop = await openShop([{ fault: 'customer.hesitates', decidesMs: 100_000 }]);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    shop.clock.advance(200_000);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'not-paid', cause: { id: 'operation.timeout' } });
    shop.expectHonest();
  });

  test.each([
    ['customer.refuses', 'customer.refused'],
    ['customer.no-money', 'customer.refused'],
  ])('%s: not paid', async (fault, cause) => {
    const shop = await openShop([{ fault }]);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'not-paid', ticket: 'none', cause: { id: cause } });
    const next = shop.sell();
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(next).payment).toBe('paid');
    shop.expectHonest();
  });

  test('shows a code that somebody typed in behaves so too', async () => {
    const shop = await openShop([{ fault: 'customer.no-money' }]);
    const saleId = shop.sell({ code: '281234567890123456' });
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'not-paid', cause: { id: 'customer.refused' } });
    const next = shop.sell({ code: '281234567890123457' });
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(next).payment).toBe('paid');
    shop.expectHonest();
  });

  test('shows an old success page has shown no code', async () => {
    const shop = await openShop([{ fault: 'customer.old-success-page' }]);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'not-paid', cause: { id: 'customer.skipped-scan' } });
    expect(shop.authorised()).toBe(0);
    shop.expectHonest();
  });

  test('shows an old success page with a barcode: the number of a trade is no payment code, and is known for one', async () => {
    const shop = await openShop([{ fault: 'customer.old-success-page', barcode: 'trade-number' }]);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'not-paid', cause: { id: 'customer.skipped-scan' } });
    expect(shop.authorised()).toBe(0);
  });
});

describe('what the cashier tells the terminal for the customer', () => {
  test('leaves while the ticket is printed: the ticket comes out, and is left', async () => {
    const shop = await openShop([{ fault: 'customer.leaves' }]);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'paid', cause: { id: 'customer.left-early' } });
    shop.expectHonest();
  });

  test('wants no ticket when the printer fails', async () => {
    const shop = await openShop([
      { fault: 'printer.paper-jam' },
      { fault: 'customer.no-ticket', when: { state: 'printFault' } },
    ]);
    const saleId = shop.sell();
    shop.clock.advance(60_000);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'refused' });
    expect(shop.world.platform?.ledger.trade(saleId)).toMatchObject({ paidFen: 1_280, refundedFen: 0 });
  });

  test('the cashier skips the ticket that did not come out', async () => {
    const shop = await openShop([{ fault: 'printer.paper-jam' }, { fault: 'operator.skips-ticket' }]);
    const saleId = shop.sell();
    shop.clock.advance(60_000);
    expect(shop.kinds()).toContain('ticket-left');
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'partial' });
    expect(shop.world.platform?.ledger.trade(saleId)).toMatchObject({ paidFen: 1_280, refundedFen: 0 });
  });

  test('what the terminal refuses changes nothing: the ticket is being printed, or there is no sale', async () => {
    const shop = await openShop([
      { fault: 'customer.no-ticket', when: { state: 'printing' }, reactionMs: 10 },
      { fault: 'customer.leaves', when: 'now', reactionMs: 0 },
      { fault: 'operator.skips-ticket', when: 'now', reactionMs: 0 },
    ]);
    shop.clock.advance(1_000);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'printed' });
    shop.expectHonest();
  });

  test('is not told when the fault was cleared before', async () => {
    const shop = await openShop([]);
    const { id } = shop.world.faults.put({ fault: 'customer.leaves', reactionMs: 10 });
    const saleId = shop.sell();
    shop.world.faults.clear(id);
    expect(shop.settle()).toBe(true);
    expect(shop.kinds()).not.toContain('ticket-left');
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: 'printed' });
  });
});

test('a customer of a real platform behaves as he does: that is not possible here', () => {
  const clock = new VirtualClock();
  const terminal = () => {
    throw new Error('nobody asks for the terminal');
  };
  const { customer, operator } = new People({ clock, terminal });
  const board = new FaultBoard({ sites: { customer, operator }, clock, random: seededRandom(1) });
  for (const fault of ['customer.hesitates', 'customer.refuses', 'customer.no-money']) {
    expect(() => board.put({ fault })).toThrow(/not possible here: this world has no emulated customer\.$/);
  }
});
