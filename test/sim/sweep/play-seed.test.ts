import { describe, expect, test } from 'vitest';
import { deviceOf } from '../../../src/fixture/run.js';
import { divergenceOf, isRepeated } from '../../../src/sim/sweep/divergence.js';
import { drawFixture } from '../../../src/sim/sweep/draw.js';
import { playFixture, playSeed } from '../../../src/sim/sweep/play-seed.js';
import { SWEEP_PROFILES } from '../../../src/sim/sweep/profile.js';

const SEEDS = Array.from({ length: 6 }, (_, i) => i);

test.each(SWEEP_PROFILES)(
  'a run of %s is the same each time, to the last byte of its journal and its paper',
  async (profile) => {
    for (const seed of SEEDS) {
      const fixture = drawFixture(seed, profile);
      const device = await deviceOf(fixture.device);
      const [first, second] = [playFixture(fixture, device), playFixture(fixture, device)];
      expect(divergenceOf(first.lines, second.lines), `seed ${seed}`).toBeUndefined();
      expect(first.result).toEqual(second.result);
    }
  },
);

test('nothing is drawn that cannot be carried out', async () => {
  for (const profile of SWEEP_PROFILES) {
    for (const seed of SEEDS) expect((await playSeed(seed, profile)).skipped, `${profile} ${seed}`).toBeUndefined();
  }
});

test('the hash is another for every seed', async () => {
  const results = await Promise.all(SEEDS.map((seed) => playSeed(seed, 'swarm')));
  expect(new Set(results.map(({ hash }) => hash)).size).toBe(SEEDS.length);
  expect(results[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
});

test('a result is plain data, and tells what the run was', async () => {
  const result = await playSeed(4, 'calm');
  expect(structuredClone(result)).toEqual(result);
  expect(result).toMatchObject({ seed: 4, device: drawFixture(4, 'calm').device });
  expect(result.sales).toBeGreaterThan(3);
  expect(result.records).toBeGreaterThan(result.sales * 2);
  expect(result.virtualMs).toBeGreaterThan(60_000);
  expect(result.marks).toContain('state printing');
  expect(result.marks).toContain('transition scanning --SCAN[codeAccepted]--> settling.authorizing');
});

test('the amount of a sale is in the hash: a run in which one fen is otherwise is another run', async () => {
  const fixture = drawFixture(4, 'calm');
  const device = await deviceOf(fixture.device);
  const steps = fixture.steps.map((step) =>
    step.sell === undefined ? step : { ...step, sell: { ...step.sell, amountFen: step.sell.amountFen + 1 } },
  );
  const [one, other] = [playFixture(fixture, device), playFixture({ ...fixture, steps }, device)];
  expect(other.result.hash).not.toBe(one.result.hash);
  expect(divergenceOf(one.lines, other.lines)?.line).toBeGreaterThan(1);
});

describe('where two runs part', () => {
  test('is the first line that differs', () => {
    expect(divergenceOf(['a', 'b', 'c'], ['a', 'x', 'c'])).toEqual({ line: 2, after: 'a', first: 'b', second: 'x' });
    expect(divergenceOf(['a'], ['b'])).toEqual({ line: 1, after: 'the beginning', first: 'a', second: 'b' });
  });

  test('is where one of them ends', () => {
    expect(divergenceOf(['a', 'b'], ['a'])).toEqual({ line: 2, after: 'a', first: 'b', second: undefined });
  });

  test('is nowhere when they are the same', () => {
    expect(divergenceOf(['a', 'b'], ['a', 'b'])).toBeUndefined();
  });
});

test('one run in about fifty is carried out twice, always the same ones', () => {
  const all = Array.from({ length: 5_000 }, (_, seed) => isRepeated(seed));
  const repeated = all.filter(Boolean).length;
  expect(repeated).toBeGreaterThan(60);
  expect(repeated).toBeLessThan(140);
  expect(Array.from({ length: 5_000 }, (_, seed) => isRepeated(seed))).toEqual(all);
});
