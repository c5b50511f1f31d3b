import { PaperjamError } from '../base/errors.js';
import { loadFixtures } from '../fixture/load.js';
import { type InsteadRun, repeatedWith, withInstead } from '../fixture/plan-runs.js';
import type { FixtureRun } from '../fixture/result.js';
import { runVirtual } from '../fixture/run.js';
import { failureOf, type RunFailure } from '../sim/failure.js';
import { runOfFile } from '../sim/shrink/again.js';
import { sameFailure } from '../sim/shrink/same.js';
import { checkFree, saveFixture } from '../sim/shrink/save.js';
import { type Shrunk, sizeOf } from '../sim/shrink/shrink.js';
import { fixtureOfRun, shrinkRun } from '../sim/shrink/shrink-run.js';
import { takenAway } from '../sim/shrink/taken-away.js';
import { brokenWords, sizeText } from '../sim/shrink/words.js';
import { EXIT } from './exit.js';
import { errorText } from './words.js';

export interface ShrinkFlags {
  readonly runs: number;
  readonly out?: string;
  readonly filter?: string;
  readonly device?: string;
  readonly seed?: number;
}

/** `paperjam shrink`: the smallest fixture that fails as this one does, in a file of its own. */
export async function shrinkFixture(path: string, flags: ShrinkFlags): Promise<void> {
  const { runs: loaded, errors } = loadFixtures([path], flags.filter);
  if (errors.length > 0) {
    for (const error of errors) process.stderr.write(`paperjam: ${errorText(error)}\n`);
    process.exitCode = EXIT.usage;
    return;
  }
  const planned = withInstead(loaded, flags);
  if (planned.length === 0) throw nothingMatches(path, flags.filter ?? '');
  const found = await firstFailure(planned, path);
  const file = flags.out ?? `${found.planned.file.replace(/[.]ya?ml$/, '')}.shrunk.yaml`;
  checkFree(file);
  say(`fails  ${found.planned.id} (seed ${found.planned.seed})`, `       ${failureText(found.failure)}`);
  const live = liveLine();
  const budget = { runs: flags.runs };
  const shrunk = await shrinkRun(found.planned, found.run, { budget, heard: live.heard });
  live.end();
  if (shrunk === undefined) throw unlike(path);
  const before = fixtureOfRun(found.planned);
  const gone = takenAway(before, shrunk.fixture);
  if (gone.length === 0) {
    say(`left   ${sizeText(shrunk)}: it is as small as can be; ${endText(shrunk)}`, 'Nothing was written.');
    return;
  }
  const foundBy = repeatedWith(found.run, found.planned, instead(flags)).repeat;
  const saved = saveFixture(file, { foundBy, failure: found.failure, before, shrunk });
  await checkAgain(saved.file, found.run);
  say(
    `gone   ${gone.join(', ')}`,
    `left   ${sizeText(shrunk)} of ${sizeText(sizeOf(before))}; ${endText(shrunk)}`,
    `file   ${saved.file}`,
    `again  ${saved.repeat}`,
  );
}

interface FoundRun {
  readonly planned: InsteadRun;
  readonly run: FixtureRun;
  readonly failure: RunFailure;
}

/** The first row that fails; the others have to be asked for by `--filter`. */
async function firstFailure(planned: readonly InsteadRun[], path: string): Promise<FoundRun> {
  let passed = 0;
  for (const one of planned) {
    const run = await runVirtual(one);
    const failure = failureOf(run);
    if (failure !== undefined) return { planned: one, run, failure: { ...failure, says: brokenWords(run, failure) } };
    if (run.outcome === 'passed') passed++;
  }
  const skipped = planned.length - passed;
  const outcomes = [`${passed} passed`, ...(skipped === 0 ? [] : [`${skipped} were skipped`])].join(', ');
  throw new PaperjamError('PJ_SHRINK', { file: path, problem: `none of its runs fails (${outcomes})` });
}

/** The file is what counts: it is read and carried out as `paperjam run` does it. */
async function checkAgain(file: string, wanted: FixtureRun): Promise<void> {
  const run = await runOfFile(file);
  if (run === undefined || sameFailure(wanted)?.(run) !== true) throw unlike(file);
}

function unlike(file: string): PaperjamError {
  const problem = 'it fails now and then, or in another way when it is carried out again, which is a bug of paperjam';
  return new PaperjamError('PJ_SHRINK', { file, problem });
}

function nothingMatches(path: string, filter: string): PaperjamError {
  const [first] = loadFixtures([path]).runs;
  const advice = `Without it there are such as ${first?.id ?? path}.`;
  return new PaperjamError('PJ_USAGE', { problem: `no run of ${path} matches --filter ${filter}`, advice });
}

function instead({ device, seed }: ShrinkFlags): string[] {
  return [
    ...(device === undefined ? [] : ['--device', device]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
  ];
}

function failureText({ kind, oracle, says }: RunFailure): string {
  return `${kind}${oracle === undefined ? '' : ` (${oracle})`}: ${says}`;
}

function endText({ runs, finished }: Shrunk): string {
  return finished ? `${runs} runs` : `all ${runs} runs are used up, and more may be taken away (--runs)`;
}

function say(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** For a person who waits. */
function liveLine(): { heard(smallest: Shrunk): void; end(): void } {
  if (!process.stderr.isTTY) return { heard() {}, end() {} };
  return {
    heard: (smallest) => void process.stderr.write(`\r\u001b[Krun ${smallest.runs}: ${sizeText(smallest)}`),
    end: () => void process.stderr.write('\r\u001b[K'),
  };
}
