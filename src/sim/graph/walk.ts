import { prepareDevice } from '../../world/simulated.js';
import { contradictions } from './contradictions.js';
import { type Coverage, CoverageRecorder } from './coverage.js';
import type { GraphPath } from './paths.js';
import { ScriptedStage } from './scripted-stage.js';
import type { Situation } from './situation.js';
import type { Stage } from './stage.js';
import { type StageDevices, WorldStage } from './world-stage.js';

export type Ground = 'world' | 'scripted';

/** What became of a path that was walked. */
export interface Walk {
  readonly path: GraphPath;
  readonly ground: Ground;
  /** Where the terminal did something else than the model has it do, or a book speaks against it; absent: nowhere. */
  readonly wrong?: { readonly step: number; readonly problem: string };
}

export interface Walks {
  readonly walks: readonly Walk[];
  readonly coverage: Coverage;
}

export async function prepareStages(): Promise<StageDevices> {
  const confirming = await prepareDevice('epson-tm-m30');
  return { confirming, silent: { ...confirming, profile: { ...confirming.profile, ...ANSWERS_NOTHING } } };
}

/** As at a printer of which only the sending line is connected. */
const ANSWERS_NOTHING = {
  checkpoint: 'none',
  clearsBuffer: false,
  status: { answersRealTime: false, answersQueued: false, answersIdentity: false, automatic: 'never' },
} as const;

/**
 * Walks every path, each twice: in a whole world, where people, faults and time make it happen, and with the firmware alone,
 * whose platform and printer say what the path has them say. What goes wrong only in the first lies in the world around.
 * What the terminals of the whole worlds took is counted.
 */
export function walkAll(paths: readonly GraphPath[], devices: StageDevices, walked?: (done: number) => void): Walks {
  const recorder = new CoverageRecorder();
  const walks = paths.flatMap((path, i) => {
    const both = [walkPath(path, 'world', devices, recorder), walkPath(path, 'scripted', devices)];
    walked?.(i + 1);
    return both;
  });
  return { walks, coverage: recorder.coverage() };
}

export function walkPath(
  path: GraphPath,
  ground: Ground,
  devices: StageDevices,
  recorder = new CoverageRecorder(),
): Walk {
  const stage =
    ground === 'world' ? new WorldStage(path, devices) : new ScriptedStage(path, devices.confirming.profile);
  recorder.hear(stage.world);
  let step = 0;
  try {
    stage.start();
    mustAgree(stage, path.start);
    for (const { after } of path.steps) {
      stage.take(step);
      mustAgree(stage, after);
      step++;
    }
    return { path, ground };
  } catch (error) {
    return { path, ground, wrong: { step, problem: error instanceof Error ? error.message : String(error) } };
  } finally {
    stage.world.close();
  }
}

function mustAgree(stage: Stage, model: Situation): void {
  const found = contradictions(stage, model);
  if (found.length > 0) throw new Error(found.join('; '));
}
