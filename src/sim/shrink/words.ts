import type { Fixture } from '../../fixture/language/fixture.js';
import type { FixtureRun } from '../../fixture/result.js';
import type { OracleName } from '../../oracles/oracle.js';
import { VERSION } from '../../world/version.js';
import type { RunFailure } from '../failure.js';
import { type Shrunk, type Size, sizeOf } from './shrink.js';

const HOLDS: Readonly<Record<OracleName, Fixture['title']>> = {
  'one-payment': { zh: '一笔交易最多收一次款', en: 'a sale is paid once at most' },
  'true-verdict': { zh: '支付结论与平台账目一致', en: "what is said of a payment agrees with the platform's books" },
  settles: { zh: '故障结束后每笔交易都结清', en: 'every sale settles when the faults have ended' },
  'one-original': { zh: '小票原件最多一张', en: 'one unmarked original ticket at most' },
  'journal-kept': { zh: '日志确认过的都保留', en: 'what the journal acknowledged is kept' },
  'till-told': { zh: '告诉收银机的不会被推翻', en: 'what the till was told is never contradicted' },
};

/** What has to be so, and what stands against it. The failure of a fixture that somebody wrote keeps its title. */
export function titleOf({ kind, oracle }: RunFailure, { title, faults, steps }: Fixture): Fixture['title'] {
  if (kind === 'expectation') return { zh: shortened(title.zh, '(缩减)'), en: shortened(title.en, ', shrunk') };
  const held = oracle === undefined ? { zh: '程序不出错', en: 'the program does not fail' } : HOLDS[oracle];
  const names = [...new Set([...faults, ...steps.flatMap(({ fault }) => fault ?? [])].map(({ fault }) => fault))];
  const more = names.length - NAMES;
  const told = names.slice(0, NAMES).join(', ');
  if (told === '') return { zh: `${held.zh}:无故障`, en: `${held.en}: without a fault` };
  return {
    zh: `${held.zh}:${told}${more > 0 ? `,另有 ${more} 个故障` : ''}`,
    en: `${held.en}: ${told}${more > 0 ? ` and ${more} more` : ''}`,
  };
}

const NAMES = 3;
const TITLE_LENGTH = 300;

/** A fixture that was shrunk before says so once. */
function shortened(title: string, ending: string): string {
  return title.endsWith(ending) ? title : `${title.slice(0, TITLE_LENGTH - ending.length)}${ending}`;
}

/** A fixture that nobody wrote, and where it comes from: whoever reads it wants to know. */
export interface Found {
  /** What it was found by: `paperjam sweep --seed 123 --profile swarm`, or the run of a fixture. */
  readonly foundBy: string;
  readonly failure: RunFailure;
  readonly before: Fixture;
  readonly shrunk: Shrunk;
}

/** The head of its file. `repeat` is the line that does it again. */
export function commentOf({ foundBy, failure, before, shrunk }: Found, repeat: string): string {
  const { kind, oracle, says } = failure;
  return [
    `${FOUND_BY} ${foundBy} (paperjam ${VERSION}, seed ${before.seed}).`,
    `What broke, ${oracle === undefined ? kind : `${kind} (${oracle})`}: ${firstLine(says)}`,
    `Shrunk from ${sizeText(sizeOf(before))} to ${sizeText(shrunk)} in ${counted(shrunk.runs, 'run')}${shrunk.finished ? '' : ', not to the end'}. Again:`,
    `  ${repeat}`,
  ].join('\n');
}

/** What broke in a run, in a line; of an expectation, with its place in the fixture. */
export function brokenWords({ problems }: FixtureRun, { kind, says }: RunFailure): string {
  const problem = problems.find(({ oracle }) => oracle === undefined);
  if (kind !== 'expectation' || problem === undefined) return firstLine(says);
  return firstLine(`${problem.path}: expected ${problem.expected}, was ${problem.actual}`);
}

/** How the head of such a file begins. */
export const FOUND_BY = 'Found by';

export function sizeText({ faults, steps }: Size): string {
  return `${counted(faults, 'fault')} and ${counted(steps, 'step')}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

const SAYS_LENGTH = 400;

function firstLine(says: string): string {
  const [line = ''] = says.split('\n');
  return line.length <= SAYS_LENGTH ? line : `${line.slice(0, SAYS_LENGTH)}…`;
}
