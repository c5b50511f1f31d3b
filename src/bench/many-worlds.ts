import type { FaultRecord } from '../faults/fault.js';
import { type PreparedDevice, simulate } from '../world/simulated.js';

/** What befalls a world; nothing, every other time. */
const TROUBLE: readonly (FaultRecord | undefined)[] = [
  undefined,
  { fault: 'printer.paper-out' },
  undefined,
  { fault: 'printer.paper-jam' },
  undefined,
  { fault: 'network.answer-lost' },
  undefined,
  { fault: 'terminal.power-cut', when: { afterMs: 20 } },
];

/** In virtual time: how long the trouble lasts after the sale has begun, and how long the world has to come to rest then. */
const TROUBLE_MS = 20_000;
const REST_MS = 120_000;

/** One world of a long run, as a sweep makes them: of another seed and printer each time, with a sale and its trouble. */
export function oneOfManyWorlds(devices: readonly PreparedDevice[], n: number): void {
  const device = devices[n % devices.length];
  if (device === undefined) throw new Error('no device to make worlds with');
  const { world, clock } = simulate(device, { seed: n, notify: n % 3 === 0 });
  world.start();
  clock.runUntil(() => world.terminal.free);
  const trouble = TROUBLE[n % TROUBLE.length];
  if (trouble !== undefined) world.faults.put(trouble);
  world.terminal.sell(1_280, { code: world.people.codeOf({ behaviour: 'pays' }) });
  clock.advance(TROUBLE_MS);
  world.faults.clearAll();
  clock.advance(REST_MS);
  const [sale] = world.terminal.sales();
  const wrong = sale === undefined || (sale.payment === 'unknown' && !sale.unresolved);
  if (wrong) throw new Error(`world ${n} came to no rest: ${world.terminal.state}`);
  world.close();
}
