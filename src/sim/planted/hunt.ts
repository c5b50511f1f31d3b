import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Fixture } from '../../fixture/language/fixture.js';
import { deviceOf } from '../../fixture/run.js';
import { drawFixture } from '../sweep/draw.js';
import { playFixture } from '../sweep/play-seed.js';
import type { SweepProfile } from '../sweep/profile.js';
import type { PlantedBug } from './bug.js';
import { plant } from './build.js';
import type { HuntReply, HuntTask, HuntWord, Prey, Trail } from './hunter.js';

export interface HuntOptions {
  /** What is drawn, instead of what is best for the bug. */
  readonly profile?: SweepProfile | undefined;
  /** Seeds from 1 on, instead of as many as the bug may take. */
  readonly seeds?: number | undefined;
  readonly signal: AbortSignal;
}

/** What became of one bug. */
export interface Hunted {
  readonly bug: PlantedBug;
  /** Seeds that were swept, the one that found it among them. */
  readonly seeds: number;
  /** How it was found; `undefined`: it was not. */
  readonly trail: Trail | undefined;
  /** What was made of it by shrinking: passed by the program without the bug. */
  readonly prey: Prey | undefined;
  /** Seeds that the program fails without the bug too: they prove nothing about it, and were passed over. */
  readonly own: readonly number[];
}

/** What shrinking may take for one bug. */
const SHRINK_RUNS = 400;

/** A program that says nothing for so long hangs: then it is found out, too. */
const HANGS_MS = 120_000;

/** Sweeps the program with the bug in it, seed after seed, until something is found; then shrinks it. Rejects when aborted. */
export async function hunt(bug: PlantedBug, options: HuntOptions): Promise<Hunted> {
  const { signal, seeds = bug.within } = options;
  const { shrinkRuns = SHRINK_RUNS } = bug;
  const profile = options.profile ?? bug.profile ?? 'storm';
  signal.throwIfAborted();
  const program = plant(bug.name, bug);
  try {
    return await new Hunt(bug, { profile, seeds, shrinkRuns }, signal).end(join(program.dist, 'sim/planted/hunter.js'));
  } finally {
    program.remove();
  }
}

/** The copy sweeps itself in a thread of its own: it shares no module with this program, or with another copy. */
class Hunt {
  readonly #bug: PlantedBug;
  readonly #task: HuntTask;
  readonly #signal: AbortSignal;
  readonly #own: number[] = [];
  #seed = 0;
  #trail: Trail | undefined;

  constructor(bug: PlantedBug, task: HuntTask, signal: AbortSignal) {
    this.#bug = bug;
    this.#task = task;
    this.#signal = signal;
  }

  async end(hunter: string): Promise<Hunted> {
    const worker = new Worker(hunter, { workerData: this.#task });
    try {
      return await this.#listen(worker);
    } finally {
      await worker.terminate();
    }
  }

  #listen(worker: Worker): Promise<Hunted> {
    return new Promise((resolve, reject) => {
      const aborted = () => reject(this.#signal.reason);
      const hangs = () => resolve(this.#hung());
      let watchdog = setTimeout(hangs, HANGS_MS);
      this.#signal.addEventListener('abort', aborted, { once: true });
      worker.on('error', reject);
      worker.on('exit', () => {
        clearTimeout(watchdog);
        this.#signal.removeEventListener('abort', aborted);
      });
      worker.on('message', (reply: HuntReply) => {
        clearTimeout(watchdog);
        watchdog = setTimeout(hangs, HANGS_MS);
        if (reply.kind === 'failed') this.#follow(reply.trail).then((word) => worker.postMessage(word), reject);
        else if (reply.kind === 'shrunk') this.#caught(reply.prey).then(resolve, reject);
        else if (reply.kind === 'nothing') resolve(this.#hunted(this.#task.seeds));
        else this.#seed = reply.seed;
      });
    });
  }

  /** This program is the one without the bug. */
  async #follow(trail: Trail): Promise<HuntWord> {
    if (await passes(drawFixture(trail.seed, this.#task.profile))) {
      this.#trail = trail;
      return 'follow';
    }
    this.#own.push(trail.seed);
    return 'pass';
  }

  async #caught(prey: Prey): Promise<Hunted> {
    return this.#hunted(this.#seed, (await passes(prey.fixture)) ? prey : undefined);
  }

  #hung(): Hunted {
    const says = `nothing happens any more for ${HANGS_MS / 1_000} s`;
    this.#trail ??= { seed: this.#seed, failure: { kind: 'crash', says } };
    return this.#hunted(this.#seed);
  }

  #hunted(seeds: number, prey?: Prey): Hunted {
    return { bug: this.#bug, seeds, trail: this.#trail, prey, own: this.#own };
  }
}

async function passes(fixture: Fixture): Promise<boolean> {
  return playFixture(fixture, await deviceOf(fixture.device)).result.failure === undefined;
}
