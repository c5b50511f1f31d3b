import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Random } from '../ports/random.js';

/** Chance from a seed, by pure-rand's xoroshiro128+. */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed | 0);
  const int = (min: number, max: number) => uniformInt(generator, min, max);
  return {
    int,
    digits(length) {
      let text = '';
      for (let i = 0; i < length; i++) text += int(0, 9);
      return text;
    },
    fork: (name) => seededRandom(mix(seed, name)),
  };
}

/** FNV-1a over the name, started from the seed. */
function mix(seed: number, name: string): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
