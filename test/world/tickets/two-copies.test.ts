import { describe, expect, test } from 'vitest';
import type { FaultRecord } from '../../../src/faults/fault.js';
import { ticketPieces } from '../../../src/world/pictures.js';
import { type PreparedDevice, prepareDevice, type Simulation, simulate } from '../../../src/world/simulated.js';

/** One copy of a ticket, as it lies on the paper. */
interface Copy {
  readonly whose: 'customer' | 'merchant';
  readonly marked: boolean;
  complete: boolean;
}

/** The copies on paper, told apart by their heads: several may stand on one piece that was not cut. */
function copiesOf({ world }: Simulation, saleId: string): Copy[] {
  return ticketPieces(world, saleId).flatMap(({ lines }) => copiesOn(lines));
}

function copiesOn(lines: readonly string[]): Copy[] {
  const copies: Copy[] = [];
  let marked = false;
  for (const line of lines) {
    const last = copies.at(-1);
    if (line.includes('顾客联') || line.includes('商户联')) {
      copies.push({ whose: line.includes('顾客联') ? 'customer' : 'merchant', marked, complete: false });
      marked = false;
    } else if (line.includes('补打')) {
      marked = last === undefined || last.complete || !last.marked; // Else it is the second mark of a marked copy.
    } else if (line.includes('谢谢惠顾') && last !== undefined) {
      last.complete = true;
    }
  }
  return copies;
}

const complete = (copies: readonly Copy[], whose: Copy['whose'], marked: boolean) =>
  copies.filter((copy) => copy.whose === whose && copy.marked === marked && copy.complete).length;

function begin(device: PreparedDevice, fault?: FaultRecord): Simulation & { readonly saleId: string } {
  const simulation = simulate(device, { policy: { ticket: { merchantCopy: true, signature: 'always' } } });
  const { world, clock } = simulation;
  world.start();
  clock.runUntil(() => world.terminal.free && world.printer.status().ready);
  if (fault !== undefined) world.faults.put(fault);
  const saleId = world.terminal.sell(1_280, { code: world.people.codeOf({ behaviour: 'pays' }) });
  return { ...simulation, saleId };
}

function runToItsEnd({ world, clock, saleId }: ReturnType<typeof begin>): void {
  const settled = () => world.terminal.free && world.terminal.page(saleId).facts.ticket !== 'pending';
  expect(clock.runUntil(settled, 300_000)).toBe(true);
  clock.advance(1_000);
}

describe.each(['epson-tm-m30', 'xprinter-xp-58'])('a ticket with a copy for the merchant, on %s', (name) => {
  test('is one job: the customer’s copy first, each to its end', async () => {
    const sale = begin(await prepareDevice(name));
    runToItsEnd(sale);
    expect(sale.world.terminal.page(sale.saleId).facts.prints).toHaveLength(1);
    expect(copiesOf(sale, sale.saleId)).toEqual([
      { whose: 'customer', marked: false, complete: true },
      { whose: 'merchant', marked: false, complete: true },
    ]);
  });

  test('a jam in any line: the journal says what is on the paper, and what is printed then is marked, both copies', async () => {
    const device = await prepareDevice(name);
    const found = { partial: 0, unknown: 0, printed: 0, customerOnly: 0 };
    for (let line = 1; found.printed === 0; line++) {
      expect(line, 'a line beyond the end of the ticket').toBeLessThan(80);
      const sale = begin(device, { fault: 'printer.paper-jam', when: { line } });
      const { world, clock, saleId } = sale;
      const at = `jam in line ${line}`;
      runToItsEnd(sale);
      const first = world.terminal.page(saleId).facts.ticket;
      if (first !== 'partial' && first !== 'unknown' && first !== 'printed') throw new Error(`${at}: ${first}`);
      found[first]++;
      const originals = copiesOf(sale, saleId);
      const [customer, merchant] = [complete(originals, 'customer', false), complete(originals, 'merchant', false)];
      if (first === 'printed') {
        expect([customer, merchant], at).toEqual([1, 1]);
        continue;
      }
      if (first === 'partial') expect(merchant, at).toBe(0);
      if (customer === 1 && merchant === 0) found.customerOnly++;

      world.faults.clearAll();
      clock.runUntil(() => world.printer.status().ready);
      world.terminal.reprint(saleId);
      runToItsEnd(sale);
      expect(world.terminal.page(saleId).facts.ticket, at).toBe('printed');
      const copies = copiesOf(sale, saleId);
      for (const whose of ['customer', 'merchant'] as const) {
        expect(complete(copies, whose, false), at).toBeLessThanOrEqual(1);
        expect(complete(copies, whose, true), at).toBe(1);
      }
      world.close();
    }
    expect(found.partial).toBeGreaterThan(25);
    expect(found.customerOnly).toBeGreaterThan(8);
  });

  test('the power of the terminal goes at any moment: at most one unmarked original of each', async () => {
    const device = await prepareDevice(name);
    let events = 0;
    for (const { world, clock } = begin(device); !world.terminal.free && clock.step(); ) events++;
    expect(events).toBeGreaterThan(20);
    for (let n = 0; n <= events; n++) {
      const sale = begin(device);
      for (let i = 0; i < n; i++) sale.clock.step();
      sale.world.powerCut();
      sale.clock.advance(120_000);
      const [facts] = sale.world.terminal.sales();
      const copies = copiesOf(sale, sale.saleId);
      for (const whose of ['customer', 'merchant'] as const) {
        expect(copies.filter((copy) => copy.whose === whose && !copy.marked).length, `event ${n}`).toBeLessThanOrEqual(
          1,
        );
        const any = complete(copies, whose, false) + complete(copies, whose, true);
        expect(any > 0, `event ${n}`).toBe(facts?.ticket === 'printed');
      }
      sale.world.close();
    }
  });
});
