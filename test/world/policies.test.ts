import { describe, expect, test } from 'vitest';
import { verdictOf } from '../../src/terminal/verdict/verdict.js';
import { ticketPieces } from '../../src/world/pictures.js';
import { whenSettled } from '../../src/world/settled.js';
import {
  type PreparedDevice,
  prepareDevice,
  type Simulation,
  type SimulationOptions,
  simulate,
} from '../../src/world/simulated.js';

const device: Promise<PreparedDevice> = prepareDevice('epson-tm-m30');
const VOIDS: SimulationOptions = { policy: { unprinted: 'void-if-unprinted', voidAfterMs: 20_000 } };

async function boot(options: SimulationOptions): Promise<Simulation> {
  const prepared = options.device === undefined ? await device : await prepareDevice(options.device);
  const simulation = simulate(prepared, options);
  simulation.world.start();
  simulation.clock.runUntil(() => simulation.world.terminal.free && simulation.world.printer.status().ready);
  return simulation;
}

function settle({ world, clock }: Simulation, saleId: string) {
  let settled = false;
  whenSettled(world, saleId, 600_000, () => {
    settled = true;
  });
  clock.runUntil(() => settled);
  return verdictOf(world.terminal.page(saleId));
}

function sell({ world }: Simulation): string {
  return world.terminal.sell(1_280, { code: world.people.codeOf({ behaviour: 'pays' }) });
}

const kept = ({ world }: Simulation, saleId: string) => {
  const trade = world.platform?.ledger.trade(saleId);
  return trade === undefined ? 0 : trade.paidFen - trade.refundedFen;
};
const complete = ({ world }: Simulation, saleId: string) =>
  ticketPieces(world, saleId).filter(({ lines }) => lines.some((line) => line.includes('谢谢惠顾'))).length;

describe('void-if-unprinted, with a ledger and paper', () => {
  test('a jam that nobody clears: the money goes back, and no whole ticket is on the paper', async () => {
    const simulation = await boot(VOIDS);
    simulation.world.faults.put({ fault: 'printer.paper-jam' });
    const saleId = sell(simulation);
    const verdict = settle(simulation, saleId);
    expect(verdict).toMatchObject({ payment: 'reversed', final: true, cause: { id: 'printer.paper-jam' } });
    expect(kept(simulation, saleId)).toBe(0);
    simulation.world.faults.clearAll();
    simulation.clock.advance(600_000);
    expect(complete(simulation, saleId)).toBe(0);
    expect(simulation.world.platform?.ledger.trades()).toHaveLength(1);
  });

  test('a cancel whose answers are lost: unknown, never paid, until the guard task has the answer', async () => {
    const simulation = await boot(VOIDS);
    const { world, clock } = simulation;
    world.faults.put({ fault: 'printer.paper-jam' });
    const saleId = sell(simulation);
    clock.runUntil(() => world.terminal.state === 'printFault');
    const { id } = world.faults.put({ fault: 'platform.answer-lost', method: 'alipay.trade.cancel', times: 99 });
    clock.runUntil(() => world.terminal.state === 'unresolved');
    clock.advance(1);
    expect(verdictOf(world.terminal.page(saleId))).toMatchObject({ payment: 'unknown', final: false });
    world.faults.clear(id);
    clock.advance(20_000);
    expect(verdictOf(world.terminal.page(saleId))).toMatchObject({ payment: 'reversed', final: true });
    expect(kept(simulation, saleId)).toBe(0);
  });

  test('a jam that is cleared in time: paid, kept, and printed', async () => {
    const simulation = await boot({ policy: { ...VOIDS.policy, reprint: 'when-ready' } });
    const { world, clock } = simulation;
    world.faults.put({ fault: 'printer.paper-jam' });
    const saleId = sell(simulation);
    clock.runUntil(() => world.terminal.state === 'printFault');
    world.faults.clearAll();
    const verdict = settle(simulation, saleId);
    expect(verdict).toMatchObject({ payment: 'paid', ticket: 'printed', final: true });
    expect(kept(simulation, saleId)).toBe(1_280);
    expect(complete(simulation, saleId)).toBe(1);
  });

  test('the power goes at any moment: verdict and ledger agree, and never is there a whole ticket for money that went back', async () => {
    const outcomes = new Map<string, number>();
    for (let cut = 0; cut < 45; cut++) {
      const simulation = await boot({ ...VOIDS, seed: 1 });
      const { world, clock } = simulation;
      world.faults.put({ fault: 'printer.paper-jam' });
      const saleId = sell(simulation);
      const untilMs = clock.now() + cut * 700;
      clock.runUntil(() => clock.now() >= untilMs);
      world.powerCut();
      clock.advance(120_000);
      const page = world.terminal.find(saleId);
      if (page === undefined) {
        expect(kept(simulation, saleId)).toBe(0);
        continue;
      }
      const verdict = verdictOf(page);
      expect(kept(simulation, saleId)).toBe(verdict.payment === 'paid' ? 1_280 : 0);
      if (verdict.payment !== 'paid') expect(complete(simulation, saleId)).toBe(0);
      outcomes.set(verdict.payment, (outcomes.get(verdict.payment) ?? 0) + 1);
    }
    expect(outcomes.get('reversed') ?? 0).toBeGreaterThan(0);
  }, 60_000);
});

describe('what an eye has to see', () => {
  test('paper upside down: printed, says the printer; blank, says the person; and the cause is named', async () => {
    const simulation = await boot({});
    const { world, clock } = simulation;
    world.faults.put({ fault: 'printer.upside-down-paper', when: 'now' });
    const saleId = sell(simulation);
    expect(settle(simulation, saleId)).toMatchObject({ payment: 'paid', ticket: 'printed' });
    clock.advance(100);
    world.terminal.ticketSeen(saleId, 'blank');
    clock.advance(1);
    expect(verdictOf(world.terminal.page(saleId))).toMatchObject({
      ticket: 'blank',
      cause: { id: 'printer.upside-down', confidence: 'likely' },
    });
    world.faults.clearAll();
    world.terminal.reprint(saleId);
    expect(settle(simulation, saleId)).toMatchObject({ ticket: 'printed', tickets: { originals: 1, copies: 1 } });
    expect(complete(simulation, saleId)).toBe(1);
  });

  test('a broken ribbon, which an impact printer without a sensor does not notice', async () => {
    const simulation = await boot({ device: 'epson-tm-u220' });
    const { world, clock } = simulation;
    world.faults.put({ fault: 'printer.ribbon-broken', when: 'now' });
    const saleId = sell(simulation);
    settle(simulation, saleId);
    clock.advance(100);
    world.terminal.ticketSeen(saleId, 'blank');
    clock.advance(1);
    expect(verdictOf(world.terminal.page(saleId))).toMatchObject({
      ticket: 'blank',
      cause: { id: 'printer.ribbon-break', confidence: 'likely' },
    });
  });
});

test('a line at the wrong rate from the beginning: the printer has never answered, and the rate is thought of too', async () => {
  const simulation = simulate(await device, {});
  const { world, clock } = simulation;
  world.faults.put({ fault: 'link.wrong-baud', when: 'now' });
  world.start();
  clock.runUntil(() => world.terminal.free);
  expect(settle(simulation, sell(simulation))).toMatchObject({
    payment: 'paid',
    cause: { id: 'printer.no-answer', confidence: 'possible' },
    also: [{ id: 'terminal.misconfigured', confidence: 'possible' }],
  });
});

test('the test page is one that every printer of a simulation prints', async () => {
  for (const name of ['epson-tm-m30', 'epson-tm-u220', 'xprinter-xp-58']) {
    const simulation = await boot({ device: name });
    const { world, clock } = simulation;
    world.terminal.selfTest();
    clock.runUntil(() => world.terminal.state !== 'selfTest', 120_000);
    clock.advance(100);
    const lines = world.emulatedPrinter?.paper.pieces.flatMap((piece) => piece.lines).join('\n');
    expect(lines, name).toContain('END OF SELF-TEST');
  }
});
