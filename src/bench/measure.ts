/** Microseconds for one unit of work, in each round. */
export interface Series {
  readonly values: readonly number[];
  readonly median: number;
}

export interface Work {
  /** Units of work in one call of `run`. */
  readonly times: number;
  run(): unknown;
}

/** Runs the works in turn, A B A B, so that a machine whose speed drifts drifts for both; the first two rounds warm up. */
export function alternate(rounds: number, a: Work, b: Work): [Series, Series] {
  const series: [number[], number[]] = [[], []];
  for (let round = -2; round < rounds; round++) {
    for (const [i, work] of [a, b].entries()) {
      const startMs = performance.now();
      work.run();
      const us = ((performance.now() - startMs) * 1_000) / work.times;
      if (round >= 0) series[i]?.push(us);
    }
  }
  return [summary(series[0]), summary(series[1])];
}

function summary(values: readonly number[]): Series {
  return { values, median: percentile(values, 0.5) };
}

/** The value below which a share `p` of the values lies; 0 the least, 1 the greatest. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}

export function title(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

export function row(what: string, figure: string, note = ''): void {
  process.stdout.write(`  ${what.padEnd(62)} ${figure.padEnd(22)} ${note}\n`);
}
