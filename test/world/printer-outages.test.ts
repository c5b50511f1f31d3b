import { describe, expect, test } from 'vitest';
import { prepareDevice } from '../../src/world/simulated.js';
import { boot, check, cleanSale, DEVICES, sell, tally } from './outages.js';

describe.each(DEVICES)('%s', (name) => {
  test.each([
    ['the cable comes out for 5 s', 'link.printer-lost', 5_000],
    ['the printer is without power for 3 s', 'printer.power-off', 3_000],
    ['the printer is without power for half a second', 'printer.power-off', 500],
  ])('%s, at every byte of a ticket', async (what, fault, forMs) => {
    const device = await prepareDevice(name);
    const { ticket, bytes } = cleanSale(device);
    const outcomes: string[] = [];
    for (let byte = 1; byte <= bytes; byte++) {
      const simulation = boot(device);
      simulation.world.faults.put({ fault, when: { byte }, for: forMs });
      sell(simulation);
      outcomes.push(check(simulation, ticket, `${what} at byte ${byte}`));
    }
    console.log(`${name}, ${what}: ${tally(outcomes)}`);
    expect(outcomes).toContain('partial');
    expect(outcomes).toContain('unknown');
  });
});
