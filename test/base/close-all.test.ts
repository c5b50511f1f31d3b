import { expect, test } from 'vitest';
import { closeAll } from '../../src/base/close-all.js';

function story(...failing: string[]) {
  const closed: string[] = [];
  const one = (name: string) => async () => {
    await undefined;
    closed.push(name);
    if (failing.includes(name)) throw new Error(`${name} is stuck`);
  };
  return { closed, result: closeAll(['a', 'b', 'c'].map(one)) };
}

test('all are closed, one after the other', async () => {
  const { closed, result } = story();
  await result;
  expect(closed).toEqual(['a', 'b', 'c']);
});

test('one that cannot be closed keeps none of the others open, and its error is told', async () => {
  const { closed, result } = story('a');
  await expect(result).rejects.toThrow(/^a is stuck$/);
  expect(closed).toEqual(['a', 'b', 'c']);
});

test('of several errors all are told', async () => {
  const { closed, result } = story('a', 'c');
  await expect(result).rejects.toMatchObject({
    message: 'a is stuck; c is stuck',
    errors: [{ message: 'a is stuck' }, { message: 'c is stuck' }],
  });
  expect(closed).toEqual(['a', 'b', 'c']);
});
