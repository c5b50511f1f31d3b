import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { fileProblem } from '../ground/file-problem.js';
import { writeWholeFile } from '../ground/whole-file.js';
import type { SweepFailure } from '../sim/sweep/batch.js';
import { seedOf } from '../sim/sweep/first-seed.js';
import { coverageOf } from '../sim/sweep/marks/coverage.js';
import { openBench } from '../sim/sweep/pool.js';
import type { SweepProfile } from '../sim/sweep/profile.js';
import { sweepRecord } from '../sim/sweep/report/json.js';
import { SweepProgress } from '../sim/sweep/report/progress.js';
import { summaryLines } from '../sim/sweep/report/summary.js';
import { type RunSource, SEEDS } from '../sim/sweep/source.js';
import { sweep as carryOut } from '../sim/sweep/sweep.js';
import type { Totals } from '../sim/sweep/totals.js';
import { SWEEP_EXIT } from './exit.js';

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
  const stop = untilSignalled();
  const bench = openBench(flags.workers ?? availableParallelism());
  try {
    const goesOn = () => !stop.signalled && tookMs() < untilMs;
    const totals = await carryOut(bench, { source, runs, goesOn, progress: progress.show });
    progress.end();
    const coverage = coverageOf(totals.marks, totals.runs, profile);
    const stopped = stop.signalled && totals.runs < runs;
    const lines = summaryLines({ totals, coverage, source, tookMs: tookMs(), stopped });
    process.stdout.write(`${lines.join('\n')}\n`);
    if (flags.json !== undefined) save(flags.json, sweepRecord(totals, coverage, source, stopped, tookMs()));
    process.exitCode = exitCodeOf(totals, coverage.missed.length > 0, stopped);
  } finally {
    progress.end();
    stop.release();
    await bench.close();
  }
}

/** The worst first. What a run had not expected is as bad as what must never be. */
const WORST_FIRST: readonly (readonly [SweepFailure['kind'], number])[] = [
  ['crash', SWEEP_EXIT.crash],
  ['safety', SWEEP_EXIT.safety],
  ['expectation', SWEEP_EXIT.safety],
  ['divergence', SWEEP_EXIT.divergence],
  ['liveness', SWEEP_EXIT.liveness],
];

function exitCodeOf({ failed }: Totals, missed: boolean, stopped: boolean): number {
  const worst = WORST_FIRST.find(([kind]) => failed.has(kind));
  if (worst !== undefined) return worst[1];
  if (stopped) return SWEEP_EXIT.stopped;
  return missed ? SWEEP_EXIT.notSeen : SWEEP_EXIT.held;
}

function save(path: string, content: unknown): void {
  try {
    writeWholeFile(resolve(path), Buffer.from(`${JSON.stringify(content, null, 2)}\n`));
  } catch (cause) {
    throw new PaperjamError('PJ_RUN_OUTPUT', { path, problem: fileProblem(cause), option: '--json FILE' }, { cause });
  }
}

/** The first signal ends it in order, with what was found; the second is the system's. */
function untilSignalled(): { readonly signalled: boolean; release(): void } {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  let signalled = false;
  const stop = () => {
    signalled = true;
    release();
  };
  const release = () => {
    for (const signal of signals) process.off(signal, stop);
  };
  for (const signal of signals) process.on(signal, stop);
  return {
    get signalled() {
      return signalled;
    },
    release,
  };
}
