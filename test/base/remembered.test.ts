import { expect, test } from 'vitest';
import { Remembered } from '../../src/base/remembered.js';

test('what was asked before is not made again, be it nothing', () => {
  const remembered = new Remembered<string | undefined>();
  expect(remembered.get('empty', () => undefined)).toBeUndefined();
  expect(remembered.get('empty', () => 'made again')).toBeUndefined();
});

test('the oldest answer is forgotten first', () => {
  const remembered = new Remembered<string>(2);
  for (const key of ['a', 'b', 'c']) remembered.get(key, () => `first ${key}`);
  const again = (key: string) => remembered.get(key, () => `second ${key}`);
  expect([again('b'), again('c'), again('a')]).toEqual(['first b', 'first c', 'second a']);
});
