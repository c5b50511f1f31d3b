import fs, { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { readConfig } from '../../src/world/config.js';
import { materialIn } from '../../src/world/data-folder.js';
import { createFleet, type Fleet } from '../../src/world/fleet.js';
import { numberedTerminals } from '../../src/world/fleet-config.js';
import { whenFree, whenSettled } from '../../src/world/settled.js';
import { prepareDevice, simulate, simulatedPlatform } from '../../src/world/simulated.js';
import type { World } from '../../src/world/world.js';

const common = readConfig(undefined, {
  printer: 'in-process',
  emulatedPlatform: 'in-process',
  delays: 'none',
  notify: true,
});

const made: string[] = [];
const open: Fleet[] = [];
afterEach(async () => {
  for (const fleet of open.splice(0)) await fleet.close();
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'paperjam-fleet-'));
  made.push(path);
  return path;
}

async function fleetIn(data: string, count: number) {
  const fleet = await createFleet({ data, config: common, terminals: numberedTerminals(common, count) });
  open.push(fleet);
  const worlds = fleet.terminals.map(({ world }) => world.start());
  await Promise.all(worlds.map(whenFree));
  return { fleet, worlds };
}

async function sell(world: World | undefined): Promise<string> {
  if (world === undefined) throw new Error('there is no such terminal');
  const saleId = world.people.sell(1_280, { customer: { behaviour: 'pays' } });
  await new Promise((done) => whenSettled(world, saleId, 10_000, done));
  return saleId;
}

describe('several terminals in one process', () => {
  test('sell at once, each into its own journal and onto its own paper, at one platform', async () => {
    const data = folder();
    const { fleet, worlds } = await fleetIn(data, 3);
    const sales = await Promise.all(worlds.map(sell));
    expect(sales.map((saleId) => saleId.slice(0, 3))).toEqual(['T01', 'T02', 'T03']);
    for (const [index, world] of worlds.entries()) {
      expect(world.terminal.sales()).toMatchObject([{ saleId: sales[index], payment: 'paid', ticket: 'printed' }]);
      expect(world.emulatedPrinter?.paper.pieces.flatMap(({ lines }) => lines).join()).toContain(sales[index]);
    }
    expect(worlds[0]?.platform?.ledger.trades()).toHaveLength(3);
    await fleet.close();
    expect(fs.readdirSync(data).sort()).toEqual(['platform', 'printer', 'terminal', 'terminals']);
    expect(fs.readdirSync(join(data, 'terminals', 'T02')).sort()).toEqual(['printer', 'terminal']);
    const material = materialIn(join(data, 'terminals', 'T02'), sales[1] ?? '');
    expect(material.platform?.trade).toMatchObject({ orderNo: sales[1], paidFen: 1_280 });
  });

  test('know their sales again after a restart, in whatever order they are named', async () => {
    const data = folder();
    const first = await fleetIn(data, 2);
    const sales = await Promise.all(first.worlds.map(sell));
    await first.fleet.close();
    const terminals = numberedTerminals(common, 2).reverse();
    const again = await createFleet({ data, config: common, terminals });
    open.push(again);
    expect(again.terminals.map(({ world }) => world.terminal.sales().map(({ saleId }) => saleId))).toEqual([
      [sales[1]],
      [sales[0]],
    ]);
  });

  test('a fault of the platform that is put in at one of them takes hold of its own orders only', async () => {
    const { worlds } = await fleetIn(folder(), 2);
    worlds[1]?.faults.put({ fault: 'platform.maintenance' });
    const [sound = '', troubled = ''] = await Promise.all([
      sell(worlds[0]),
      worlds[1]?.people.sell(100, { customer: { behaviour: 'pays' } }),
    ]);
    expect(worlds[0]?.terminal.page(sound).facts.payment).toBe('paid');
    expect(worlds[1]?.terminal.find(troubled)?.facts.payment ?? 'unknown').toBe('unknown');
  });

  test('what cannot be opened for one is closed for all', async () => {
    const data = folder();
    const { fleet } = await fleetIn(join(data, 'terminals', 'T02'), 1);
    const both = createFleet({ data, config: common, terminals: numberedTerminals(common, 2) });
    await expect(both).rejects.toMatchObject({ code: 'PJ_STORAGE_LOCKED' });
    await fleet.close();
    await (await createFleet({ data, config: common, terminals: numberedTerminals(common, 2) })).close();
  });
});

describe('several terminals in virtual time', () => {
  test('share clock and platform; a notice reaches the terminal whose order it is about', async () => {
    const device = await prepareDevice('epson-tm-m30');
    const clock = new VirtualClock();
    const shared = { clock, platform: simulatedPlatform(clock, { notify: true }) };
    const worlds = ['T1', 'T10'].map((terminalId, seed) =>
      simulate(device, { seed, merchant: { terminalId }, shared }).world.start(),
    );
    clock.runUntil(() => worlds.every(({ terminal }) => terminal.free));
    for (const world of worlds) {
      world.faults.put({ fault: 'platform.answer-lost', times: 100 });
      world.faults.put({ fault: 'platform.answer-lost', method: 'alipay.trade.query', times: 100 });
    }
    const sales = worlds.map((world) => world.people.sell(500, { customer: { behaviour: 'pays' } }));
    clock.runUntil(() => worlds.every(({ terminal }) => terminal.sales()[0]?.ticket === 'printed'), 20_000);
    for (const [index, world] of worlds.entries()) {
      const { facts, records } = world.terminal.page(sales[index] ?? '');
      expect(facts).toMatchObject({ payment: 'paid', ticket: 'printed' });
      expect(records.map(({ kind }) => kind)).toContain('notified');
    }
    for (const world of worlds) world.close();
  });
});
