/** The p-th percentile by nearest rank; `p` above 0, at most 100. `undefined` without values. */
export function percentile(values: readonly number[], p: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(Math.ceil((p / 100) * sorted.length), 1) - 1];
}

/** Counts by bins of one width from the smallest value on: `[lower edge, count]`, empty ones among them. At most `most` bins. */
export function histogram(values: readonly number[], most = 40): [number, number][] {
  if (values.length === 0) return [];
  const least = Math.min(...values);
  const width = binWidth(Math.max(...values) - least, most);
  const from = Math.floor(least / width);
  const counts: number[] = [];
  for (const value of values) {
    const bin = Math.floor(value / width) - from;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return Array.from(counts, (count = 0, bin) => [rounded((from + bin) * width, 6), count]);
}

/** 1, 2 or 5 times a power of ten. */
function binWidth(range: number, most: number): number {
  const least = Math.max(range / (most - 1), 0.01);
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((step) => step * power >= least) ?? 10);
}

/** The straight line through the points by least squares. `undefined` for fewer than two different x. */
export function regression(
  points: readonly (readonly [x: number, y: number])[],
): { readonly slope: number; readonly intercept: number } | undefined {
  const n = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  if (!(spread > 0)) return undefined;
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  return { slope, intercept: meanY - slope * meanX };
}

/** To so many decimals: what is beyond them is noise of the clock. */
export function rounded(value: number, decimals = 2): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}
