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

  test('shows an old success page with a barcode: the number of a trade is no payment code', async () => {
    const shop = await openShop([{ fault: 'customer.old-success-page', barcode: 'trade-number' }]);
    const saleId = shop.sell();
    expect(shop.settle()).toBe(true);
    expect(shop.verdict(saleId)).toMatchObject({ payment: 'not-paid', cause: { id: 'terminal.misread' } });
    expect(shop.authorised()).toBe(0);
  });
});

describe('what the cashier tells the terminal for the customer', () => {
  /** People around a terminal that can be told, and is asked nothing else. */
  function tellable() {
    const clock = new VirtualClock();
    const told: string[] = [];
    const people = new People({
      clock,
      terminal: () => {
        throw new Error('nobody asks for the terminal');
      },
      declineTicket: () => void told.push('no ticket'),
      customerLeft: () => void told.push('customer left'),
    });
    const { customer, operator } = people;
    return { clock, told, board: new FaultBoard({ sites: { customer, operator }, clock, random: seededRandom(1) }) };
  }

  test.each([
    ['customer.leaves', 'customer left'],
    ['customer.no-ticket', 'no ticket'],
    ['operator.skips-ticket', 'no ticket'],
  ])('%s, after a moment', (fault, word) => {
    const { clock, told, board } = tellable();
    board.put({ fault, when: 'now', reactionMs: 700 });
    clock.advance(699);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual([word]);
  });

  test('is not told when the fault was cleared before', () => {
    const { clock, told, board } = tellable();
    const { id } = board.put({ fault: 'customer.leaves', when: 'now' });
    board.clear(id);
    clock.advance(10_000);
    expect(told).toEqual([]);
  });

  test('a customer of a real platform behaves as he does: that is not possible here', () => {
    const { board } = tellable();
    for (const fault of ['customer.hesitates', 'customer.refuses', 'customer.no-money']) {
      expect(() => board.put({ fault })).toThrow(/not possible here: this world has no emulated customer\.$/);
    }
  });
});
