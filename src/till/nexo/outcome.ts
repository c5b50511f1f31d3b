import type { SalePage } from '../../terminal/book.js';
import { isFinal } from '../../terminal/facts.js';
import type { World } from '../../world/world.js';
import type { ToldPayment } from '../wire.js';

/** How a payment ended for good, as the till was told it, or is to be. */
export interface Outcome {
  readonly payment: 'paid' | 'not-paid' | 'reversed';
  /** Of one that did not come about: why, in the journal's word. */
  readonly why: string | undefined;
  /** The number of the record that says so. */
  readonly seq: number;
  /** A till has asked for the money to go back since: that has an answer of its own, and changes nothing in this one. */
  readonly reversed: boolean;
}

/** `undefined` as long as nothing may be said for good. */
export function outcomeOf({ facts, records }: SalePage): Outcome | undefined {
  const asked = records.findIndex((record) => record.kind === 'cancel-intent' && record.why === 'asked');
  const before = asked === -1 ? records : records.slice(0, asked);
  const last = before.findLast((record) => record.kind === 'payment');
  if (last?.kind !== 'payment') return undefined;
  if (asked === -1 && !isFinal(facts)) return undefined;
  return { payment: last.fact, why: last.why ?? facts.cancelling, seq: last.seq, reversed: asked !== -1 };
}

/** Nothing is told anew by the answer to a payment whose money has been asked back since. */
export function toldOf(world: World, saleId: string, { payment, reversed }: Outcome): ToldPayment[] {
  return reversed ? [] : [{ world, saleId, payment }];
}
