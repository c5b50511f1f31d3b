import { expect, test } from 'vitest';
import { ticketPieces } from '../../src/world/pictures.js';
import { prepareDevice, simulate } from '../../src/world/simulated.js';

test('an original does not come out on the piece of paper that a restart found half printed', async () => {
  const { world, clock } = simulate(await prepareDevice('epson-tm-t88v'));
  world.start();
  clock.runUntil(() => world.terminal.free && world.printer.status().ready);
  const sell = () => {
    const saleId = world.terminal.sell(1_280, { code: world.people.codeOf({ behaviour: 'pays' }) });
    clock.runUntil(() => world.terminal.free, 60_000);
    clock.advance(100);
    return saleId;
  };
  const first = sell();
  world.faults.put({ fault: 'printer.paper-jam', when: { line: 8 }, for: 5_000 });
  world.terminal.reprint(first);
  clock.runUntil(() => world.terminal.free, 60_000);
  clock.advance(10_000);
  expect(world.terminal.page(first).facts.prints.at(-1)?.result?.outcome).toBe('partial');
  world.terminal.sell(100); // Its ticket is left, and this sale ends before it has one.
  world.terminal.cancel();
  clock.advance(3_000);
  world.powerCut();
  clock.advance(3_000);
  const second = sell();
  const pieces = ticketPieces(world, second).map(({ lines }) => lines.join('\n'));
  expect(pieces).toHaveLength(1);
  expect(pieces[0]).not.toContain(first);
  expect(pieces[0]).not.toContain('补打');
});
