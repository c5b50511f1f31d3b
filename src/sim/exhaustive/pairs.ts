import type { Fixture } from '../../fixture/language/fixture.js';
import { networkFaults } from './network-faults.js';
import type { Operations } from './operations.js';
import { powerCuts } from './power-cuts.js';
import type { SingleFault } from './single-fault.js';

export type Pair = readonly [SingleFault, SingleFault];

/** A number of pairs, of which each can be had by itself. */
interface Family {
  readonly count: number;
  pair(i: number): Pair;
}

/**
 * So many pairs of faults, spread evenly over all that there are: a power cut and a fault at a request, two power cuts,
 * faults at two requests. The power is cut at operations inside events: of the journal, of requests and answers, of
 * states. Which pairs they are depends on nothing but the fixture and the budget.
 */
export function* pairsOf({ moments, requests }: Operations, fixture: Fixture, budget: number): Generator<Pair> {
  const cuts = moments.flatMap((operation) => [...powerCuts(operation)]);
  const atRequests = requests.flatMap((request) => [...networkFaults(request, fixture)]);
  const families = [product(cuts, atRequests), twoOf(cuts), twoOf(atRequests)];
  const count = families.reduce((sum, family) => sum + family.count, 0);
  const most = Math.min(budget, count);
  for (let i = 0; i < most; i++) yield pairAt(families, Math.floor(((i + 0.5) * count) / most));
}

function pairAt(families: readonly Family[], i: number): Pair {
  let left = i;
  for (const family of families) {
    if (left < family.count) return family.pair(left);
    left -= family.count;
  }
  throw new RangeError(`there is no pair ${i}`);
}

function product(first: readonly SingleFault[], second: readonly SingleFault[]): Family {
  return {
    count: first.length * second.length,
    pair: (i) => [at(first, Math.floor(i / second.length)), at(second, i % second.length)],
  };
}

/** Each of them with each that stands behind it. */
function twoOf(all: readonly SingleFault[]): Family {
  const n = all.length;
  return {
    count: (n * (n - 1)) / 2,
    pair(i) {
      let first = 0;
      let left = i;
      while (left >= n - 1 - first) left -= n - 1 - first++;
      return [at(all, first), at(all, first + 1 + left)];
    },
  };
}

function at(all: readonly SingleFault[], i: number): SingleFault {
  const one = all[i];
  if (one === undefined) throw new RangeError(`there is no fault ${i}`);
  return one;
}
