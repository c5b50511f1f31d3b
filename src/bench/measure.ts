/** Microseconds for one unit of work, in each round: of the wall clock, and of processors. */
export interface Series {
  readonly values: readonly number[];
  readonly median: number;
  /** Of all threads of this process: the collector's and the compiler's too. On a busy machine it is the steadier figure. */
  readonly cpu: readonly number[];
}

export interface Work {
  /** Units of work in one call of `run`. */
  readonly times: number;
  run(): unknown;
}

/**
 * Runs the works in turn, A B C A B C, so that a machine whose speed drifts drifts for all; the first two rounds warm up.
 * A work that returns a promise is over when that is kept.
 */
export async function alternate<const Works extends readonly Work[]>(
  rounds: number,
  ...works: Works
): Promise<{ [K in keyof Works]: Series }> {
  const series = works.map(() => ({ values: [] as number[], cpu: [] as number[] }));
  for (let round = -2; round < rounds; round++) {
    for (const [i, work] of works.entries()) {
      const startMs = performance.now();
      const cpuBefore = cpuUs();
      await work.run();
      if (round < 0) continue;
      series[i]?.cpu.push((cpuUs() - cpuBefore) / work.times);
      series[i]?.values.push(((performance.now() - startMs) * 1_000) / work.times);
    }
  }
  const summaries = series.map((one): Series => ({ ...one, median: percentile(one.values, 0.5) }));
  return summaries as { [K in keyof Works]: Series }; // One for each, which `map` does not say of a tuple.
}

/** Microseconds of processors that this process has used. */
export function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** The value below which a share `p` of the values lies; 0 the least, 1 the greatest. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}

/** How many times as fast as `b` the work of `a` is, round by round: the median with the least and the greatest. */
export function timesAsFast(a: Series, b: Series): { median: number; least: number; most: number } {
  const ratios = a.values.map((value, i) => (b.values[i] ?? Number.NaN) / value);
  return { median: percentile(ratios, 0.5), least: percentile(ratios, 0), most: percentile(ratios, 1) };
}

export function title(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

export function row(what: string, figure: string, note = ''): void {
  process.stdout.write(`  ${what.padEnd(62)} ${figure.padEnd(22)} ${note}\n`);
}
