import { expect, test } from 'vitest';
import { coverageSvg } from '../../../src/sim/graph/chart.js';
import { heatOf, levelText } from '../../../src/sim/graph/heat.js';
import { LEAF_STATES, TRANSITIONS } from '../../../src/sim/graph/transitions.js';

const NOTHING = { states: new Map<string, number>(), transitions: new Map<string, number>() };
const rowsIn = (svg: string) => svg.match(/<rect class="row [^"]+"/g) ?? [];

test('the picture has each transition once, and says itself what it is', async () => {
  const svg = await coverageSvg(NOTHING, { runs: '0 runs' });
  expect(rowsIn(svg)).toHaveLength(TRANSITIONS.length);
  expect(svg).toContain('<title id="coverage-title">Coverage of the terminal’s machine: 0 runs</title>');
  expect(svg).toContain(`0 of ${LEAF_STATES.length} states entered, 0 of ${TRANSITIONS.length} transitions taken`);
  expect(svg).toContain('prefers-color-scheme:dark');
  expect(Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1])).toBeLessThanOrEqual(1_600);
});

test('what was taken has its count and its colour, and what never was is grey', async () => {
  const key = 'settling --AUTHORIZED[refused]--> declined';
  const svg = await coverageSvg(
    { states: new Map([['declined', 12_345]]), transitions: new Map([[key, 12_345]]) },
    { runs: '1' },
  );
  expect(rowsIn(svg).filter((row) => !row.includes('never'))).toHaveLength(1);
  expect(svg).toContain('12,345');
  expect(svg).toContain('Never: ');
});

test('counts are told apart by how many times as many they are', () => {
  const heat = heatOf([1, 100_000]);
  expect([0, 1, 9, 10, 150, 2_000, 100_000].map(heat.levelOf)).toEqual(['never', 'h1', 'h1', 'h2', 'h3', 'h4', 'h5']);
  expect(levelText(heat, 'h1')).toBe('1 to 9');
  expect(heatOf([]).levelOf(1)).toBe('h1');
});
