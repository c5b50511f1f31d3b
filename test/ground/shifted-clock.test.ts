import { expect, test } from 'vitest';
import { ShiftedClock } from '../../src/ground/shifted-clock.js';
import { VirtualClock } from '../../src/ground/virtual-clock.js';

test('a clock that is set wrong tells another time, and waits as long as ever', () => {
  const truth = new VirtualClock(1_000_000);
  const clock = new ShiftedClock(truth);
  const rung: number[] = [];
  clock.setTimeout(() => rung.push(clock.now()), 500);
  const cleared = clock.setTimeout(() => rung.push(-1), 600);
  truth.advance(100);
  clock.shift(-3_600_000);
  clock.clearTimeout(cleared);
  expect(clock.now()).toBe(1_000_100 - 3_600_000);
  truth.advance(400);
  expect(rung).toEqual([1_000_500 - 3_600_000]);
  clock.shift(3_600_000);
  expect(clock.now()).toBe(truth.now());
});
