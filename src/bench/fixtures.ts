import { fileURLToPath } from 'node:url';
import { loadFixtures } from '../fixture/load.js';
import type { PlannedRun } from '../fixture/planned.js';
import { runVirtual } from '../fixture/run.js';
import type { PreparedDevice } from '../world/simulated.js';
import { alternate, percentile, row, timesAsFast, title } from './measure.js';
import { virtualSales } from './virtual.js';

const ROUNDS = 9;
const TIMES = 100;

/** Fixtures a second, and one that is a single sale beside that sale in a bare world of its own. */
export async function fixtureFigures(device: PreparedDevice): Promise<void> {
  title('fixtures in virtual time: steps, expectations, what always holds, the timeline');
  const [sale] = planned('fixtures/sale.yaml');
  const all = planned('fixtures');
  if (sale === undefined) throw new Error('there is no fixture of a sale');
  const [bare, fixture, folder] = await alternate(
    ROUNDS,
    {
      times: TIMES,
      run: () => {
        for (let n = 0; n < TIMES; n++) virtualSales(device, 1);
      },
    },
    { times: TIMES, run: () => carryOut(Array.from({ length: TIMES }, () => sale)) },
    { times: all.length, run: () => carryOut(all) },
  );
  row('a world that is made for one sale, bare', `${Math.round(bare.median)} µs`);
  row(
    'the same sale as a fixture',
    `${Math.round(fixture.median)} µs`,
    `${Math.round(1e6 / fixture.median)} fixtures/s`,
  );
  const { median, least, most } = timesAsFast(bare, fixture);
  row('fixture beside bare', `${median.toFixed(2)} times`, `${least.toFixed(2)} to ${most.toFixed(2)}`);
  const seconds = (percentile(folder.values, 0.5) * all.length) / 1e6;
  row(
    `all of fixtures/, ${all.length} runs`,
    `${Math.round(1e6 / folder.median)} fixtures/s`,
    `${seconds.toFixed(2)} s`,
  );
}

async function carryOut(runs: readonly PlannedRun[]): Promise<void> {
  for (const run of runs) {
    const { outcome, id } = await runVirtual(run);
    if (outcome !== 'passed') throw new Error(`${id} ${outcome}`);
  }
}

function planned(path: string): readonly PlannedRun[] {
  const { runs, errors } = loadFixtures([fileURLToPath(new URL(`../../${path}`, import.meta.url))]);
  if (errors[0] !== undefined) throw errors[0];
  return runs;
}
