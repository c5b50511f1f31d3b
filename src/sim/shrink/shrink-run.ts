import type { Fixture } from '../../fixture/language/fixture.js';
import type { PlannedRun } from '../../fixture/planned.js';
import type { FixtureRun } from '../../fixture/result.js';
import { playVirtual, type WorldGuest } from '../../fixture/run.js';
import { type PreparedDevice, prepareDevice } from '../../world/simulated.js';
import { plannedOf } from '../planned-of.js';
import { sameFailure } from './same.js';
import { type ShrinkBudget, type Shrunk, shrink } from './shrink.js';

export interface ShrinkOptions {
  readonly budget: ShrinkBudget;
  /** In the world of each run, if somebody has to be. */
  readonly guest?: WorldGuest;
  /** Told of each fixture that became the smallest so far. */
  heard?(smallest: Shrunk): void;
}

/** What a run carried out, as a fixture of its own: its row and its seed are in it. */
export function fixtureOfRun({ fixture, seed, device }: PlannedRun): Fixture {
  return { ...fixture, parameters: undefined, repeat: 1, seed, device };
}

/**
 * The smallest fixture that fails as this run did, on the device of the fixture or on the usual one. `undefined`: the run
 * did not fail. `playVirtual` is what says so, as in `paperjam run`.
 */
export async function shrinkRun(
  planned: PlannedRun,
  run: FixtureRun,
  options: ShrinkOptions,
): Promise<Shrunk | undefined> {
  const isSame = sameFailure(run);
  if (isSame === undefined) return undefined;
  const { budget, guest, heard } = options;
  const devices = new Map<string, PreparedDevice>();
  for (const name of new Set([planned.device, USUAL_DEVICE])) devices.set(name, await prepareDevice(name));
  const fails = (candidate: Fixture): boolean => {
    const device = devices.get(candidate.device);
    return device !== undefined && isSame(playVirtual(plannedOf(candidate, planned.file), device, guest));
  };
  return shrink(fixtureOfRun(planned), fails, budget, heard);
}

const USUAL_DEVICE = 'epson-tm-m30';
