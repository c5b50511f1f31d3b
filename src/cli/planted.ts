import { PaperjamError } from '../base/errors.js';
import type { PlantedBug } from '../sim/planted/bug.js';
import { removePlanted } from '../sim/planted/build.js';
import { PLANTED_BUGS } from '../sim/planted/catalogue.js';
import { type Hunted, hunt } from '../sim/planted/hunt.js';
import { lineOf, plantedRow, plantedSummary, plantedTable } from '../sim/planted/table.js';
import type { SweepProfile } from '../sim/sweep/profile.js';
import { EXIT } from './exit.js';
import { checkOutputs, saveJson } from './save-json.js';
import { untilSignalled } from './until-signalled.js';

export interface PlantedFlags {
  readonly seeds?: number;
  readonly profile?: SweepProfile;
  readonly jobs: number;
  readonly json?: string;
}

const MISSED = 1;

/** `paperjam planted`: whether a sweep finds each of the bugs that were planted to be found. */
export async function planted(names: readonly string[], { seeds, profile, jobs, json }: PlantedFlags): Promise<void> {
  const bugs = bugsOf(names);
  checkOutputs({ json });
  const { signal, release } = untilSignalled();
  try {
    const options = { profile, seeds, signal };
    const hunted = await each(bugs, jobs, async (bug) => {
      const one = await hunt(bug, options);
      process.stderr.write(`${lineOf(plantedRow(one))}\n`);
      return one;
    });
    process.stdout.write(`${plantedTable(hunted)}\n\n${plantedSummary(hunted)}\n`);
    if (json !== undefined) saveJson(json, { ...(profile === undefined ? {} : { profile }), bugs: hunted.map(plain) });
    if (hunted.some(({ trail }) => trail === undefined)) process.exitCode = MISSED;
  } catch (error) {
    if (!signal.aborted) throw error;
    process.exitCode = EXIT.stopped;
  } finally {
    release();
    removePlanted();
  }
}

function bugsOf(names: readonly string[]): readonly PlantedBug[] {
  const unknown = names.find((name) => !PLANTED_BUGS.some((bug) => bug.name === name));
  if (unknown !== undefined) {
    const problem = `there is no planted bug ${unknown}`;
    const advice = `Allowed: ${PLANTED_BUGS.map(({ name }) => name).join(', ')}.`;
    throw new PaperjamError('PJ_USAGE', { problem, advice });
  }
  return names.length === 0 ? PLANTED_BUGS : PLANTED_BUGS.filter(({ name }) => names.includes(name));
}

/** So many at a time; the results are in the order of the list. */
async function each<One, Result>(list: readonly One[], jobs: number, run: (one: One) => Promise<Result>) {
  const results: Result[] = [];
  const left = list.entries();
  const takeTurns = async () => {
    for (const [i, one] of left) results[i] = await run(one);
  };
  await Promise.all(Array.from({ length: jobs }, takeTurns));
  return results;
}

function plain({ bug, seeds, trail, prey, own }: Hunted): object {
  const { name, says, within } = bug;
  const { failure } = trail ?? {};
  const size = prey === undefined ? {} : { faults: prey.faults, steps: prey.steps, fixture: prey.yaml };
  return { name, says, within, found: trail !== undefined, seeds, ...(failure && { failure }), ...size, own };
}
