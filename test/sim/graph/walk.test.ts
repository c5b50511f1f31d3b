import { beforeAll, describe, expect, test } from 'vitest';
import { neverIn } from '../../../src/sim/graph/coverage.js';
import { type ModelGraph, modelGraph } from '../../../src/sim/graph/paths.js';
import { LEAF_STATES, TRANSITIONS } from '../../../src/sim/graph/transitions.js';
import { prepareStages, walkAll, walkPath } from '../../../src/sim/graph/walk.js';

let graph: ModelGraph;

beforeAll(() => {
  graph = modelGraph();
}, 180_000);

describe('the model graph', () => {
  test('leads to every state and takes every transition of the machine', () => {
    expect(graph.unreachable).toEqual({ states: [], transitions: [] });
    expect(graph.paths.map(({ takes }) => takes)).toEqual(TRANSITIONS.map(({ key }) => key));
  });

  test('has paths that are as short as they can be', () => {
    const stepsTo = (key: string) => graph.paths.find(({ takes }) => takes === key)?.steps.map(({ deed }) => deed.type);
    expect(stepsTo('idle --SELL--> scanning')).toEqual(['SELL']);
    expect(stepsTo('settling --AUTHORIZED[paid]--> paid')).toEqual(['SELL', 'SCAN', 'AUTHORIZED']);
    expect(stepsTo('next --always[nextIsAsk]--> settling.querying')).toEqual(['SELL', 'SCAN', 'POWER_CUT']);
  });

  test('is walked by whole worlds and by the firmware alone, and neither contradicts it', async () => {
    const { walks, coverage } = walkAll(graph.paths, await prepareStages());
    expect(walks.filter(({ wrong }) => wrong !== undefined).map(({ path, wrong }) => [path.takes, wrong])).toEqual([]);
    expect(walks).toHaveLength(2 * graph.paths.length);
    expect(neverIn(coverage)).toEqual({ states: [], transitions: [] });
    expect(coverage.states.size).toBe(LEAF_STATES.length);
  }, 180_000);

  test('finds a terminal that is elsewhere than the model', async () => {
    const path = graph.paths.find(({ takes }) => takes === 'settling --AUTHORIZED[refused]--> declined');
    if (path === undefined) throw new Error('there is no such path');
    const paid = graph.paths.find(({ takes }) => takes === 'settling --AUTHORIZED[paid]--> paid');
    const swapped = {
      ...path,
      steps: path.steps.map((step, i) => ({ ...step, after: paid?.steps[i]?.after ?? step.after })),
    };
    const { wrong } = walkPath(swapped, 'world', await prepareStages());
    expect(wrong).toMatchObject({ step: 2 });
  });
});
