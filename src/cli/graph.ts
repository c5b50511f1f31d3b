import { coverageSvg } from '../sim/graph/chart.js';
import { countsOf, neverIn } from '../sim/graph/coverage.js';
import { deedText } from '../sim/graph/deeds.js';
import { modelGraph } from '../sim/graph/paths.js';
import { LEAF_STATES, TRANSITIONS } from '../sim/graph/transitions.js';
import { prepareStages, type Walk, walkAll } from '../sim/graph/walk.js';
import { checkOutputs, saveJson, saveOutput } from './save-json.js';

export interface GraphFlags {
  readonly svg?: string;
  readonly json?: string;
}

/** The terminal did something else than its model, or the model does not lead everywhere. */
const DIFFERENT = 1;

/** `paperjam graph`: walks a shortest path to every transition of the terminal's machine. */
export async function graph({ svg, json }: GraphFlags): Promise<void> {
  checkOutputs({ svg, json });
  const { paths, unreachable, situations } = modelGraph();
  const { walks, coverage } = walkAll(paths, await prepareStages(), progressOf(paths.length));
  const wrong = walks.filter((walk) => walk.wrong !== undefined);
  const never = neverIn(coverage);
  const steps = paths.reduce((sum, path) => sum + path.steps.length, 0);
  const on = (ground: Walk['ground']) => walks.filter((walk) => walk.ground === ground).length;
  const rows: readonly (readonly [string, string])[] = [
    ['situations explored', situations.toLocaleString('en')],
    ['shortest paths', `${paths.length}`],
    ['steps', steps.toLocaleString('en')],
    ['states entered', `${LEAF_STATES.length - never.states.length} of ${LEAF_STATES.length}`],
    ['transitions taken', `${TRANSITIONS.length - never.transitions.length} of ${TRANSITIONS.length}`],
    ['walked in whole worlds', `${on('world')}`],
    ['and on scripted ports', `${on('scripted')}`],
    ['walks that contradict it', `${wrong.length}`],
  ];
  process.stdout.write(`${rows.map(([name, value]) => `${name.padEnd(26)}${value.padStart(12)}`).join('\n')}\n`);
  for (const walk of wrong) process.stdout.write(`\n${wrongText(walk)}\n`);
  for (const name of [...unreachable.states, ...unreachable.transitions]) {
    process.stdout.write(`\nnothing that can happen leads to ${name}\n`);
  }
  if (svg !== undefined)
    saveOutput(svg, await coverageSvg(coverage, { runs: `${paths.length} shortest paths` }), '--svg FILE');
  if (json !== undefined) {
    const content = {
      situations,
      unreachable,
      coverage: countsOf(coverage),
      paths: walks.map(({ path, ground, wrong: problem }) => ({
        takes: path.takes,
        house: path.house.name,
        ground,
        steps: path.steps.map(({ deed }) => deedText(deed)),
        ...(problem === undefined ? {} : { wrong: problem }),
      })),
    };
    saveJson(json, content);
  }
  const left = unreachable.transitions.length + unreachable.states.length + never.transitions.length;
  if (wrong.length + left > 0) process.exitCode = DIFFERENT;
}

function wrongText({ path, ground, wrong }: Walk): string {
  const steps = path.steps.map(({ deed }, i) => (i === wrong?.step ? `[${deedText(deed)}]` : deedText(deed)));
  return `${path.takes} (${path.house.name}, ${ground}): ${steps.join(', ')}\n  ${wrong?.problem ?? ''}`;
}

/** For a person who waits. */
function progressOf(paths: number): ((done: number) => void) | undefined {
  if (!process.stderr.isTTY) return undefined;
  return (done) => {
    if (done % 10 === 0 || done === paths)
      process.stderr.write(`\r${done} of ${paths} paths${done === paths ? '\n' : ''}`);
  };
}
