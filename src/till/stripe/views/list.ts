import { missing } from '../refusal.js';

export interface Paging {
  readonly limit?: number | undefined;
  readonly starting_after?: string | undefined;
  readonly ending_before?: string | undefined;
}

/**
 * A page of a list, the newest first (docs.stripe.com/api/pagination): of things that come oldest first, and are shown only
 * when they stand on the page. Throws a `StripeRefusal` for a cursor that is not in it.
 */
export function page<Thing extends { readonly id: string }>(
  url: string,
  things: readonly Thing[],
  { limit = 10, starting_after: after, ending_before: before }: Paging,
  show: (thing: Thing) => object,
): Readonly<Record<string, unknown>> {
  const newest = [...things].reverse();
  const find = (id: string, param: string) => {
    const at = newest.findIndex((thing) => thing.id === id);
    if (at < 0) throw missing('object', id, param);
    return at;
  };
  let from = 0;
  let to = newest.length;
  if (after !== undefined) from = find(after, 'starting_after') + 1;
  if (before !== undefined) to = find(before, 'ending_before');
  const backwards = before !== undefined && after === undefined;
  const shown = backwards
    ? newest.slice(Math.max(from, to - limit), to)
    : newest.slice(from, Math.min(to, from + limit));
  const hasMore = backwards ? to - limit > from : from + limit < to;
  return { object: 'list', data: shown.map(show), has_more: hasMore, url };
}
