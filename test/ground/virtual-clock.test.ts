import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VIRTUAL_EPOCH_MS, VirtualClock } from '../../src/ground/virtual-clock.js';
import type { Timer } from '../../src/ports/clock.js';

describe('the virtual clock', () => {
  test('runs events by due time, and those of one time in the order in which they were set', () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    clock.setTimeout(() => seen.push('late'), 20);
    clock.setTimeout(() => seen.push('first of ten'), 10);
    clock.setTimeout(() => seen.push('second of ten'), 10);
    clock.setTimeout(() => seen.push('now'), 0);
    clock.advance(20);
    expect(seen).toEqual(['now', 'first of ten', 'second of ten', 'late']);
  });

  test('chained timers do not drift', () => {
    const clock = new VirtualClock();
    const seen: number[] = [];
    const tick = () => {
      seen.push(clock.now() - VIRTUAL_EPOCH_MS);
      if (seen.length < 5) clock.setTimeout(tick, 7);
    };
    clock.setTimeout(tick, 7);
    clock.advance(1_000);
    expect(seen).toEqual([7, 14, 21, 28, 35]);
    expect(clock.now()).toBe(VIRTUAL_EPOCH_MS + 1_000);
  });

  test('tells between two events when so many are over, the one under way not counted', () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    const event = (name: string, run = () => {}) =>
      clock.setTimeout(() => {
        run();
        seen.push(name);
      }, 1);
    const never = clock.afterEvents(1, () => seen.push('called off'));
    clock.afterEvents(2, () => seen.push('after two'));
    event('one', () => clock.afterEvents(1, () => seen.push('one after the first')));
    event('two');
    event('three');
    never();
    clock.advance(1);
    expect(seen).toEqual(['one', 'two', 'after two', 'one after the first', 'three']);
    clock.afterEvents(1, () => seen.push('in an idle world never'));
    clock.advance(1_000);
    expect(seen.length).toBe(5);
  });

  test('a cleared timer never fires, and clearing it again or after it fired is harmless', () => {
    const clock = new VirtualClock();
    let fired = 0;
    const cleared = clock.setTimeout(() => fired++, 5);
    const kept = clock.setTimeout(() => fired++, 5);
    clock.clearTimeout(cleared);
    clock.clearTimeout(cleared);
    expect(clock.pending).toBe(1);
    clock.advance(10);
    clock.clearTimeout(kept);
    clock.clearTimeout(undefined);
    expect(fired).toBe(1);
    expect(clock.pending).toBe(0);
  });

  test('keeps order over thousands of timers set and cleared in a scrambled order', () => {
    const clock = new VirtualClock();
    const fired: number[] = [];
    const timers = Array.from({ length: 5_000 }, (_, i) => {
      const delayMs = (i * 7_919) % 1_009;
      return clock.setTimeout(() => fired.push(delayMs), delayMs);
    });
    for (let i = 0; i < timers.length; i += 3) clock.clearTimeout(timers[i]);
    while (clock.step());
    expect(fired).toEqual([...fired].sort((a, b) => a - b));
    expect(fired).toHaveLength(5_000 - Math.ceil(5_000 / 3));
  });

  test('runUntil stops at the condition, at the time limit, or when nothing is left', () => {
    const clock = new VirtualClock();
    let count = 0;
    const tick = () => {
      count++;
      clock.setTimeout(tick, 100);
    };
    clock.setTimeout(tick, 100);
    expect(clock.runUntil(() => count === 3)).toBe(true);
    expect(clock.now()).toBe(VIRTUAL_EPOCH_MS + 300);
    expect(clock.runUntil(() => false, 250)).toBe(false);
    expect(count).toBe(5);
    expect(new VirtualClock().runUntil(() => false)).toBe(false);
  });
});

test('whatever is cleared, the rest comes in the order of its times, and of its setting', () => {
  const moves = fc.array(fc.record({ delayMs: fc.integer({ min: 0, max: 9 }), clears: fc.option(fc.nat(30)) }));
  fc.assert(
    fc.property(moves, (all) => {
      const clock = new VirtualClock();
      const run: number[] = [];
      const set: { readonly timer: Timer; readonly delayMs: number; cleared: boolean }[] = [];
      for (const [i, { delayMs, clears }] of all.entries()) {
        set.push({ timer: clock.setTimeout(() => run.push(i), delayMs), delayMs, cleared: false });
        const gone = clears === null ? undefined : set[clears];
        clock.clearTimeout(gone?.timer);
        if (gone !== undefined) gone.cleared = true;
      }
      const left = set.flatMap(({ delayMs, cleared }, i) => (cleared ? [] : [{ i, delayMs }]));
      expect(clock.pending).toBe(left.length);
      clock.advance(10);
      expect(run).toEqual(left.sort((a, b) => a.delayMs - b.delayMs || a.i - b.i).map(({ i }) => i));
      expect(clock.pending).toBe(0);
    }),
  );
});
