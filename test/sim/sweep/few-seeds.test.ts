import { expect, test } from 'vitest';
import { playSeed } from '../../../src/sim/sweep/play-seed.js';
import { SWEEP_PROFILES } from '../../../src/sim/sweep/profile.js';

/** A sweep in small, whose every seed is a test of its own: the mutation tests count it among those that judge. */
const SEEDS = Array.from({ length: 15 }, (_, i) => i + 1);

test.each(SWEEP_PROFILES.flatMap((profile) => SEEDS.map((seed) => [profile, seed] as const)))(
  'what must always hold does, %s, seed %i',
  async (profile, seed) => {
    const { failure } = await playSeed(seed, profile);
    expect(failure).toBeUndefined();
  },
);
