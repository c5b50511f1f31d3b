import { expect, test } from 'vitest';
import { seedOf } from '../../../src/sim/sweep/first-seed.js';

test('a number below 2^31 is itself', () => {
  expect([seedOf('0'), seedOf('123'), seedOf('2147483647')]).toEqual([0, 123, 2_147_483_647]);
});

test('any other text is hashed to one, always the same', () => {
  for (const text of ['2147483648', '99999999999', '-1', '1.5', 'af98e29', '']) {
    const seed = seedOf(text);
    expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31, text).toBe(true);
    expect(seedOf(text)).toBe(seed);
  }
  // The first four bytes of SHA-256 of "abc" are ba 78 16 bf; below 2^31 that is 3a 78 16 bf.
  expect(seedOf('abc')).toBe(0x3a7816bf);
});
