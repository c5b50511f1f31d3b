import { describe, expect, test } from 'vitest';
import { prepareDevice } from '../../src/world/simulated.js';
import { boot, check, cleanSale, DEVICES, SETTLES_MS, sell, settled, tally } from './outages.js';

describe.each(DEVICES)('%s', (name) => {
  test('the power of the terminal goes at every event of a sale', async () => {
    const device = await prepareDevice(name);
    const { ticket, events } = cleanSale(device);
    const outcomes: string[] = [];
    for (let event = 0; event <= events; event++) {
      const simulation = boot(device);
      sell(simulation);
      for (let i = 0; i < event; i++) simulation.clock.step();
      simulation.world.powerCut();
      outcomes.push(check(simulation, ticket, `after event ${event}`));
    }
    console.log(`${name}, the terminal loses its power at every event: ${tally(outcomes)}`);
    expect(outcomes).toContain('printed');
    expect(outcomes).toContain('unknown');
  });

  test.each(['before', 'after'])(
    'the power of the terminal goes %s every write and sync of its journal',
    async (side) => {
      const device = await prepareDevice(name);
      const { ticket } = cleanSale(device);
      const outcomes: string[] = [];
      for (let operation = 1; ; operation++) {
        const simulation = boot(device);
        let done = 0;
        const flash = simulation.flash();
        const cutAt = (run: () => void) => {
          const cuts = ++done === operation;
          if (cuts && side === 'before') simulation.world.powerCut();
          run();
          if (cuts && side === 'after') simulation.world.powerCut();
        };
        const { append, sync } = flash;
        flash.append = (bytes) => cutAt(() => append.call(flash, bytes));
        flash.sync = (then) => cutAt(() => sync.call(flash, then));
        sell(simulation);
        const at = `${side} operation ${operation}`;
        simulation.clock.runUntil(() => done >= operation || settled(simulation), SETTLES_MS);
        if (done < operation) break;
        outcomes.push(check(simulation, ticket, at));
      }
      console.log(`${name}, the terminal loses its power ${side} every write and sync: ${tally(outcomes)}`);
      expect(outcomes.length).toBeGreaterThan(8);
    },
  );
});
