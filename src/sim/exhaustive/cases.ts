import { networkFaults } from './network-faults.js';
import type { Struck } from './operations.js';
import { pairsOf } from './pairs.js';
import { longPowerCut, powerCuts, rottingCut } from './power-cuts.js';
import type { SingleFault } from './single-fault.js';

export interface CaseOptions {
  /** How many pairs of faults at most, besides all single ones. */
  readonly pairs: number;
}

/** A fixture with one fault more, or two, or none: then it is held to what must hold as it is. */
export interface Case {
  readonly id: string;
  readonly faults: readonly SingleFault[];
}

/**
 * All cases of a fixture, always in the same order: as it is; the power goes at each operation; each fault of the network
 * at each request; and pairs, as many as there may be.
 *
 * A bit rots at every operation but bytes: what a boot makes of it depends on the journal alone, and that does not change
 * between two bytes without one of the other operations.
 */
export function* casesOf(struck: Struck, { pairs }: CaseOptions): Generator<Case> {
  const { fixture, operations } = struck;
  const { moments, events, bytes, requests } = operations;
  const single = (fault: SingleFault): Case => ({ id: fault.id, faults: [fault] });
  yield { id: 'as it is', faults: [] };
  for (const operation of [...moments, ...events, ...bytes]) for (const cut of powerCuts(operation)) yield single(cut);
  for (const operation of moments) yield single(longPowerCut(operation));
  let nth = 0;
  for (const operation of [...moments, ...events]) yield single(rottingCut(operation, ++nth));
  for (const request of requests) for (const fault of networkFaults(request, fixture)) yield single(fault);
  for (const faults of pairsOf(struck, pairs)) yield { id: faults.map(({ id }) => id).join(' + '), faults };
}
