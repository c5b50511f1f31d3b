import { formatYuan } from '../../base/money.js';
import { FIXTURE, type Fixture } from '../../fixture/language/fixture.js';
import type { Step } from '../../fixture/language/steps.js';
import { nameProblems } from '../../fixture/reading/names.js';
import { without } from './paths.js';
import { isPlainMap, type Plain, type PlainMap, plainOf } from './plain-value.js';

/**
 * A fixture as its file would say it: only what differs from the defaults, all in the long form that every place accepts,
 * and no parameters. Whatever is taken from it is taken by deleting, and what is left has its usual value by itself.
 */
export function plainFixture(fixture: Fixture): PlainMap {
  const { parameters: _, repeat: __, title, steps, policy, ...rest } = fixture;
  const usual = plainMap(DEFAULTS);
  const said = Object.entries(plainMap({ ...rest, policy: plainPolicy(policy) })).flatMap(
    ([key, value]): [string, Plain][] => {
      const different = OPTIONS.has(key) ? differing(value, usual[key]) : unlike(value, usual[key]);
      return different === undefined ? [] : [[key, different]];
    },
  );
  const all: PlainMap = { ...Object.fromEntries(said), title: plainMap(title), steps: steps.map(plainStep) };
  return Object.fromEntries(
    ORDER.flatMap((key): [string, Plain][] => {
      const value = all[key];
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** What a file says, checked as any file is; `undefined`: the language does not accept it. */
export function fixtureOf(plain: PlainMap): Fixture | undefined {
  const { data } = FIXTURE.safeParse(plain);
  return data === undefined || nameProblems(data).length > 0 ? undefined : data;
}

/** The same without the steps and expectations that speak of something which is not there any more. */
export function tidied(plain: PlainMap): PlainMap {
  let left = plain;
  for (;;) {
    const { data } = FIXTURE.safeParse(left);
    const problems = data === undefined ? [] : nameProblems(data);
    if (problems.length === 0) return left;
    const paths = problems.map(({ path }) => {
      const [top, i, verb] = path;
      return top === 'steps' && i !== undefined && verb !== 'expect' ? [top, i] : path;
    });
    const next = without(left, paths);
    if (JSON.stringify(next) === JSON.stringify(left)) return left;
    left = next;
  }
}

const DEFAULTS: Fixture = FIXTURE.parse({ title: { zh: '-', en: '-' }, steps: ['cancel'] });
/** Mappings of which each key has a usual value of its own. */
const OPTIONS: ReadonlySet<string> = new Set(['policy', 'timings', 'merchant', 'driver', 'platform']);
/** The keys of a fixture in the order in which its documentation has them. */
const ORDER = Object.keys(FIXTURE.shape);

function plainMap(value: object): PlainMap {
  const plain = plainOf(value);
  if (!isPlainMap(plain)) throw new Error('a mapping stays one');
  return plain;
}

function unlike(value: Plain, usual: Plain | undefined): Plain | undefined {
  return JSON.stringify(value) === JSON.stringify(usual) ? undefined : value;
}

/** What of a mapping is not as it usually is, all the way down. */
function differing(value: Plain, usual: Plain | undefined): Plain | undefined {
  if (!isPlainMap(value) || !isPlainMap(usual)) return unlike(value, usual);
  const entries = Object.entries(value).flatMap(([key, inner]): [string, Plain][] => {
    const different = differing(inner, usual[key]);
    return different === undefined ? [] : [[key, different]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** An amount is told in yuan there. */
function plainPolicy({ ticket, ...policy }: Fixture['policy']) {
  const { signature } = ticket;
  if (typeof signature === 'string') return { ...policy, ticket };
  return { ...policy, ticket: { ...ticket, signature: { aboveYuan: formatYuan(signature.aboveFen) } } };
}

const USUALLY_WITHIN_MS = healUsually();

function healUsually(): number | undefined {
  const [step] = FIXTURE.parse({ title: { zh: '-', en: '-' }, steps: ['heal'] }).steps;
  return step?.heal?.withinMs;
}

function plainStep({ sell, wait, heal, restart, till, expect, ...rest }: Step): Plain {
  const step: Record<string, unknown> = { ...rest };
  if (sell !== undefined) {
    const { amountFen, ...more } = sell;
    step.sell = { fen: amountFen, ...more };
  }
  if (wait !== undefined) step.wait = 'forMs' in wait ? wait.forMs : wait;
  if (heal !== undefined) step.heal = heal.withinMs === USUALLY_WITHIN_MS ? {} : heal;
  if (restart !== undefined) step.restart = restart.offMs === 0 ? {} : restart;
  if (till !== undefined) step.till = plainTill(till);
  if (expect !== undefined) step.expect = expect;
  return plainOf(step);
}

function plainTill(till: NonNullable<Step['till']>): object {
  if ('answer' in till) return till.to === 'till' ? { ...till, to: undefined } : till;
  if (till.sell === undefined) return till;
  const { amountFen, ...more } = till.sell;
  return { ...till, sell: { fen: amountFen, ...more } };
}
