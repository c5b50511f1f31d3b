import { oneLine } from '../../../base/one-line.js';
import type { SweepFailure } from '../batch.js';
import type { RunSource } from '../source.js';

const WORDS_KEPT = 300;

/** In a line. */
export function failureText({ kind, oracle, says, id }: SweepFailure): string {
  const what = oracle === undefined ? kind : `${kind} (${oracle})`;
  return `${what}  ${id}: ${oneLine(says).slice(0, WORDS_KEPT)}`;
}

/** In full, with the line that repeats it. */
export function failureLines(failure: SweepFailure, source: RunSource): string[] {
  const { says, divergence } = failure;
  const parts =
    divergence === undefined
      ? []
      : [
          `  behind: ${divergence.after}`,
          `  first:  ${divergence.first ?? '(ended)'}`,
          `  second: ${divergence.second ?? '(ended)'}`,
        ];
  return [
    failureText({ ...failure, says: says.split('\n')[0] ?? '' }),
    ...says
      .split('\n')
      .slice(1, 6)
      .map((line) => `  ${line.trim()}`),
    ...parts,
    `  repeat: ${repeatLine(failure.seed, source)}`,
  ];
}

/** The one line that does it again. */
export function repeatLine(seed: number, { profile }: RunSource): string {
  return `paperjam sweep --seed ${seed} --seeds 1${profile === 'swarm' ? '' : ` --profile ${profile}`}`;
}
