import type { CauseId } from '../../terminal/verdict/causes/catalogue.js';
import type { DrawnRun } from './draw.js';
import type { Held } from './held.js';
import type { Played, PlayedSale } from './play.js';
import { standsFor } from './stands-for.js';

/** How a verdict did on one sale. */
export interface Judged {
  readonly saleId: string;
  /** The first cause of each fault that took hold, as the truth is called in tables; empty when none did. */
  readonly truth: readonly CauseId[];
  readonly said: CauseId | undefined;
  /** Causes, named first or beside, that belong to no fault that took hold; `none` where one was wanted. */
  readonly mistakes: readonly (CauseId | 'none')[];
  readonly wrongPayments: readonly string[];
}

export function judge(run: DrawnRun, { sales, paperRequired }: Played, held: Held): Judged[] {
  return sales.map((sale, i) => judgeSale(run, sale, held[i] ?? new Set(), paperRequired));
}

function judgeSale(run: DrawnRun, sale: PlayedSale, held: ReadonlySet<number>, paperRequired: boolean): Judged {
  const { saleId, verdict, wrongPayments } = sale;
  const faults = run.faults.filter((_, i) => held.has(i)).map(standsFor);
  const allowed = new Set<CauseId>(faults.flatMap(({ causes }) => causes));
  // That paper is a must is no fault, and bears on every ticket that failed.
  if (paperRequired && faults.length > 0) allowed.add('policy.paper-required');
  const named = [verdict.cause, ...verdict.also].flatMap((cause) => (cause === undefined ? [] : [cause.id]));
  const mistakes: (CauseId | 'none')[] = named.filter((id) => !allowed.has(id));
  const wentThrough = verdict.payment === 'paid' && verdict.ticket === 'printed' && verdict.tickets.copies === 0;
  const wanted = faults.filter(({ mayPass }) => !(wentThrough && mayPass !== undefined));
  if (verdict.cause === undefined && wanted.length > 0) mistakes.push('none');
  const truth = [...new Set(faults.flatMap(({ causes }) => causes.slice(0, 1)))];
  return { saleId, truth, said: verdict.cause?.id, mistakes, wrongPayments };
}
