import { networkFaults } from './network-faults.js';
import { type Operations, operationsOf, type Struck } from './operations.js';
import { powerCuts } from './power-cuts.js';
import type { SingleFault } from './single-fault.js';

export type Pair = readonly [SingleFault, SingleFault];

/** A fault and its place in the run that it strikes. */
interface Placed {
  readonly fault: SingleFault;
  readonly order: number;
  readonly atRequest: boolean;
}

/** Behind each first fault so many second ones, if there are no more pairs to be had: the run with the first one is dear. */
const SECONDS = 4;
/** The golden ratio: by it the second faults of one first fault lie between those of the one before. */
const SHIFT = 0.618;

/**
 * So many pairs of faults at most: power cuts inside events (of the journal, of requests and answers, of states) and faults
 * at requests, the first ones spread evenly over all that there are. A fault changes what comes after it; so the second one
 * is taken from what happens in the run that the first one has struck, behind it, and spread over that. Up to the second
 * fault the run of a pair is the same, and so it comes. Which pairs they are depends on nothing but the fixture and the
 * budget.
 */
export function* pairsOf(struck: Struck, budget: number): Generator<Pair> {
  const firsts = placedIn(struck, struck.operations);
  const each = Math.max(SECONDS, Math.ceil(budget / Math.max(firsts.length, 1)));
  const count = Math.min(firsts.length, Math.ceil(budget / each));
  let left = budget;
  for (const [i, first] of spread(firsts, count).entries()) {
    const seconds = secondsOf(struck, first);
    const wanted = Math.min(each, left, seconds.length);
    for (const second of spread(seconds, wanted, (i * SHIFT) % 1)) yield [first.fault, second.fault];
    left -= wanted;
  }
}

function placedIn({ fixture }: Struck, { moments, requests }: Operations): Placed[] {
  return [
    ...moments.flatMap((moment) =>
      [...powerCuts(moment)].map((fault) => ({ fault, order: moment.order, atRequest: false })),
    ),
    ...requests.flatMap((request) =>
      [...networkFaults(request, fixture)].map((fault) => ({ fault, order: request.order, atRequest: true })),
    ),
  ];
}

/** What can be struck behind a fault; two may strike the same request. */
function secondsOf({ fixture, device }: Struck, first: Placed): Placed[] {
  const faults = [...fixture.faults, first.fault.record];
  const operations = operationsOf({ ...fixture, faults }, first.fault.id, device);
  if ('outcome' in operations) return [];
  const struck = { fixture, device, operations };
  return placedIn(struck, operations).filter(
    ({ fault, order, atRequest }) =>
      order > first.order || (order === first.order && atRequest && fault.id !== first.fault.id),
  );
}

/** So many of them, evenly; `shift`: where in the stretch of each. */
function spread<T>(all: readonly T[], count: number, shift = 0.5): T[] {
  return Array.from({ length: count }, (_, i) => all[Math.floor(((i + shift) * all.length) / count)]).flatMap((one) =>
    one === undefined ? [] : [one],
  );
}
