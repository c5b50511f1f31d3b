import type { PreparedDevice } from '../world/simulated.js';
import { bareFreshSales, bareSales } from './bare.js';
import { cpuShares } from './cpu-share.js';
import { alternate, percentile, row, type Series, title } from './measure.js';
import { freshWorlds, idleWorld, virtualSales } from './virtual.js';

const ROUNDS = 9;
const BARE_SALES = 4_000;
const SALES = 1_000;
const FRESH_WORLDS = 300;
const IDLE_HOURS = 20;
const PROFILED_SALES = 6_000;
/** Of an hour in virtual time, in which the driver asks its printer and the world does nothing else. */
const HOUR_MS = 3_600_000;
/** Smaller parts are told together. */
const LEAST_SHARE = 0.01;

/** Sales of the whole world beside the bare machine's, fresh worlds, simulated hours, and where the time goes. */
export async function worldFigures(device: PreparedDevice): Promise<void> {
  title(
    'sales in virtual time on one core, beside XState alone: `actor.send` of the same events; CPU time, n = 9 rounds',
  );
  const idle = idleWorld(device);
  let worldMs = 0;
  const [bare, standing, instant, bareFresh, fresh, idling] = await alternate(
    ROUNDS,
    { times: BARE_SALES, run: () => bareSales(BARE_SALES) },
    {
      times: SALES,
      run: () => {
        worldMs = virtualSales(device, SALES).worldMs;
      },
    },
    { times: SALES, run: () => virtualSales(device, SALES, false) },
    { times: BARE_SALES / 4, run: () => bareFreshSales(BARE_SALES / 4) },
    { times: FRESH_WORLDS, run: () => freshWorlds(device, FRESH_WORLDS) },
    { times: IDLE_HOURS, run: () => idle.clock.advance(IDLE_HOURS * HOUR_MS) },
  );
  idle.world.close();
  const { events } = bareSales(1);
  salesRow(`bare machine, ${events} events a sale`, bare);
  salesRow('whole world, standing: journal, ledger, both wires, paper', standing);
  ratioRow('  ratio to the bare machine', bare, standing, 'to reach: 0.5');
  salesRow('the same, line and mechanism take no time', instant);
  ratioRow('  ratio to the bare machine', bare, instant, 'to reach: 0.5');
  salesRow('bare machine, a fresh one for each sale', bareFresh);
  salesRow('whole world, a fresh one for each sale', fresh);
  ratioRow('  ratio to the fresh bare machine', bareFresh, fresh);
  hoursRow('simulated hours, sales without a pause', worldMs / HOUR_MS / SALES, standing);
  hoursRow('simulated hours, idle world', 1, idling);
  title('where the rest goes: share of the samples, and µs of a sale');
  shares('standing world', standing, () => virtualSales(device, PROFILED_SALES));
  shares('fresh worlds', fresh, () => freshWorlds(device, PROFILED_SALES / 3));
}

function salesRow(what: string, { cpu }: Series): void {
  const us = percentile(cpu, 0.5);
  const range = `${percentile(cpu, 0).toFixed(1)} to ${percentile(cpu, 1).toFixed(1)}`;
  row(what, `${Math.round(1e6 / us)} sales/s`, `median ${us.toFixed(1)} µs a sale, ${range}`);
}

function ratioRow(what: string, bare: Series, whole: Series, note = ''): void {
  const ratios = bare.cpu.map((us, i) => us / (whole.cpu[i] ?? Number.NaN));
  const range = `${percentile(ratios, 0).toFixed(3)} to ${percentile(ratios, 1).toFixed(3)}`;
  row(what, `median ${percentile(ratios, 0.5).toFixed(3)}`, note === '' ? range : `${range}, ${note}`);
}

function hoursRow(what: string, hours: number, { cpu }: Series): void {
  const us = percentile(cpu, 0.5);
  row(what, `${((hours * 1e6) / us).toFixed(1)} h/s`, 'of CPU time, one core');
}

function shares(what: string, { cpu }: Series, work: () => void): void {
  const us = percentile(cpu, 0.5);
  const all = cpuShares(work);
  const told = all.filter(([, share]) => share >= LEAST_SHARE);
  const rest = 1 - told.reduce((sum, [, share]) => sum + share, 0);
  for (const [part, share] of [...told, ['all others', rest] as const]) {
    row(`${what}: ${part}`, `${(share * 100).toFixed(1)} %`, `${(share * us).toFixed(1)} µs`);
  }
}
