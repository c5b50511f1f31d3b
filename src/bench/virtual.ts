import type { VirtualClock } from '../ground/virtual-clock.js';
import { isSettled } from '../world/settled.js';
import { type PreparedDevice, type Simulation, simulate } from '../world/simulated.js';
import type { World } from '../world/world.js';

/** Whole sales in one simulated world: journal, ledger, printer bytes both ways, paper; on virtual time. */
export function virtualSales(
  device: PreparedDevice,
  sales: number,
  pacing = true,
): { sales: number; printerBytes: number; worldMs: number } {
  const { world, clock } = simulate(device, { seed: 1, pacing });
  let settled = 0;
  world.watch({
    sale: (facts) => {
      if (isSettled(facts)) settled++;
    },
  });
  const startMs = clock.now();
  boot(world, clock);
  for (let n = 0; n < sales; n++) {
    const saleId = world.terminal.sell(1_280, { code: world.people.codeOf({ behaviour: 'pays' }) });
    clock.runUntil(() => settled > n);
    const { payment, ticket } = world.terminal.page(saleId).facts;
    if (payment !== 'paid' || ticket !== 'printed') throw new Error(`sale ${n} ended ${payment}, ${ticket}`);
  }
  const printerBytes = world.emulatedPrinter?.counters.receivedBytes ?? 0;
  const worldMs = clock.now() - startMs;
  world.close();
  return { sales, printerBytes, worldMs };
}

/** A world for each sale, as a sweep makes them: made, booted, a sale, closed. */
export function freshWorlds(device: PreparedDevice, worlds: number): void {
  for (let n = 0; n < worlds; n++) virtualSales(device, 1);
}

/** A world that has booted, and in which nobody does anything: only the driver asks its printer how it is. */
export function idleWorld(device: PreparedDevice): Simulation {
  const simulation = simulate(device);
  boot(simulation.world, simulation.clock);
  simulation.clock.advance(5_000);
  return simulation;
}

function boot(world: World, clock: VirtualClock): void {
  world.start();
  clock.runUntil(() => world.terminal.free);
}
