import { expect } from 'vitest';
import type { FaultRecord } from '../../src/faults/fault.js';
import { verdictOf } from '../../src/terminal/verdict/verdict.js';
import type { SaleRequest } from '../../src/world/people.js';
import { ticketPieces } from '../../src/world/pictures.js';
import { isSettled } from '../../src/world/settled.js';
import { type PreparedDevice, prepareDevice, type SimulationOptions, simulate } from '../../src/world/simulated.js';

const device: Promise<PreparedDevice> = prepareDevice('epson-tm-m30');

/** Long enough for every way through the machine, the guard task's first round included. */
const PATIENCE_MS = 600_000;

/** A simulated shop with faults put in, whose terminal is free. */
export async function openShop(faults: readonly FaultRecord[] = [], options: SimulationOptions = {}) {
  const simulation = simulate(await device, { policy: { reprint: 'when-ready' }, ...options });
  const { world, clock } = simulation;
  const screens: string[] = [];
  world.watch({ screen: (screen) => screens.push(screen.state) });
  world.start();
  clock.runUntil(() => screens.includes('idle')); // The boot is durable.
  const ids = faults.map((record) => world.faults.put(record).id);

  const ledger = () => world.platform?.ledger.trades() ?? [];
  const keptFen = (saleId: string) => {
    const trades = ledger().filter(({ orderNo }) => orderNo === saleId);
    return trades.reduce((sum, trade) => sum + trade.paidFen - trade.refundedFen, 0);
  };
  const verdict = (saleId: string) => verdictOf(world.terminal.page(saleId));
  return {
    ...simulation,
    screens,
    ids,
    ledger,
    keptFen,
    verdict,
    sell: (request: SaleRequest = { customer: { behaviour: 'pays' } }, amountFen = 1_280) =>
      world.people.sell(amountFen, request),
    /** Until every sale has settled and the terminal is free. */
    settle() {
      const settled = () => world.terminal.free && world.terminal.sales().every(isSettled);
      return clock.runUntil(settled, PATIENCE_MS);
    },
    /** How often the platform was asked for the money of each sale. */
    authorised: () => (world.platform?.log ?? []).filter(({ method }) => method === 'alipay.trade.pay').length,
    kinds: () => kindsIn(simulation.flash().read()),
    /** What must hold of every sale when all has settled: verdict against ledger, paper and requests. */
    expectHonest(at = '') {
      const sales = world.terminal.sales();
      for (const { saleId, amountFen } of sales) {
        const { payment, ticket } = verdict(saleId);
        expect(payment, at).not.toBe('unknown');
        expect(keptFen(saleId), at).toBe(payment === 'paid' ? amountFen : 0);
        const asked = (world.platform?.log ?? []).filter(
          ({ method, request }) => method === 'alipay.trade.pay' && JSON.stringify(request).includes(saleId),
        );
        expect(asked.length, at).toBeLessThanOrEqual(1);
        const originals = ticketPieces(world, saleId).filter(
          ({ lines }) =>
            lines.some((line) => line.includes('谢谢惠顾')) && !lines.some((line) => line.includes('补打')),
        );
        expect(originals.length, at).toBeLessThanOrEqual(1);
        expect(ticket, at).toBe(payment === 'paid' ? 'printed' : 'none');
      }
      const known = new Set(sales.map(({ saleId }) => saleId));
      expect(
        ledger().filter(({ orderNo }) => !known.has(orderNo)),
        at,
      ).toEqual([]);
    },
  };
}

/** The kinds of a journal's records, but for one that is torn. */
export function kindsIn(journal: Uint8Array): string[] {
  const lines = Buffer.from(journal).toString('utf8').split('\n');
  return lines.slice(0, -1).map((line): string => JSON.parse(line).kind);
}
