import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SweepProfile } from '../sweep/profile.js';
import type { PlantedBug } from './bug.js';
import { type PlantedProgram, plant } from './build.js';
import type { HuntReply, HuntTask, Prey } from './hunter.js';

export interface HuntOptions {
  readonly profile: SweepProfile;
  /** Seeds from 1 on, instead of as many as the bug may take. */
  readonly seeds?: number | undefined;
  /** Runs that shrinking may take. */
  readonly shrinkRuns: number;
  readonly signal: AbortSignal;
}

/** What became of one bug. */
export interface Hunted {
  readonly bug: PlantedBug;
  /** Seeds that were swept, the one that found it among them. */
  readonly seeds: number;
  /** How it was found; `undefined`: it was not. */
  readonly found: Prey | undefined;
  /** The program without the bug passes the seed and what was made of it: so what was found is the bug. */
  readonly isTheBug: boolean;
}

/** A program that says nothing for so long hangs: then it is found out, too. */
const HANGS_MS = 120_000;

/** Sweeps the program with the bug in it, seed after seed, until something is found; then shrinks it. Rejects when aborted. */
export async function hunt(bug: PlantedBug, options: HuntOptions): Promise<Hunted> {
  const seeds = options.seeds ?? bug.within;
  const { profile, shrinkRuns, signal } = options;
  const task: HuntTask = { kind: 'sweep', profile, seeds, shrinkRuns };
  const reply = await inCopy(bug.name, bug, task, signal);
  if (reply.kind !== 'found') return { bug, seeds, found: undefined, isTheBug: false };
  const { found } = reply;
  const fixtures = found.shrunk === undefined ? [] : [found.shrunk.fixture];
  const again: HuntTask = { kind: 'again', profile, seed: found.seed, fixtures };
  const without = await inCopy(`${bug.name}-without`, undefined, again, signal);
  return { bug, seeds: found.seed, found, isTheBug: without.kind === 'nothing' };
}

async function inCopy(name: string, bug: PlantedBug | undefined, task: HuntTask, signal: AbortSignal) {
  signal.throwIfAborted();
  const program = plant(name, bug);
  try {
    return await answerOf(program, task, signal);
  } finally {
    program.remove();
  }
}

/** The copy sweeps itself, in a thread of its own: it shares no module with this program or with another copy. */
function answerOf({ dist }: PlantedProgram, task: HuntTask, signal: AbortSignal): Promise<HuntReply> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(dist, 'sim/planted/hunter.js'), { workerData: task });
    let seed = 0;
    const end = (then: () => void) => {
      clearTimeout(watchdog);
      signal.removeEventListener('abort', aborted);
      worker.terminate().then(then, reject);
    };
    const aborted = () => end(() => reject(signal.reason));
    const hangs = () => {
      const says = `nothing happens any more for ${HANGS_MS / 1_000} s`;
      const found: Prey = { seed, failure: { kind: 'crash', says }, shrunk: undefined };
      end(() => resolve({ kind: 'found', found }));
    };
    let watchdog = setTimeout(hangs, HANGS_MS);
    signal.addEventListener('abort', aborted, { once: true });
    worker.on('error', (error) => end(() => reject(error)));
    worker.on('message', (reply: HuntReply) => {
      if (reply.kind !== 'at') {
        end(() => resolve(reply));
        return;
      }
      seed = reply.seed;
      clearTimeout(watchdog);
      watchdog = setTimeout(hangs, HANGS_MS);
    });
  });
}
