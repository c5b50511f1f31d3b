import { expect, test } from 'vitest';
import { PrintClock } from '../../src/printer/print-clock.js';
import { WIDE } from './profiles.js';

/** 200 mm at 200 mm/s: a second, and a quarter for a worn mechanism. */
const SECOND = { name: 'a second', bytes: new Uint8Array(100), paperMm: 200 };

test('the time of a block counts from when all of it has left, and that of the next from its end', () => {
  const clock = new PrintClock(WIDE);
  clock.sent(SECOND, 100, 50, false);
  clock.sent({ ...SECOND, cuts: 1 }, 200, 60, false);
  clock.departed(99, 1_000);
  expect(clock.dueMs(0)).toBeUndefined();
  clock.departed(199, 2_000);
  expect([clock.dueMs(0), clock.dueMs(1)]).toEqual([3_250, undefined]);
  clock.departed(200, 2_500);
  expect(clock.dueMs(1)).toBe(3_250 + 1_250 + 500);
  expect([3_249, 3_250, 4_999, 5_000].map((ms) => clock.dueBy(ms))).toEqual([0, 1, 1, 2]);
});

test('a block is not printed before the wire can have brought it, however soon the link has let go of it', () => {
  const clock = new PrintClock(WIDE);
  clock.sent(SECOND, 100, 9_000, false);
  clock.departed(100, 10);
  expect(clock.dueMs(0)).toBe(9_000 + 1_250);
});

test('what has left and is not known to have arrived has no time yet', () => {
  const clock = new PrintClock(WIDE);
  clock.sent(SECOND, 100, 0, false);
  clock.sent(SECOND, 200, 0, false);
  expect([99, 100].map((bytes) => clock.waits(bytes))).toEqual([false, true]);
  clock.departed(100, 50);
  expect([199, 200].map((bytes) => clock.waits(bytes))).toEqual([false, true]);
});

test('a printer that stood still begins anew with what was not printed', () => {
  const clock = new PrintClock(WIDE);
  clock.sent(SECOND, 100, 0, false);
  clock.sent(SECOND, 200, 0, false);
  clock.departed(200, 0);
  clock.stoodStill(1);
  expect([clock.dueMs(0), clock.dueMs(1)]).toEqual([1_250, undefined]);
  clock.departed(200, 60_000);
  expect(clock.dueMs(1)).toBe(61_250);
});

test('a moment in which the printer may have stood still puts off what is not printed, and nothing else', () => {
  const clock = new PrintClock(WIDE);
  for (const endByte of [100, 200, 300]) clock.sent(SECOND, endByte, 0, false);
  clock.departed(200, 0);
  clock.stoodStillFor(700, 1);
  expect([0, 1, 2].map((block) => clock.dueMs(block))).toEqual([1_250, 3_200, undefined]);
  clock.departed(300, 0);
  expect(clock.dueMs(2)).toBe(3_200 + 1_250);
});

test('before a block an unfinished piece may have to be fed out and cut off: at most 30 mm, and a cut', () => {
  const clock = new PrintClock(WIDE);
  clock.sent(SECOND, 100, 0, true);
  clock.departed(100, 0);
  expect(clock.dueMs(0)).toBe((230 / 200) * 1_250 + 500);
});
