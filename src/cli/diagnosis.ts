import { resolve } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { loadFixtures } from '../fixture/load.js';
import { type CarriedOut, namedCauses } from '../fixture/named-causes.js';
import { runVirtual } from '../fixture/run.js';
import { fileProblem } from '../ground/file-problem.js';
import { writeWholeFile } from '../ground/whole-file.js';
import { tallyMarkdown } from '../sim/diagnosis/markdown.js';
import { measure, measureRun } from '../sim/diagnosis/measure.js';
import { tally } from '../sim/diagnosis/tally.js';
import { proveJournal } from '../terminal/journal/chain.js';
import { says } from '../terminal/verdict/says.js';
import { type Lang, verdictText } from './words.js';

export interface DiagnosisFlags {
  readonly runs: number;
  readonly seed: number;
  readonly json?: string;
  readonly only?: number;
  readonly fixtures?: readonly string[];
  readonly lang: Lang;
}

/** What is asked of the verdict: no payment wrong, and so many causes of 100 right. */
const RIGHT_LEAST = 95;
const MISSED = 1;

/** `paperjam diagnosis`: how often verdicts are right. */
export async function diagnosis(flags: DiagnosisFlags): Promise<void> {
  if (flags.only !== undefined) await only(flags.only, flags.lang);
  else if (flags.fixtures !== undefined) await overFixtures(flags.fixtures, flags.json);
  else await overRuns(flags);
}

async function overRuns({ runs, seed, json }: DiagnosisFlags): Promise<void> {
  const found = tally(await measure(seed, runs, progressOf(runs)));
  process.stdout.write(`${tallyMarkdown(found, { seed, runs })}\n`);
  if (json !== undefined) save(json, { seed, runs, ...found });
  for (const { seed: at, says: wrong } of found.wrongPayments) process.stdout.write(`\nseed ${at}: ${wrong}\n`);
  conclude(found.wrongPayments.length, found.right.count, found.right.of);
}

async function overFixtures(paths: readonly string[], json: string | undefined): Promise<void> {
  const { runs, errors } = loadFixtures(paths);
  const [error] = errors;
  if (error !== undefined) throw error;
  const progress = progressOf(runs.length);
  const results: CarriedOut[] = [];
  for (const planned of runs) {
    results.push({ fixture: planned.fixture, run: await runVirtual(planned) });
    progress?.(results.length);
  }
  const found = namedCauses(results);
  const lines = [
    `${found.right} of ${found.runs} runs that say what the cause is: a verdict names it; payments wrong: ${found.wrongPayments.length}`,
    ...found.mistakes.map(({ id, wanted, said }) => `  ${id}: ${wanted.join(', ')}, and said was ${said.join(', ')}`),
    ...found.wrongPayments.map(({ id, says: wrong }) => `  ${id}: ${wrong}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (json !== undefined) save(json, found);
  conclude(found.wrongPayments.length, found.right, found.runs);
}

function conclude(wrongPayments: number, right: number, of: number): void {
  if (wrongPayments > 0 || right * 100 < of * RIGHT_LEAST) process.exitCode = MISSED;
}

/** All about one run: what was put in, what took hold, what the terminal wrote down, and what it made of it. */
async function only(seed: number, lang: Lang): Promise<void> {
  const { run, played, held, judged } = await measureRun(seed);
  const lines = [
    `seed ${seed}  ${run.device}, ${JSON.stringify(run.policy)}${run.notify ? ', the platform sends notices' : ''}`,
    ...run.faults.map((fault, i) => {
      const sales = played.sales.flatMap(({ name }, sale) => (held[sale]?.has(i) === true ? [name] : []));
      const did = sales.length > 0 ? `took hold of ${sales.join(', ')}` : 'changed nothing for the worse';
      return `  fault ${JSON.stringify(fault)}: ${played.begun[i] === true ? did : 'never began'}`;
    }),
    ...played.sales.flatMap(({ name, verdict }, i) => [
      '',
      `${name}: ${rightText(judged[i]?.mistakes ?? [], judged[i]?.wrongPayments ?? [])}`,
      verdictText(verdict, lang),
    ]),
    '',
    ...proveJournal(played.journal, 'journal').records.map((record) => {
      const { seq, at, kind } = record;
      return `${String(seq).padStart(4)}  ${at.slice(11, 23)}  ${kind.padEnd(17)} ${says(record)}`;
    }),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function rightText(mistakes: readonly string[], wrongPayments: readonly string[]): string {
  const wrong = [
    ...wrongPayments.map((says) => `payment wrong (${says})`),
    ...(mistakes.length === 0 ? [] : [`cause wrong (${mistakes.join(', ')})`]),
  ];
  return wrong.join(', ') || 'right';
}

function save(path: string, content: unknown): void {
  try {
    writeWholeFile(resolve(path), Buffer.from(`${JSON.stringify(content, null, 2)}\n`));
  } catch (cause) {
    throw new PaperjamError('PJ_RUN_OUTPUT', { path, problem: fileProblem(cause), option: '--json FILE' }, { cause });
  }
}

/** For a person who waits. */
function progressOf(runs: number): ((done: number) => void) | undefined {
  if (!process.stderr.isTTY) return undefined;
  return (done) => {
    if (done % 50 === 0 || done === runs) process.stderr.write(`\r${done} of ${runs} runs${done === runs ? '\n' : ''}`);
  };
}
