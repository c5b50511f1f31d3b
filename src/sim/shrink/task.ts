import type { Fixture } from '../../fixture/language/fixture.js';
import { playVirtual } from '../../fixture/run.js';
import { prepareDevice } from '../../world/simulated.js';
import { failureOf, type RunFailure } from '../failure.js';
import { plannedOf } from '../planned-of.js';
import type { Shrunk } from './shrink.js';
import { shrinkRun } from './shrink-run.js';
import { brokenWords } from './words.js';

/** A fixture that failed, to be shrunk. Plain data, for a worker. */
export interface ShrinkTask {
  readonly fixture: Fixture;
  /** Says in messages where it comes from. */
  readonly id: string;
  /** Runs that it may take. */
  readonly runs: number;
}

export interface ShrinkResult {
  readonly failure: RunFailure;
  readonly shrunk: Shrunk;
}

/** `undefined`: carried out as an ordinary fixture it does not fail. */
export async function shrinkTask({ fixture, id, runs }: ShrinkTask): Promise<ShrinkResult | undefined> {
  const planned = plannedOf(fixture, id);
  const guest = { timeline: false };
  const run = playVirtual(planned, await prepareDevice(fixture.device), guest);
  const failure = failureOf(run);
  const shrunk = await shrinkRun(planned, run, { budget: { runs }, guest });
  if (failure === undefined || shrunk === undefined) return undefined;
  return { failure: { ...failure, says: brokenWords(run, failure) }, shrunk };
}
