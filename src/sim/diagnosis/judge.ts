import type { CauseId } from '../../terminal/verdict/causes/catalogue.js';
import type { DrawnRun } from './draw.js';
import type { Held } from './held.js';
import type { Played, PlayedSale } from './play.js';
import { type StandsFor, standsFor } from './stands-for.js';

/** A fault that took hold of a sale, and what the verdict made of it. */
export interface Told {
  /** What it is called in tables: the first cause that it stands for. */
  readonly cause: CauseId;
  /** The verdict names this cause, or another by which no terminal could tell it from this one. */
  readonly named: 'so' | 'otherwise' | 'no';
}

/** How a verdict did on one sale. */
export interface Judged {
  readonly saleId: string;
  /** Of each fault that took hold, and of which something was to be said. */
  readonly faults: readonly Told[];
  /** All causes that the verdict names, the first one first. */
  readonly named: readonly CauseId[];
  /** Those of them that belong to no fault that took hold; `none` when a cause was wanted and there is none. */
  readonly mistakes: readonly (CauseId | 'none')[];
  readonly wrongPayments: readonly string[];
}

/** Holds the verdicts of a run against what is known of it: right is what belongs to a fault that took hold, all of it. */
export function judge(run: DrawnRun, { sales, paperRequired }: Played, held: Held): Judged[] {
  return sales.map((sale, i) => {
    const faults = run.faults.filter((_, fault) => held[i]?.has(fault) === true).map(standsFor);
    return judgeSale(sale, faults, paperRequired);
  });
}

function judgeSale({ saleId, verdict, wrongPayments }: PlayedSale, all: readonly StandsFor[], paper: boolean): Judged {
  const { cause, also, payment, ticket, tickets } = verdict;
  const allowed = new Set<CauseId>(all.flatMap(({ causes }) => causes));
  // That paper is a must is no fault, and bears on every ticket that failed.
  if (paper && all.length > 0) allowed.add('policy.paper-required');
  const named = [...(cause === undefined ? [] : [cause]), ...also].map(({ id }) => id);
  const wentThrough = payment === 'paid' && ticket === 'printed' && tickets.copies === 0;
  const plain = all.filter(({ mayPass }) => mayPass === undefined);
  const wanted = plain.length > 0 || wentThrough ? plain : all;
  const faults = all.flatMap((one): Told[] => {
    const [first] = one.causes;
    const isNamed = one.causes.some((id) => named.includes(id));
    if (first === undefined || !(isNamed || wanted.includes(one))) return [];
    return [{ cause: first, named: named.includes(first) ? 'so' : isNamed ? 'otherwise' : 'no' }];
  });
  const mistakes: Judged['mistakes'][number][] = named.filter((id) => !allowed.has(id));
  if (cause === undefined && wanted.length > 0) mistakes.push('none');
  return { saleId, faults, named, mistakes, wrongPayments };
}
