import { availableParallelism } from 'node:os';
import { seedOf } from '../sim/sweep/first-seed.js';
import { coverageOf } from '../sim/sweep/marks/coverage.js';
import { openBench } from '../sim/sweep/pool.js';
import type { SweepProfile } from '../sim/sweep/profile.js';
import { sweepRecord } from '../sim/sweep/report/json.js';
import { SweepProgress } from '../sim/sweep/report/progress.js';
import { summaryLines } from '../sim/sweep/report/summary.js';
import { type RunSource, SEEDS } from '../sim/sweep/source.js';
import { sweep as carryOut } from '../sim/sweep/sweep.js';
import { sweepExitOf } from './exit.js';
import { saveJson } from './save-json.js';
import { untilSignalled } from './until-signalled.js';

export interface SweepFlags {
  readonly seeds?: number;
  readonly seed?: string;
  readonly hours?: number;
  readonly workers?: number;
  readonly profile: SweepProfile;
  readonly json?: string;
}

const RUNS = 1_000;
const HOUR_MS = 3_600_000;

/** `paperjam sweep`: runs that are drawn from seeds, in worker threads, judged by what must always hold. */
export async function sweep(flags: SweepFlags): Promise<void> {
  const { hours, profile } = flags;
  const source: RunSource = { from: 'seeds', first: seedOf(flags.seed ?? String(Date.now() % SEEDS)), profile };
  const runs = hours === undefined ? (flags.seeds ?? RUNS) : SEEDS;
  const startMs = performance.now();
  const tookMs = () => performance.now() - startMs;
  const untilMs = (hours ?? Number.POSITIVE_INFINITY) * HOUR_MS;
  process.stdout.write(`seed ${source.first}, profile ${profile}\n`);
  const progress = new SweepProgress({
    stream: process.stdout,
    env: process.env,
    now: () => performance.now(),
    runs: hours === undefined ? runs : undefined,
  });
  const { signal, release } = untilSignalled();
  const bench = openBench(flags.workers ?? availableParallelism());
  try {
    const goesOn = () => !signal.aborted && tookMs() < untilMs;
    const totals = await carryOut(bench, { source, runs, goesOn, progress: progress.show });
    progress.end();
    const coverage = coverageOf(totals.marks, totals.runs, profile);
    const stopped = signal.aborted && totals.runs < runs;
    const lines = summaryLines({ totals, coverage, source, tookMs: tookMs(), stopped });
    process.stdout.write(`${lines.join('\n')}\n`);
    if (flags.json !== undefined) saveJson(flags.json, sweepRecord(totals, coverage, source, stopped, tookMs()));
    process.exitCode = sweepExitOf(totals.failed, { stopped, missed: coverage.missed.length > 0 });
  } finally {
    progress.end();
    release();
    await bench.close();
  }
}
