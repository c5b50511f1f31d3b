import { describe, expect, test } from 'vitest';
import { oneOriginal } from '../../src/oracles/one-original.js';
import type { JournalEntry } from '../../src/terminal/journal/record.js';
import { makeTicket } from '../../src/terminal/ticket.js';
import type { Simulation } from '../../src/world/simulated.js';
import { INTENT, MERCHANT, OPENED, PAID, SALE, said, sold, trial, watched } from './support.js';

/** Prints a ticket behind the terminal's back. */
function stray({ world, clock }: Pick<Simulation, 'world' | 'clock'>, saleId: string, copy: number, fen = 1_280): void {
  const { facts } = world.terminal.page(saleId);
  world.printer.print({ jobId: 'stray', ticket: makeTicket({ ...facts, amountFen: fen }, copy, MERCHANT) }, () => {});
  clock.advance(10_000);
}

const found = ({ witness }: Awaited<ReturnType<typeof watched>>) =>
  said(witness.breaches.filter(({ oracle }) => oracle === 'one-original'));

describe('on the paper', () => {
  test('a marked copy beside the original is as it should be', async () => {
    const shop = await watched();
    const saleId = sold(shop);
    shop.world.people.reprint(saleId);
    shop.clock.advance(20_000);
    expect(shop.witness.end()).toEqual([]);
  });

  test('a second ticket without a mark is found when it is cut off', async () => {
    const shop = await watched();
    const saleId = sold(shop);
    stray(shop, saleId, 0);
    expect(found(shop)).toEqual([`one-original: one unmarked original at most / 2 of ${saleId}`]);
    expect(shop.witness.breaches.find(({ oracle }) => oracle === 'one-original')?.hint).toBe(
      `on the paper: 1: complete original of ${saleId}, 2: complete original of ${saleId}`,
    );
  });

  test('one that was cut short counts as well', async () => {
    const shop = await watched();
    shop.world.faults.put({ fault: 'printer.paper-jam', when: { line: 14 } });
    const saleId = sold(shop);
    shop.world.faults.clearAll();
    expect(found(shop)).toEqual([]);
    stray(shop, saleId, 0);
    expect(found(shop)).toEqual([`one-original: one unmarked original at most / 2 of ${saleId}`]);
  });

  test('that was cut short belongs to the sale that was printed, also behind the ticket of another one', async () => {
    const shop = await watched({ device: 'sunmi-58' });
    const first = sold(shop);
    shop.world.faults.put({ fault: 'printer.paper-out', when: { line: 2 } });
    const second = sold(shop);
    expect(shop.witness.paper.pieces).toHaveLength(1);
    expect(shop.witness.paper.tickets()).toEqual([
      expect.objectContaining({ saleId: first, complete: true }),
      expect.objectContaining({ saleId: second, complete: false }),
    ]);
    expect(found(shop)).toEqual([]);
  });

  test('a ticket for a sale that was not paid is none that should be there', async () => {
    const shop = await watched();
    const saleId = sold(shop, 'no-money');
    stray(shop, saleId, 1);
    expect(found(shop)).toEqual([
      `one-original: no ticket for a sale that was not paid / a ticket of ${saleId}, and the platform's books have no such order`,
    ]);
  });

  test('the amount is that of the sale', async () => {
    const shop = await watched();
    const saleId = sold(shop);
    stray(shop, saleId, 1, 1_281);
    expect(found(shop)).toEqual([
      `one-original: a ticket tells the amount of its sale / 12.81 on the ticket of ${saleId}, which was 12.80`,
    ]);
  });

  test('where the line is noisy a digit is no other amount, and all of another one is', async () => {
    for (const [otherFen, expected] of [
      [1_281, []],
      [9_937, [expect.stringContaining("no ticket tells another sale's amount / 99.37, as of T01")]],
    ] as const) {
      const shop = await watched();
      const saleId = sold(shop);
      shop.world.people.sell(otherFen, { customer: { behaviour: 'pays' } });
      shop.clock.advance(20_000);
      shop.world.faults.put({ fault: 'link.corrupt', direction: 'to-host', every: 1_000_000 });
      stray(shop, saleId, 1, otherFen);
      expect(found(shop)).toEqual(expected);
    }
  });

  test('where the line is noisy no mark is missed, and the journal tells what was sent without one', async () => {
    const shop = await watched();
    const saleId = sold(shop);
    shop.world.faults.put({ fault: 'printer.faded', share: 0.9 });
    stray(shop, saleId, 0);
    expect(found(shop)).toEqual([]);

    const { record, said: told } = await trial(oneOriginal);
    const print = (n: number): JournalEntry => ({ kind: 'print-intent', saleId: SALE, jobId: `${SALE}/${n}`, copy: 0 });
    record(OPENED, INTENT, PAID, print(1), print(2));
    expect(told()).toEqual([
      `one unmarked original at most / 2 jobs of ${SALE} that had no mark may have reached the paper`,
    ]);
  });

  const unmarkedBehind = async (...faults: { fault: string; what?: string; share?: number }[]) => {
    const shop = await watched();
    for (const fault of faults) shop.world.faults.put(fault);
    const first = sold(shop);
    shop.world.faults.clearAll();
    const saleId = sold(shop);
    stray(shop, saleId, 0);
    return { ...shop, first, saleId };
  };

  test.each([
    [{ fault: 'printer.faded', share: 0.9 }],
    [{ fault: 'printer.dead-dots' }],
    [{ fault: 'terminal.misconfigured', what: 'code-page' }],
  ])('what %o garbled is over with the first job behind it, and what follows is seen', async (fault) => {
    const shop = await unmarkedBehind(fault);
    expect(found(shop)).toEqual([`one-original: one unmarked original at most / 2 of ${shop.saleId}`]);
    expect(shop.witness.paper.tickets().map(({ garbled }) => garbled)).toEqual([true, false, false]);
  });

  test.each(['clock', 'merchant-key'])('a wrong %s garbles nothing', async (what) => {
    const shop = await watched();
    const saleId = sold(shop);
    shop.world.faults.put({ fault: 'terminal.misconfigured', what });
    stray(shop, saleId, 0);
    expect(found(shop)).toEqual([`one-original: one unmarked original at most / 2 of ${saleId}`]);
  });
});
