import { describe, expect, test } from 'vitest';
import { wallClock } from '../../src/ground/wall-clock.js';

const passed = (delayMs: number) => new Promise<void>((done) => wallClock.setTimeout(done, delayMs));

describe('the wall clock', () => {
  test('runs what is due at once in the order in which it was asked for, after this event, and without waiting', async () => {
    const seen: number[] = [];
    const startMs = performance.now();
    for (const n of [1, 2, 3]) wallClock.setTimeout(() => seen.push(n), n === 2 ? -5 : 0);
    seen.push(0);
    for (let n = 0; n < 1_000; n++) await passed(0);
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(performance.now() - startMs).toBeLessThan(900); // Of Node's timers each would take a millisecond at least.
  });

  test('lets go of what it is told to forget, due at once or later; of nothing and of what is over too', async () => {
    const ran: string[] = [];
    const now = wallClock.setTimeout(() => ran.push('now'), 0);
    const later = wallClock.setTimeout(() => ran.push('later'), 1);
    for (const timer of [now, later, undefined]) wallClock.clearTimeout(timer);
    const over = wallClock.setTimeout(() => ran.push('kept'), 0);
    await passed(2);
    wallClock.clearTimeout(over);
    expect(ran).toEqual(['kept']);
  });
});
