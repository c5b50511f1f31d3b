import { shrunkPart } from '../../shrink/keep.js';
import type { SummaryParts } from './summary.js';

/** Raised when a field changes its meaning or goes away. */
const SCHEMA = 2;

/** Everything that a sweep found, plain. */
export function sweepRecord({ totals, coverage, source, stopped, kept, tookMs }: SummaryParts) {
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
    failures: failures.map((failure) => ({ ...failure, ...shrunkPart(kept?.get(failure.id)) })),
    faults: Object.fromEntries(faults),
    marks: Object.fromEntries(marks),
    coverage,
  };
}
