import { LARGEST } from './axis.js';

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/**
 * Bins from their lower edges, sorted. All are as wide as the narrowest step between two edges, so that bins which were
 * left out because they are empty stay empty; a lone bin is given a width by which it can be seen.
 */
export function binsOf(points: ReadonlyArray<readonly [number | string, number]>): Bin[] {
  const counts = new Map<number, number>();
  for (const [edge, count] of points) {
    const from = Number(edge);
    if (!Number.isFinite(from) || !Number.isFinite(count) || count < 0) continue;
    const kept = Math.min(Math.max(from, -LARGEST), LARGEST);
    counts.set(kept, Math.min((counts.get(kept) ?? 0) + count, LARGEST));
  }
  const sorted = [...counts].sort(([a], [b]) => a - b);
  let width = Number.POSITIVE_INFINITY;
  for (let i = 1; i < sorted.length; i++) width = Math.min(width, (sorted[i]?.[0] ?? 0) - (sorted[i - 1]?.[0] ?? 0));
  if (!Number.isFinite(width)) width = Math.abs(sorted[0]?.[0] ?? 0) / 10 || 1;
  return sorted.map(([from, count]) => ({ from, to: from + width, count }));
}

/** At most that many bins, neighbours taken together: a bar narrower than a pixel shows nothing. */
export function coarser(bins: readonly Bin[], most: number): Bin[] {
  const [first, last] = [bins[0], bins.at(-1)];
  if (first === undefined || last === undefined) return [];
  const width = first.to - first.from;
  const slots = Math.round((last.to - first.from) / width);
  if (slots <= most) return [...bins];
  const wide = width * Math.ceil(slots / most);
  const merged = new Map<number, number>();
  for (const { from, count } of bins) {
    const slot = Math.floor((from - first.from) / wide + 1e-9);
    merged.set(slot, (merged.get(slot) ?? 0) + count);
  }
  return [...merged].map(([slot, count]) => ({
    from: first.from + slot * wide,
    to: first.from + (slot + 1) * wide,
    count,
  }));
}
