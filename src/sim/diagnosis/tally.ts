import type { CauseId } from '../../terminal/verdict/causes/catalogue.js';
import type { Case } from './measure.js';

/** A share of a number of sales. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

/** What was said where it should not have been. */
export interface Confusion {
  /** The causes that took hold, or `none`. */
  readonly truth: string;
  readonly said: CauseId | 'none';
  readonly seeds: readonly number[];
}

/** How one cause was told. */
export interface CauseTotal {
  readonly cause: CauseId;
  /** How often a fault that is called so took hold, and something was to be said of it. */
  readonly true: number;
  /** How often the verdict then named it, or named it otherwise; the rest it did not name beside the others. */
  readonly named: number;
  readonly otherwise: number;
  /** How often it was named at all, and how often of that it belonged to no fault. */
  readonly said: number;
  readonly wrong: number;
}

/** All that a measure says. */
export interface Tally {
  readonly sales: number;
  /** Every cause that was named belongs to a fault that took hold, and there is one where one was wanted. */
  readonly right: Share;
  /** The same of the sales that a fault took hold of, and of those that none did. */
  readonly rightWithFault: Share;
  readonly rightWithout: Share;
  readonly wrongPayments: readonly { readonly seed: number; readonly says: string }[];
  /** The most frequent first. */
  readonly confusions: readonly Confusion[];
  readonly causes: readonly CauseTotal[];
}

export function tally(cases: readonly Case[]): Tally {
  const share = (some: readonly Case[]): Share => ({
    count: some.filter(({ mistakes }) => mistakes.length === 0).length,
    of: some.length,
  });
  const withFault = cases.filter(({ faults }) => faults.length > 0);
  return {
    sales: cases.length,
    right: share(cases),
    rightWithFault: share(withFault),
    rightWithout: share(cases.filter(({ faults }) => faults.length === 0)),
    wrongPayments: cases.flatMap(({ seed, wrongPayments }) => wrongPayments.map((says) => ({ seed, says }))),
    confusions: confusionsOf(cases),
    causes: causesOf(cases),
  };
}

function confusionsOf(cases: readonly Case[]): Confusion[] {
  const found = new Map<string, { truth: string; said: CauseId | 'none'; seeds: number[] }>();
  for (const { seed, faults, mistakes } of cases) {
    const truth = [...new Set(faults.map(({ cause }) => cause))].sort().join(' + ') || 'none';
    for (const said of mistakes) {
      const confusion = found.get(`${truth} ${said}`) ?? { truth, said, seeds: [] };
      found.set(`${truth} ${said}`, confusion);
      confusion.seeds.push(seed);
    }
  }
  return [...found.values()].sort((a, b) => b.seeds.length - a.seeds.length || (a.truth < b.truth ? -1 : 1));
}

function causesOf(cases: readonly Case[]): CauseTotal[] {
  const all = cases.flatMap(({ faults, named }) => [...faults.map(({ cause }) => cause), ...named]);
  return [...new Set(all)].sort().map((cause) => {
    const own = cases.flatMap(({ faults }) => faults.filter((fault) => fault.cause === cause));
    const said = cases.filter(({ named }) => named.includes(cause));
    return {
      cause,
      true: own.length,
      named: own.filter(({ named }) => named === 'so').length,
      otherwise: own.filter(({ named }) => named === 'otherwise').length,
      said: said.length,
      wrong: said.filter(({ mistakes }) => mistakes.includes(cause)).length,
    };
  });
}
