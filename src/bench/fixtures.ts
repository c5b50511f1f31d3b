import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadFixtures } from '../fixture/load.js';
import type { PlannedRun } from '../fixture/planned.js';
import { reportHtml } from '../fixture/report/html.js';
import { countsOf } from '../fixture/report/suite.js';
import type { FixtureRun } from '../fixture/result.js';
import { runVirtual } from '../fixture/run.js';
import { isSettled } from '../world/settled.js';
import { type PreparedDevice, simulate } from '../world/simulated.js';
import { alternate, percentile, row, title } from './measure.js';

const ROUNDS = 7;
const RUNS = 100;
const CAUSES = fileURLToPath(new URL('../../fixtures/causes', import.meta.url));

/** The same sale as `freshSale` makes, as a fixture. */
const SALE = `
title: { zh: 正常收款, en: A sale that goes through }
steps:
  - sell: { yuan: 12.80, as: coffee, customer: pays }
expect:
  sales: { coffee: { payment: paid, ticket: printed } }
  paper: { originals: 1, partials: 0, copies: 0 }
  ledger: { payments: 1, keptFen: 1280 }
`;

/** What the runner of fixtures costs: a fixture beside the same sale without it, and the folder of causes. */
export async function fixtureFigures(device: PreparedDevice): Promise<void> {
  title('a fixture of one sale in virtual time, beside the same sale in a world of its own without the runner');
  const planned = planOf(SALE);
  const [bare, fixture, told] = await alternate(
    ROUNDS,
    { times: RUNS, run: () => repeat(async () => freshSale(device)) },
    { times: RUNS, run: () => repeat(async () => passed(await runVirtual(planned))) },
    { times: RUNS, run: async () => page(await many(planned)) },
  );
  row('a sale in a fresh world', `${Math.round(1e6 / bare.median)} /s`, `${(bare.median / 1e3).toFixed(2)} ms`);
  for (const [name, series] of [
    ['the same as a fixture', fixture],
    ['and shown: its timeline in words, and its part of a page', told],
  ] as const) {
    row(name, `${Math.round(1e6 / series.median)} fixtures/s`, `${(series.median / 1e3).toFixed(2)} ms`);
    const ratios = series.values.map((value, i) => value / (bare.values[i] ?? Number.NaN));
    const range = `${percentile(ratios, 0).toFixed(2)} to ${percentile(ratios, 1).toFixed(2)}`;
    row('  times the bare sale, round by round', `median ${percentile(ratios, 0.5).toFixed(2)}`, range);
  }
  await causes();
}

async function causes(): Promise<void> {
  const { runs } = loadFixtures([CAUSES]);
  title(`fixtures/causes, all ${runs.length} runs`);
  const startMs = performance.now();
  const results: FixtureRun[] = [];
  for (const run of runs) results.push(await runVirtual(run));
  const tookMs = performance.now() - startMs;
  const worldMs = results.reduce((sum, one) => sum + one.worldMs, 0);
  const counts = Object.entries(countsOf(results)).filter(([, count]) => count > 0);
  row(
    counts.map(([outcome, count]) => `${count} ${outcome}`).join(', '),
    `${(tookMs / 1e3).toFixed(2)} s`,
    `${((runs.length * 1e3) / tookMs).toFixed(1)} fixtures/s, ${Math.round(worldMs / tookMs)} times as fast as the world`,
  );
}

async function repeat(run: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < RUNS; i++) await run();
}

async function many(planned: PlannedRun): Promise<FixtureRun[]> {
  const runs: FixtureRun[] = [];
  for (let i = 0; i < RUNS; i++) runs.push(passed(await runVirtual(planned)));
  return runs;
}

function page(runs: readonly FixtureRun[]): number {
  const about = { version: 'bench', startedAt: new Date(0).toISOString(), tookMs: 1, ground: 'virtual' } as const;
  return reportHtml({ ...about, planned: runs.length, runs }).length;
}

function passed(run: FixtureRun): FixtureRun {
  const [problem] = run.problems;
  if (run.outcome !== 'passed') throw new Error(`the fixture ${run.outcome}: ${run.reason ?? problem?.path}`);
  return run;
}

/** One whole sale in a world made for it, as a fixture has it. */
function freshSale(device: PreparedDevice): void {
  const { world, clock } = simulate(device);
  let settled = false;
  world.watch({
    sale: (facts) => {
      settled = isSettled(facts);
    },
  });
  world.start();
  clock.runUntil(() => world.terminal.free);
  const saleId = world.terminal.sell(1_280, { code: world.people.codeOf({ behaviour: 'pays' }) });
  clock.runUntil(() => settled);
  if (world.terminal.page(saleId).facts.ticket !== 'printed') throw new Error('the sale has no ticket');
  world.close();
}

function planOf(yaml: string): PlannedRun {
  const folder = mkdtempSync(join(tmpdir(), 'paperjam-bench-'));
  try {
    const file = join(folder, 'sale.yaml');
    writeFileSync(file, yaml);
    const { runs, errors } = loadFixtures([file]);
    const [run] = runs;
    if (run === undefined) throw errors[0] ?? new Error('nothing is planned');
    return run;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
