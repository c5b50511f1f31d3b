import type { FixtureRun, Problem } from '../fixture/result.js';
import type { OracleName } from '../oracles/oracle.js';

/**
 * How a run failed. `crash`: the product threw, or time stood still; `safety`: something that must always hold did not;
 * `liveness`: the faults ended and not every sale settled; `expectation`: the fixture itself had asked for something.
 */
export type Failure = 'crash' | 'safety' | 'liveness' | 'expectation';

export interface RunFailure {
  readonly kind: Failure;
  /** What must always hold and did not, of a failure of safety or liveness. */
  readonly oracle?: OracleName;
  /** In a line. What identifies a failure is its kind and oracle, not its words. */
  readonly says: string;
}

const WORST_FIRST: readonly Failure[] = ['crash', 'safety', 'liveness', 'expectation'];

/** The worst that went wrong in a run, or `undefined` if nothing did. */
export function failureOf({ outcome, reason, problems }: FixtureRun): RunFailure | undefined {
  if (outcome === 'broken') return { kind: 'crash', says: reason ?? 'it broke off' };
  const failures = problems.map(failureOfProblem);
  return WORST_FIRST.flatMap((kind) => failures.find((failure) => failure.kind === kind) ?? [])[0];
}

function failureOfProblem({ oracle, expected, actual }: Problem): RunFailure {
  const says = `${expected}; ${actual}`;
  if (oracle === undefined) return { kind: 'expectation', says };
  return { kind: oracle === 'settles' ? 'liveness' : 'safety', oracle, says };
}
