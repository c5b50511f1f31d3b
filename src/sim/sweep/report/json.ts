import type { Coverage } from '../marks/coverage.js';
import type { RunSource } from '../source.js';
import type { Totals } from '../totals.js';

/** Raised when a field changes its meaning or goes away. */
const SCHEMA = 1;

/** Everything that a sweep found, plain. */
export function sweepRecord(totals: Totals, coverage: Coverage, source: RunSource, stopped: boolean, tookMs: number) {
  const { runs, sales, virtualMs, records, repeated, faults, marks, failed, failures, hash } = totals;
  return {
    schema: SCHEMA,
    source,
    stopped,
    runs,
    sales,
    virtualMs,
    records,
    repeated,
    hash,
    /** The only field that is another each time. */
    tookMs,
    failed: Object.fromEntries(failed),
    failures,
    faults: Object.fromEntries(faults),
    marks: Object.fromEntries(marks),
    coverage,
  };
}
