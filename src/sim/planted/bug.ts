import type { SweepProfile } from '../sweep/profile.js';

/** A place of the built program, and what a wrong program has there instead. */
export interface Edit {
  /** Occurs in the file exactly once: a test sees to it. */
  readonly find: string;
  readonly replace: string;
}

/**
 * A small wrong firmware, driver or acquirer: the built program with one file changed. It shows what a sweep is worth: one
 * that passes over a mistake which an engineer might well make proves nothing about the mistakes that nobody has thought of.
 *
 * The product knows nothing of it. There is no switch in it by which it could ever be wrong in a shop.
 */
export interface PlantedBug {
  /** Short, in words with hyphens: what `paperjam planted` calls it. */
  readonly name: string;
  /** What the wrong program does, in a sentence. */
  readonly says: string;
  /** The file of the built program, from `dist` on: `terminal/machine.js`. */
  readonly file: string;
  readonly edits: readonly Edit[];
  /** What kind of sweep has to find it. Default `storm`. */
  readonly profile?: SweepProfile;
  /** A sweep has to find it within so many seeds, from 1 on. */
  readonly within: number;
  /** Runs that shrinking may take, where each of them is dear. Default 400. */
  readonly shrinkRuns?: number;
}
