import { expect, test } from 'vitest';
import { ShiftedClock } from '../../src/ground/shifted-clock.js';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { CodeLives } from '../../src/terminal/code-lives.js';

const LIFE_MS = 90_000;
const SALE = 'T01';

function begun() {
  const time = new VirtualClock();
  const clock = new ShiftedClock(time);
  const lives = new CodeLives(clock, LIFE_MS);
  const sentAtMs = clock.now();
  return { time, clock, lives, sentAtMs };
}

test('a code lives from the moment at which it was sent, to the millisecond', () => {
  const { time, lives, sentAtMs } = begun();
  time.advance(3); // The journal was synced.
  lives.begin(SALE, sentAtMs);
  time.advance(LIFE_MS - 4);
  expect(lives.leftMs(SALE, sentAtMs)).toBe(1);
  time.advance(1);
  expect(lives.leftMs(SALE, sentAtMs)).toBe(0);
});

test('whatever happens to the time of day meanwhile: forward it lives on, and back it dies all the same', () => {
  for (const byMs of [3_600_000, -3_600_000]) {
    const { time, clock, lives, sentAtMs } = begun();
    clock.shift(byMs); // Between the record and the request already.
    lives.begin(SALE, sentAtMs);
    time.advance(LIFE_MS - 1_000);
    expect(lives.leftMs(SALE, sentAtMs), String(byMs)).toBeGreaterThan(0);
    expect(lives.leftMs(SALE, sentAtMs), String(byMs)).toBeLessThanOrEqual(LIFE_MS);
    time.advance(1_000);
    expect(lives.leftMs(SALE, sentAtMs), String(byMs)).toBe(0);
  }
});

test('of a code that was sent before this boot its time stamp tells; one from the future is over after a life at most', () => {
  const { time, lives, sentAtMs } = begun();
  time.advance(30_000);
  expect(lives.leftMs(SALE, sentAtMs)).toBe(60_000);
  expect(lives.leftMs('T02', sentAtMs + 3_600_000)).toBe(LIFE_MS);
  time.advance(LIFE_MS);
  expect(lives.leftMs('T02', sentAtMs + 3_600_000)).toBe(0);
  expect(lives.leftMs('T03', sentAtMs)).toBe(0);
  expect(lives.leftMs('T04', undefined)).toBe(0);
});

test('nothing is left pending of a sale that is settled, nor when the power goes', () => {
  const { time, lives, sentAtMs } = begun();
  lives.begin(SALE, sentAtMs);
  lives.begin('T02', sentAtMs);
  lives.settled(SALE);
  expect(time.pending).toBe(1);
  lives.stop();
  expect(time.pending).toBe(0);
});
