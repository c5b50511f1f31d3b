import type { Fixture } from '../../fixture/language/fixture.js';
import { drawFixture } from './draw.js';
import type { SweepProfile } from './profile.js';

/** Where the runs of a sweep come from, as plain data, so that a worker can make them itself. They are numbered from 0. */
export type RunSource = { readonly from: 'seeds'; readonly first: number; readonly profile: SweepProfile };

/** One run of a sweep. `id` names it for people, and is what repeats it. */
export interface SweepRun {
  readonly id: string;
  readonly fixture: Fixture;
}

/** Seeds are whole numbers below it, as a fixture's is. */
export const SEEDS = 2 ** 31;

/** Behind the last seed comes the first. */
export function seedAt({ first }: Pick<RunSource, 'first'>, number: number): number {
  return (first + number) % SEEDS;
}

/** The run of this number. */
export function runAt(source: RunSource, number: number): SweepRun {
  const seed = seedAt(source, number);
  return { id: `seed ${seed}`, fixture: drawFixture(seed, source.profile) };
}
