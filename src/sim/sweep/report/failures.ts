import { failureHead } from '../../report/failure-text.js';
import type { SweepFailure } from '../batch.js';
import type { RunSource } from '../source.js';

/** In full, with the line that repeats it. */
export function failureLines(failure: SweepFailure, source: RunSource): string[] {
  const { divergence } = failure;
  const parts =
    divergence === undefined
      ? []
      : [
          `  behind: ${divergence.after}`,
          `  first:  ${divergence.first ?? '(ended)'}`,
          `  second: ${divergence.second ?? '(ended)'}`,
        ];
  return [...failureHead(failure), ...parts, `  repeat: ${repeatLine(failure.seed, source)}`];
}

/** The one line that does it again. */
export function repeatLine(seed: number, { profile }: RunSource): string {
  return `paperjam sweep --seed ${seed} --seeds 1${profile === 'swarm' ? '' : ` --profile ${profile}`}`;
}
