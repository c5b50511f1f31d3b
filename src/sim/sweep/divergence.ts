import { seededRandom } from '../../ground/seeded-random.js';

/** Where two runs of the same fixture part. */
export interface Divergence {
  /** Of the trace, from 1. */
  readonly line: number;
  /** The last line that they have in common. */
  readonly after: string;
  /** `undefined`: that run ended there. */
  readonly first: string | undefined;
  readonly second: string | undefined;
}

/** The first line in which two traces differ, or `undefined`. */
export function divergenceOf(first: readonly string[], second: readonly string[]): Divergence | undefined {
  const most = Math.max(first.length, second.length);
  for (let i = 0; i < most; i++) {
    if (first[i] !== second[i])
      return { line: i + 1, after: first[i - 1] ?? 'the beginning', first: first[i], second: second[i] };
  }
  return undefined;
}

/** One run in so many is carried out twice. */
const REPEATED = 50;

/** Whether the run of this seed is one that is carried out twice: by chance, but always the same ones. */
export function isRepeated(seed: number): boolean {
  return seededRandom(seed).fork('repeat').int(1, REPEATED) === 1;
}
