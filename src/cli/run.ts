import { PaperjamError } from '../base/errors.js';
import { type LoadedFixtures, loadFixtures } from '../fixture/load.js';
import { type InsteadRun, repeatedWith, withInstead } from '../fixture/plan-runs.js';
import type { PlannedRun } from '../fixture/planned.js';
import { LiveSuite } from '../fixture/report/live.js';
import { outcomeOf, type Suite } from '../fixture/report/suite.js';
import type { Lang } from '../fixture/report/words.js';
import type { FixtureRun } from '../fixture/result.js';
import { runVirtual } from '../fixture/run.js';
import { runAll } from '../fixture/run-all.js';
import { type Config, readConfig } from '../world/config.js';
import { isEmulated } from '../world/settings.js';
import { VERSION } from '../world/version.js';
import { EXIT, RUN_EXIT } from './exit.js';
import { checkRunFiles, keepPictures, type RunFiles, writeRunFiles } from './run-output.js';
import { personAtTerminal } from './run-person.js';
import { watchFixtures } from './run-watch.js';
import { untilSignalled } from './until-signalled.js';
import { errorText } from './words.js';

export interface RunFlags extends RunFiles {
  readonly real?: boolean;
  readonly printer?: string;
  readonly platform?: string;
  readonly config?: string;
  readonly device?: string;
  readonly filter?: string;
  readonly seed?: number;
  readonly jobs?: number;
  /** Seconds. */
  readonly limit: number;
  readonly bail?: boolean;
  readonly watch?: boolean;
  readonly lang: Lang;
}

/** How runs are carried out, and the options that say so, for the line that repeats one. */
interface Bench {
  readonly ground: FixtureRun['ground'];
  readonly jobs: number;
  readonly options: readonly string[];
  carryOut(planned: PlannedRun, signal: AbortSignal): Promise<FixtureRun>;
}

const REAL_JOBS = 2;

/** `paperjam run`: fixtures from files and folders, carried out, shown, and written down. */
export async function run(paths: readonly string[], flags: RunFlags): Promise<void> {
  checkRunFiles(flags);
  const filter = flags.filter === undefined ? undefined : patternOf(flags.filter);
  const live = new LiveSuite({
    stream: process.stdout,
    env: process.env,
    lang: flags.lang,
    now: () => performance.now(),
  });
  const bench = benchOf(flags, live);
  const load = () => loadFixtures(paths, filter);
  const carryOut = async (planned: readonly InsteadRun[], signal: AbortSignal) => {
    const suite = await suiteOf(planned, flags, bench, live, signal);
    const pictures = keepPictures(suite, flags);
    live.ended(suite, pictures);
    live.say(writeRunFiles(suite, flags));
    return suite;
  };
  if (flags.watch === true) {
    const again = (loaded: LoadedFixtures) => withInstead(loaded.runs, flags);
    await watchFixtures({ paths, load, planned: again, carryOut, live, lang: flags.lang });
    return;
  }
  const loaded = load();
  if (loaded.errors.length > 0) {
    for (const error of loaded.errors) process.stderr.write(`paperjam: ${errorText(error)}\n`);
    process.exitCode = EXIT.usage;
    return;
  }
  const planned = withInstead(loaded.runs, flags);
  if (planned.length === 0) throw nothingMatches(paths, flags.filter ?? '');
  const { signal, release } = untilSignalled();
  try {
    const suite = await carryOut(planned, signal);
    process.exitCode = signal.aborted ? RUN_EXIT.stopped : RUN_EXIT[outcomeOf(suite)];
  } finally {
    release();
    live.pause();
  }
}

async function suiteOf(
  planned: readonly InsteadRun[],
  { bail = false }: RunFlags,
  { ground, jobs, options, carryOut }: Bench,
  live: LiveSuite,
  signal: AbortSignal,
): Promise<Suite> {
  const startedAt = new Date().toISOString();
  const startMs = performance.now();
  const all = await runAll(planned, {
    carryOut: async (plan) => repeatedWith(await carryOut(plan, signal), plan, options),
    ground,
    jobs,
    bail,
    signal,
    listener: {
      begun: (count) => live.begun(count),
      runBegun: ({ id }) => live.runBegun(id),
      runEnded: (ended) => live.runEnded(ended),
    },
  });
  return { version: VERSION, startedAt, tookMs: performance.now() - startMs, ground, planned: planned.length, ...all };
}

/** On virtual ground, or on the real one as options and configuration say. Throws `PJ_USAGE`, `PJ_CONFIG`. */
function benchOf(flags: RunFlags, live: LiveSuite): Bench {
  const { printer, platform, config: configFile, device, jobs } = flags;
  const named = Object.entries({ '--printer': printer, '--platform': platform, '--config': configFile });
  const where = named.flatMap(([option, value]) => (value === undefined ? [] : [option, value]));
  const instead = [
    ...(device === undefined ? [] : ['--device', device]),
    ...(flags.seed === undefined ? [] : ['--seed', String(flags.seed)]),
  ];
  if (flags.real !== true && where.length === 0) {
    if (jobs !== undefined)
      throw usage('--jobs is for real wires', 'Add --real: in virtual time there is nothing to wait for.');
    return { ground: 'virtual', jobs: 1, options: instead, carryOut: (planned) => runVirtual(planned) };
  }
  const config = configOf(flags);
  const emulated = isEmulated(config.printer);
  if (!emulated && (jobs ?? 1) > 1)
    throw usage('--jobs is for the emulated printer', 'There is one real printer: leave it away.');
  const attended = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const person = emulated || !attended ? undefined : personAtTerminal(flags.lang, (lines) => live.say(lines));
  return {
    ground: 'real',
    jobs: jobs ?? (emulated ? REAL_JOBS : 1),
    options: [...where, ...instead],
    carryOut: async (planned, signal) => {
      const { openDoor, runReal } = await import('./run-real.js'); // In virtual time nobody waits for all that it needs.
      return runReal(planned, { config, configFile, limitMs: flags.limit * 1_000, person, openDoor, signal });
    },
  };
}

function configOf({ config: file, printer, platform }: RunFlags): Config {
  const config = readConfig(file, printer === undefined ? {} : { printer });
  if (platform === undefined) return config;
  if (config.platform === undefined) {
    const advice = 'Name a configuration with `platform:` (appId, privateKeyFile, platformPublicKeyFile) by --config.';
    throw usage('--platform needs the keys that the platform there knows', advice);
  }
  if (!URL.canParse(platform))
    throw usage(`--platform ${platform} is no URL`, 'Such as http://127.0.0.1:8080/gateway.do.');
  return { ...config, platform: { ...config.platform, gateway: platform } };
}

/** `/…/` is a pattern, anything else text. Throws `PJ_USAGE`. */
function patternOf(filter: string): string | RegExp {
  if (!/^\/.+\/$/.test(filter)) return filter;
  try {
    return new RegExp(filter.slice(1, -1));
  } catch (error) {
    throw usage(
      `--filter ${filter} is no pattern (${error instanceof Error ? error.message : ''})`,
      'Leave the slashes away for plain text.',
    );
  }
}

const EXAMPLES = 3;

function nothingMatches(paths: readonly string[], filter: string): PaperjamError {
  const ids = loadFixtures(paths).runs.map(({ id }) => id);
  const examples = ids.slice(0, EXAMPLES).join(', ');
  return usage(`no fixture matches --filter ${filter}`, `Without it there are ${ids.length}, such as ${examples}.`);
}

function usage(problem: string, advice: string): PaperjamError {
  return new PaperjamError('PJ_USAGE', { problem, advice });
}
