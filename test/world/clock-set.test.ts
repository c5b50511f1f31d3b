import { expect, test } from 'vitest';
import { isFinal } from '../../src/terminal/facts.js';
import {
  type PreparedDevice,
  prepareDevice,
  type Simulation,
  type SimulationOptions,
  simulate,
} from '../../src/world/simulated.js';

const HOUR_MS = 3_600_000;
const PAY = 'alipay.trade.pay';
const device: Promise<PreparedDevice> = prepareDevice('epson-tm-m30');

async function boot(options: SimulationOptions = {}): Promise<Simulation> {
  const simulation = simulate(await device, options);
  const { world, clock } = simulation;
  world.start();
  clock.runUntil(() => world.terminal.free && world.printer.status().ready);
  return simulation;
}

const sell = ({ world }: Simulation) => world.people.sell(1_280, { customer: { behaviour: 'pays' } });
const set = ({ world }: Simulation, byMs: number) =>
  world.faults.put({ fault: 'terminal.clock-jump', when: 'now', byMs });
const kept = ({ world }: Simulation, saleId: string) => {
  const trade = world.platform?.ledger.trade(saleId);
  return trade === undefined ? 0 : trade.paidFen - trade.refundedFen;
};

test('a clock that is set forward while the power is off ends no payment code: what is booked late is no lie', async () => {
  const simulation = await boot({ platform: { voidsUnknown: false } });
  const { world, clock } = simulation;
  world.faults.put({ fault: 'network.latency', when: 'now', delayMs: 55_000, way: 'request', method: PAY });
  const saleId = sell(simulation);
  clock.advance(3_000);
  set(simulation, HOUR_MS);
  world.powerCut();
  const told: string[] = [];
  world.watch({ sale: (facts) => void (isFinal(facts) && told.push(facts.payment)) });
  clock.advance(2 * HOUR_MS);
  const { payment } = world.terminal.page(saleId).facts;
  expect(kept(simulation, saleId)).toBe(payment === 'paid' ? 1_280 : 0);
  expect(new Set(told)).toEqual(new Set([payment]));
});

test('a clock that is set back makes nobody wait longer until the money goes back', async () => {
  const simulation = await boot({ policy: { unprinted: 'void-if-unprinted', voidAfterMs: 20_000 } });
  const { world, clock } = simulation;
  world.faults.put({ fault: 'printer.paper-jam', when: 'now' });
  const saleId = sell(simulation);
  clock.runUntil(() => world.terminal.state === 'printFault');
  set(simulation, -24 * HOUR_MS);
  world.people.reprint(saleId);
  clock.runUntil(() => world.terminal.state === 'printFault');
  clock.advance(60_000);
  expect(world.terminal.page(saleId).facts.payment).toBe('reversed');
});

test.each([HOUR_MS, -24 * HOUR_MS])(
  'a clock set by %d ms: a cancel that is refused settles a sale after a round, no sooner and no later',
  async (byMs) => {
    const simulation = await boot();
    const { world, clock } = simulation;
    const open = () => {
      world.faults.put({ fault: 'network.answer-lost', when: 'now', method: PAY });
      const saleId = sell(simulation);
      clock.runUntil(() => world.terminal.state === 'settling.querying');
      world.people.cancel();
      clock.runUntil(() => world.terminal.state === 'unresolved');
      return saleId;
    };
    const paymentOf = (saleId: string) => world.terminal.page(saleId).facts.payment;
    const { id } = world.faults.put({ fault: 'platform.cancel-refused', when: 'now' });
    const first = open();
    clock.advance(10_000); // The guard task has asked for the first time.
    set(simulation, byMs);
    open();
    clock.advance(10_000); // And for the second time, since there is a new one.
    expect(paymentOf(first)).toBe('unknown');
    clock.advance(2_000_000);
    expect(paymentOf(first)).toBe('paid');
    expect(kept(simulation, first)).toBe(1_280);
    world.faults.clear(id);
  },
);
