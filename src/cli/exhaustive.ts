import { availableParallelism } from 'node:os';
import { PaperjamError } from '../base/errors.js';
import { CasesProgress, caseLine, casesLines, filesOf } from '../sim/exhaustive/report.js';
import { openCases, planExhaustive, runExhaustive } from '../sim/exhaustive/run.js';
import { grouped } from '../sim/report/words.js';
import { shrunkPart } from '../sim/shrink/keep.js';
import { EXIT, sweepExitOf } from './exit.js';
import { checkOutputs, saveJson } from './save-json.js';
import { shrinkFound } from './shrink-found.js';
import { untilSignalled } from './until-signalled.js';
import { errorText } from './words.js';

export interface ExhaustiveFlags {
  readonly pairs: number;
  readonly rows: 'first' | 'differing' | 'each';
  readonly case?: string;
  readonly workers?: number;
  /** The folder of shrunk failures, `.paperjam/found` if none is named; `false`: none is shrunk. */
  readonly shrink?: string | false;
  readonly json?: string;
}

/** Raised when a field of the JSON changes its meaning or goes away. */
const SCHEMA = 1;

/** `paperjam sweep --exhaustive`: everything that can be struck in some fixtures, struck. */
export async function exhaustive(paths: readonly string[], flags: ExhaustiveFlags): Promise<void> {
  checkOutputs(flags);
  const { pairs, rows, case: only } = flags;
  const startMs = performance.now();
  const tookMs = () => performance.now() - startMs;
  const cpuMs = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  };
  const { signal, release } = untilSignalled();
  const goesOn = () => !signal.aborted;
  const plan = await planExhaustive(paths, { rows, pairs, only }, goesOn);
  const planStopped = signal.aborted;
  if (plan.errors.length > 0) {
    for (const error of plan.errors) process.stderr.write(`paperjam: ${errorText(error)}\n`);
    process.exitCode = EXIT.usage;
    return release();
  }
  if (
    only !== undefined &&
    !planStopped &&
    plan.runs.every(({ cases, notPlayed }) => cases === 0 && notPlayed === undefined)
  )
    throw noSuchCase(only);
  const played = plan.runs.filter(({ notPlayed }) => notPlayed === undefined).length;
  process.stdout.write(`${grouped(plan.cases)} cases of ${grouped(played)} of ${grouped(plan.rows)} rows\n`);
  const progress = new CasesProgress(
    { stream: process.stdout, env: process.env, now: () => performance.now() },
    plan.cases,
  );
  const workers = flags.workers ?? availableParallelism();
  const crew = openCases(workers);
  try {
    const totals = await runExhaustive(plan, { pairs }, crew, { goesOn, progress: progress.show });
    progress.end();
    const stopped = signal.aborted && (totals.cases < plan.cases || planStopped);
    const took = { cpuMs: cpuMs(), tookMs: tookMs() };
    const failing = totals.failures.map((one) => ({ ...one, foundBy: caseLine(one, pairs) }));
    const kept = await shrinkFound(failing, { folder: flags.shrink, workers, signal });
    process.stdout.write(`${casesLines({ totals, pairs, kept, stopped, ...took }).join('\n')}\n`);
    if (flags.json !== undefined) {
      const { cases, skipped, hollow, hollowIds, notPlayed, failed, failures } = totals;
      saveJson(flags.json, {
        schema: SCHEMA,
        stopped,
        pairs,
        rows,
        cases,
        played: totals.runs.length,
        of: totals.rows,
        notPlayed,
        skipped,
        hollow,
        hollowIds,
        failed: Object.fromEntries(failed),
        failures: failures.map(({ fixture: _, ...failure }) => ({ ...failure, ...shrunkPart(kept.get(failure.id)) })),
        fixtures: filesOf(totals, took.cpuMs),
        ...took,
      });
    }
    process.exitCode = sweepExitOf(totals.failed, { stopped, missed: totals.cases === totals.skipped });
  } finally {
    progress.end();
    release();
    await crew.close();
  }
}

function noSuchCase(id: string): PaperjamError {
  const problem = `there is no case ${id}`;
  return new PaperjamError('PJ_USAGE', {
    problem,
    advice: 'Failures are told with the line that repeats them: use that.',
  });
}
