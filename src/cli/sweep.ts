import { availableParallelism } from 'node:os';
import { coverageSvg } from '../sim/graph/chart.js';
import { grouped } from '../sim/report/words.js';
import type { Failing } from '../sim/shrink/keep.js';
import type { SweepFailure } from '../sim/sweep/batch.js';
import { seedOf } from '../sim/sweep/first-seed.js';
import { coverageOf } from '../sim/sweep/marks/coverage.js';
import { openBench } from '../sim/sweep/pool.js';
import type { SweepProfile } from '../sim/sweep/profile.js';
import { repeatLine } from '../sim/sweep/report/failures.js';
import { sweepRecord } from '../sim/sweep/report/json.js';
import { SweepProgress } from '../sim/sweep/report/progress.js';
import { summaryLines } from '../sim/sweep/report/summary.js';
import { type RunSource, runAt, SEEDS } from '../sim/sweep/source.js';
import { sweep as carryOut } from '../sim/sweep/sweep.js';
import { sweepExitOf } from './exit.js';
import { checkOutputs, saveJson, saveOutput } from './save-json.js';
import { shrinkFound } from './shrink-found.js';
import { untilSignalled } from './until-signalled.js';

export interface SweepFlags {
  readonly seeds?: number;
  readonly seed?: string;
  readonly hours?: number;
  readonly workers?: number;
  readonly profile: SweepProfile;
  /** The folder of shrunk failures, `.paperjam/found` if none is named; `false`: none is shrunk. */
  readonly shrink?: string | false;
  readonly json?: string;
  readonly svg?: string;
}

const RUNS = 1_000;
const HOUR_MS = 3_600_000;

/** `paperjam sweep`: runs that are drawn from seeds, in worker threads, judged by what must always hold. */
export async function sweep(flags: SweepFlags): Promise<void> {
  checkOutputs(flags);
  const { hours, profile } = flags;
  const source: RunSource = { from: 'seeds', first: seedOf(flags.seed ?? String(Date.now() % SEEDS)), profile };
  const runs = hours === undefined ? (flags.seeds ?? RUNS) : SEEDS;
  const startMs = performance.now();
  const tookMs = () => performance.now() - startMs;
  const untilMs = (hours ?? Number.POSITIVE_INFINITY) * HOUR_MS;
  const { signal, release } = untilSignalled();
  process.stdout.write(`seed ${source.first}, profile ${profile}\n`);
  const progress = new SweepProgress({
    stream: process.stdout,
    env: process.env,
    now: () => performance.now(),
    runs: hours === undefined ? runs : undefined,
  });
  const workers = flags.workers ?? availableParallelism();
  const bench = openBench(workers);
  try {
    const goesOn = () => !signal.aborted && tookMs() < untilMs;
    const totals = await carryOut(bench, { source, runs, goesOn, progress: progress.show });
    progress.end();
    const coverage = coverageOf(totals.marks, totals.runs, profile);
    const stopped = signal.aborted && totals.runs < runs;
    const took = tookMs();
    const failing = totals.failures.filter(({ kind }) => kind !== 'divergence').map((one) => failingRun(one, source));
    const kept = await shrinkFound(failing, { folder: flags.shrink, workers, signal });
    const lines = summaryLines({ totals, coverage, source, tookMs: took, stopped, kept });
    process.stdout.write(`${lines.join('\n')}\n`);
    if (flags.json !== undefined)
      saveJson(flags.json, sweepRecord({ totals, coverage, source, stopped, kept, tookMs: took }));
    if (flags.svg !== undefined) {
      const runs = `${grouped(totals.runs)} runs of a sweep, profile ${profile}, from seed ${source.first} on`;
      saveOutput(flags.svg, await coverageSvg(totals.coverage, { runs }), '--svg FILE');
    }
    process.exitCode = sweepExitOf(totals.failed, { stopped, missed: coverage.missed.length > 0 });
  } finally {
    progress.end();
    release();
    await bench.close();
  }
}

function failingRun(failure: SweepFailure, source: RunSource): Failing {
  const foundBy = repeatLine(failure.seed, source);
  return { ...failure, foundBy, fixture: runAt(source, failure.number).fixture };
}
