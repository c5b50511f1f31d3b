/**
 * The thread in which a copy of the program sweeps itself. Everything that it imports is the copy's own, so that a planted
 * bug is in the program under test, and nowhere else.
 */
import '../sweep/gates.js'; // Before anything else.

import { once } from 'node:events';
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

/** Seeds from 1 on, until one fails. */
export interface HuntTask {
  readonly profile: SweepProfile;
  readonly seeds: number;
  /** What shrinking may take. */
  readonly shrinkRuns: number;
}

/** A run that fails, and how. */
export interface Trail {
  readonly seed: number;
  readonly failure: RunFailure;
}

/** The smallest fixture that fails in the same way. */
export interface Prey {
  readonly fixture: Fixture;
  readonly faults: number;
  readonly steps: number;
  readonly yaml: string;
}

/** What the thread tells. Of a run that failed it waits to be told whether to go on with it. */
export type HuntReply =
  | { readonly kind: 'at'; readonly seed: number }
  | { readonly kind: 'failed'; readonly trail: Trail }
  | { readonly kind: 'shrunk'; readonly prey: Prey }
  | { readonly kind: 'nothing' };

/** `follow`: it is the bug, shrink it; `pass`: the program fails without the bug too, take the next seed. */
export type HuntWord = 'follow' | 'pass';

if (parentPort === null) throw new Error('this is a thread of `paperjam planted`');
const port = parentPort;
const tell = (reply: HuntReply) => port.postMessage(reply);
const devices = new Map<string, PreparedDevice>();

/** A run on a device that was not prepared is no failure of the program. */
function failureIn(fixture: Fixture, seed: number): RunFailure | undefined {
  tell({ kind: 'at', seed });
  const device = devices.get(fixture.device);
  return device === undefined ? undefined : playFixture(fixture, device).result.failure;
}

/** With less time than this to settle in, sales that are left to the guard task would fail for that alone. */
const SETTLES_WITHIN_MS = 1_200_000;

function isHurried({ steps }: Fixture): boolean {
  return steps.some(({ heal }) => heal !== undefined && heal.withinMs < SETTLES_WITHIN_MS);
}

function preyOf(fixture: Fixture, { seed, failure }: Trail, runs: number): Prey {
  const sameWay = (candidate: Fixture) => {
    // The program without the bug may rightly refuse what this one lets pass: there, too, it is to be passed over.
    if (isHurried(candidate) || candidate.refusals !== fixture.refusals) return false;
    const again = failureIn(candidate, seed);
    return again?.kind === failure.kind && again.oracle === failure.oracle;
  };
  const { fixture: smallest, faults, steps } = shrink(fixture, sameWay, { runs });
  return { fixture: smallest, faults, steps, yaml: fixtureYaml(smallest, failure.says) };
}

async function hunt({ profile, seeds, shrinkRuns }: HuntTask): Promise<HuntReply> {
  for (let seed = 1; seed <= seeds; seed++) {
    const fixture = drawFixture(seed, profile);
    devices.set(fixture.device, await deviceOf(fixture.device));
    const failure = failureIn(fixture, seed);
    if (failure === undefined) continue;
    tell({ kind: 'failed', trail: { seed, failure } });
    const [word]: HuntWord[] = await once(port, 'message');
    if (word === 'follow') return { kind: 'shrunk', prey: preyOf(fixture, { seed, failure }, shrinkRuns) };
  }
  return { kind: 'nothing' };
}

tell(await hunt(workerData));
