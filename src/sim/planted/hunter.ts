/**
 * The thread in which a copy of the program sweeps itself. Everything that it imports is the copy's own, so that a planted
 * bug is in the program under test, and nowhere else.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Fixture } from '../../fixture/language/fixture.js';
import { deviceOf } from '../../fixture/run.js';
import type { PreparedDevice } from '../../world/simulated.js';
import type { RunFailure } from '../failure.js';
import { shrink } from '../shrink/shrink.js';
import { fixtureYaml } from '../shrink/yaml.js';
import { drawFixture } from '../sweep/draw.js';
import { playFixture } from '../sweep/play-seed.js';
import type { SweepProfile } from '../sweep/profile.js';

/** `sweep`: seeds from 1 on, until one fails. `again`: one seed, and what was made of it by shrinking. */
export type HuntTask =
  | {
      readonly kind: 'sweep';
      readonly profile: SweepProfile;
      readonly seeds: number;
      readonly shrinkRuns: number;
    }
  | {
      readonly kind: 'again';
      readonly profile: SweepProfile;
      readonly seed: number;
      readonly fixtures: readonly Fixture[];
    };

/** A run that failed, and the smallest one that fails in the same way. */
export interface Prey {
  readonly seed: number;
  readonly failure: RunFailure;
  readonly shrunk:
    | {
        readonly fixture: Fixture;
        readonly faults: number;
        readonly steps: number;
        readonly yaml: string;
      }
    | undefined;
}

export type HuntReply =
  | { readonly kind: 'at'; readonly seed: number }
  | { readonly kind: 'found'; readonly found: Prey }
  | { readonly kind: 'nothing' };

const devices = new Map<string, PreparedDevice>();

async function prepare(name: string): Promise<void> {
  devices.set(name, await deviceOf(name));
}

/** A run on a device that was not prepared is no failure of the program. */
function failureIn(fixture: Fixture, seed: number): RunFailure | undefined {
  parentPort?.postMessage({ kind: 'at', seed } satisfies HuntReply);
  const device = devices.get(fixture.device);
  return device === undefined ? undefined : playFixture(fixture, device).result.failure;
}

async function sweep({ profile, seeds, shrinkRuns }: HuntTask & { kind: 'sweep' }): Promise<HuntReply> {
  for (let seed = 1; seed <= seeds; seed++) {
    const fixture = drawFixture(seed, profile);
    await prepare(fixture.device);
    const failure = failureIn(fixture, seed);
    if (failure === undefined) continue;
    const sameWay = (candidate: Fixture) => {
      const again = failureIn(candidate, seed);
      return again?.kind === failure.kind && again.oracle === failure.oracle;
    };
    const shrunk = shrink(fixture, sameWay, { runs: shrinkRuns });
    const { faults, steps } = shrunk;
    const yaml = fixtureYaml(shrunk.fixture, failure.says);
    return { kind: 'found', found: { seed, failure, shrunk: { fixture: shrunk.fixture, faults, steps, yaml } } };
  }
  return { kind: 'nothing' };
}

async function again({ profile, seed, fixtures }: HuntTask & { kind: 'again' }): Promise<HuntReply> {
  for (const fixture of [drawFixture(seed, profile), ...fixtures]) {
    await prepare(fixture.device);
    const failure = failureIn(fixture, seed);
    if (failure !== undefined) return { kind: 'found', found: { seed, failure, shrunk: undefined } };
  }
  return { kind: 'nothing' };
}

const task: HuntTask = workerData;
parentPort?.postMessage(await (task.kind === 'sweep' ? sweep(task) : again(task)));
