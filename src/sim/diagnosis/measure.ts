import { type PreparedDevice, prepareDevice } from '../../world/simulated.js';
import { type DrawnRun, drawDevice, drawRun } from './draw.js';
import { type Held, tookHold } from './held.js';
import { type Judged, judge } from './judge.js';
import { type Played, play } from './play.js';

/** A generated run with all that is known of it. */
export interface MeasuredRun {
  readonly run: DrawnRun;
  readonly played: Played;
  readonly held: Held;
  readonly judged: readonly Judged[];
}

const prepared = new Map<string, Promise<PreparedDevice>>();

/** The run of a seed: carried out, its truth found, and its verdicts judged. */
export async function measureRun(seed: number): Promise<MeasuredRun> {
  const name = drawDevice(seed);
  const preparing = prepared.get(name) ?? prepareDevice(name);
  prepared.set(name, preparing);
  const device = await preparing;
  const run = drawRun(seed, device.profile);
  try {
    const played = play(run, device);
    const held = tookHold(run, device, played);
    return { run, played, held, judged: judge(run, played, held) };
  } catch (cause) {
    throw new Error(`the run of seed ${seed} broke off: ${String(cause)}`, { cause });
  }
}

/** A sale of a generated run, judged. */
export interface Case extends Judged {
  readonly seed: number;
}

/** The runs of so many seeds, one after the other. `progress` is told after each. */
export async function measure(seed: number, runs: number, progress?: (done: number) => void): Promise<Case[]> {
  const cases: Case[] = [];
  for (let i = 0; i < runs; i++) {
    const { judged } = await measureRun(seed + i);
    for (const one of judged) cases.push({ ...one, seed: seed + i });
    progress?.(i + 1);
  }
  return cases;
}
