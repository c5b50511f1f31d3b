import { isSettled } from '../world/settled.js';
import { type PreparedDevice, simulate } from '../world/simulated.js';

/** Whole sales in one simulated world: journal, ledger, printer bytes both ways, paper; on virtual time. */
export function virtualSales(
  device: PreparedDevice,
  sales: number,
  pacing = true,
): { sales: number; printerBytes: number } {
  const { world, clock } = simulate(device, { seed: 1, pacing });
  let settled = 0;
  world.watch({
    sale: (facts) => {
      if (isSettled(facts)) settled++;
    },
  });
  world.start();
  clock.runUntil(() => world.terminal.free);
  for (let n = 0; n < sales; n++) {
    const saleId = world.terminal.sell(1_280, { code: world.people.codeOf({ behaviour: 'pays' }) });
    clock.runUntil(() => settled > n);
    const { payment, ticket } = world.terminal.page(saleId).facts;
    if (payment !== 'paid' || ticket !== 'printed') throw new Error(`sale ${n} ended ${payment}, ${ticket}`);
  }
  const printerBytes = world.emulatedPrinter?.counters.receivedBytes ?? 0;
  world.close();
  return { sales, printerBytes };
}
