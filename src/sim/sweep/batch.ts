import { deviceOf } from '../../fixture/run.js';
import type { Failure, RunFailure } from '../failure.js';
import { type Coverage, type CoverageCounts, countsOf, mergeCoverages } from '../graph/coverage.js';
import { type Divergence, divergenceOf, isRepeated } from './divergence.js';
import { type PlayedFixture, playFixture } from './play-seed.js';
import { type RunSource, runAt } from './source.js';

/** A part of a sweep: the runs of these numbers. Plain data. */
export interface Batch {
  readonly source: RunSource;
  readonly start: number;
  readonly count: number;
}

/** `divergence`: carried out twice, and not the same twice. */
export type SweepFailure = Omit<RunFailure, 'kind'> & {
  readonly kind: Failure | 'divergence';
  /** The number of the run, and its name. */
  readonly number: number;
  readonly id: string;
  readonly seed: number;
  readonly divergence?: Divergence;
};

/** How often something was seen, in how many runs, and the number of the first of them. */
export interface Seen {
  readonly runs: number;
  readonly first: number;
}

/** What came out of a batch. Plain data, of about the same size whatever the number of runs. */
export interface BatchResult {
  readonly start: number;
  readonly count: number;
  readonly sales: number;
  readonly virtualMs: number;
  readonly records: number;
  /** Runs that were carried out twice. */
  readonly repeated: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly marks: Readonly<Record<string, Seen>>;
  /** What the terminal's machine did in all of them. */
  readonly coverage: CoverageCounts;
  readonly failures: readonly SweepFailure[];
  /** The hash of each run, in order. */
  readonly hashes: readonly string[];
}

/** Carries out the runs of a batch, one after the other. */
export async function playBatch({ source, start, count }: Batch): Promise<BatchResult> {
  const sum = { sales: 0, virtualMs: 0, records: 0, repeated: 0 };
  const faults: Record<string, number> = {};
  const marks: Record<string, Seen> = {};
  const coverages: Coverage[] = [];
  const failures: SweepFailure[] = [];
  const hashes: string[] = [];
  for (let number = start; number < start + count; number++) {
    const { id, fixture } = runAt(source, number);
    const failed = (failure: Omit<SweepFailure, 'number' | 'id' | 'seed'>) =>
      failures.push({ ...failure, number, id, seed: fixture.seed });
    let played: PlayedFixture;
    try {
      const device = await deviceOf(fixture.device);
      played = playFixture(fixture, device);
      if (isRepeated(fixture.seed)) {
        sum.repeated++;
        const divergence = divergenceOf(played.lines, playFixture(fixture, device).lines);
        if (divergence !== undefined)
          failed({
            kind: 'divergence',
            says: `the same run, carried out twice, parts at line ${divergence.line}`,
            divergence,
          });
      }
    } catch (error) {
      failed({ kind: 'crash', says: String(error instanceof Error ? error.stack : error) });
      hashes.push('');
      continue;
    }
    const { result } = played;
    coverages.push(played.coverage);
    sum.sales += result.sales;
    sum.virtualMs += result.virtualMs;
    sum.records += result.records;
    for (const name of result.faults) faults[name] = (faults[name] ?? 0) + 1;
    for (const mark of result.marks) {
      const { runs = 0, first = number } = marks[mark] ?? {};
      marks[mark] = { runs: runs + 1, first };
    }
    if (result.failure !== undefined) failed(result.failure);
    if (result.skipped !== undefined) failed({ kind: 'crash', says: `it could not be carried out: ${result.skipped}` });
    hashes.push(result.hash);
  }
  const coverage = countsOf(mergeCoverages(coverages));
  return { start, count, ...sum, faults, marks, coverage, failures, hashes };
}
