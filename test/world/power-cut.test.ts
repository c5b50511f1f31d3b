import { describe, expect, test } from 'vitest';
import { ticketPieces } from '../../src/world/pictures.js';
import { type PreparedDevice, prepareDevice, type Simulation, simulate } from '../../src/world/simulated.js';

/**
 * The power of the terminal goes after every single event of a sale, one after the other, in a whole world: driver,
 * line, printer and platform go on without it. What must hold is read from outside: the ledger and the paper.
 */
type Scenario = { readonly name: string; readonly fault?: string; readonly customer: 'pays' | 'confirms' | 'never' };

const SCENARIOS: readonly Scenario[] = [
  { name: 'a sale that goes through', customer: 'pays' },
  { name: 'a customer who is asked and confirms', customer: 'confirms' },
  { name: 'a customer who never confirms', customer: 'never' },
  { name: 'an answer that is lost', customer: 'pays', fault: 'platform.answer-lost' },
  { name: 'a jam in the sixth line', customer: 'pays', fault: 'printer.paper-jam' },
  { name: 'a cable that comes out', customer: 'pays', fault: 'link.printer-lost' },
];

function boot(device: PreparedDevice, seed: number): Simulation {
  const simulation = simulate(device, { seed });
  simulation.world.start();
  simulation.clock.runUntil(() => simulation.world.terminal.free);
  return simulation;
}

/** Events that the scenario takes when nothing cuts it. */
function length(device: PreparedDevice, scenario: Scenario): number {
  const { world, clock } = begin(device, scenario);
  let events = 0;
  while (!world.terminal.free && clock.step()) events++;
  return events;
}

function begin(device: PreparedDevice, { fault, customer }: Scenario): Simulation {
  const simulation = boot(device, 11);
  if (fault !== undefined) simulation.world.faults.put({ fault });
  simulation.world.terminal.sell(1_280, { code: simulation.world.people.codeOf({ behaviour: customer }) });
  return simulation;
}

/** The tickets on a piece of paper, told apart by their heads: two may stand on one piece that was not cut. */
function ticketsOn(lines: readonly string[]): { copy: boolean; complete: boolean }[] {
  const tickets: { copy: boolean; complete: boolean }[] = [];
  let marked = false;
  for (const line of lines) {
    const ticket = tickets.at(-1);
    if (line.includes('消费凭证')) tickets.push({ copy: marked, complete: false });
    else if (line.includes('补打') && (ticket === undefined || ticket.complete || !ticket.copy)) marked = true;
    else if (line.includes('谢谢惠顾') && ticket !== undefined) ticket.complete = true;
    if (line.includes('谢谢惠顾')) marked = false;
  }
  return tickets;
}

describe.each(SCENARIOS)('the power goes at every event of $name', (scenario) => {
  test('one payment at most, one unmarked original at most, and it settles', async () => {
    const device = await prepareDevice('epson-tm-m30');
    const events = length(device, scenario);
    expect(events).toBeGreaterThan(20);
    for (let n = 0; n <= events; n++) {
      const { world, clock } = begin(device, scenario);
      for (let i = 0; i < n; i++) clock.step();
      world.powerCut();
      world.faults.clearAll();
      clock.advance(120_000);
      const trades = world.platform?.ledger.trades() ?? [];
      const [sale, ...others] = world.terminal.sales();
      const at = `after event ${n}`;
      expect(others, at).toEqual([]);
      expect(trades.length, at).toBeLessThanOrEqual(1);
      const keptFen = trades.reduce((sum, trade) => sum + trade.paidFen - trade.refundedFen, 0);
      if (sale === undefined) {
        expect(keptFen, at).toBe(0);
        continue;
      }
      expect(sale.payment, at).toBe(keptFen === 1_280 ? 'paid' : trades[0]?.refundedFen ? 'reversed' : 'not-paid');
      const tickets = ticketPieces(world, sale.saleId).flatMap(({ lines }) => ticketsOn(lines));
      expect(tickets.filter(({ copy }) => !copy).length, at).toBeLessThanOrEqual(1);
      expect(
        tickets.some(({ complete }) => complete),
        at,
      ).toBe(sale.payment === 'paid');
      expect(sale.ticket, at).toBe(sale.payment === 'paid' ? 'printed' : 'none');
      world.close();
    }
  });
});

test('the power may stay away for a while: the terminal is dead until then, and settles what it finds afterwards', async () => {
  const { world, clock } = boot(await prepareDevice('epson-tm-m30'), 11);
  const saleId = world.terminal.sell(1_280, { code: world.people.codeOf({ behaviour: 'pays' }) });
  clock.advance(10);
  world.powerCut(60_000);
  clock.advance(30_000);
  expect(world.terminal.free).toBe(false);
  expect(() => world.terminal.sell(100)).toThrow('The terminal cannot do this now');
  world.powerCut(60_000); // Off already: only the time begins anew.
  clock.advance(59_000);
  expect(world.terminal.find(saleId)?.facts.payment).toBe('unknown');
  clock.advance(10_000);
  expect(world.terminal.page(saleId).facts).toMatchObject({ payment: 'paid', ticket: 'printed' });
  world.close();
});

test('a world that is closed while the power is away stays dark', async () => {
  const { world, clock } = boot(await prepareDevice('epson-tm-m30'), 11);
  world.powerCut(60_000);
  world.close();
  clock.advance(120_000);
  expect(world.terminal.free).toBe(false);
});
