import { afterEach, describe, expect, test } from 'vitest';
import { RunningTime } from '../../src/ground/running-time.js';
import { VirtualClock } from '../../src/ground/virtual-clock.js';

const clock = () => new VirtualClock(0);
const open: RunningTime[] = [];
afterEach(() => {
  for (const time of open.splice(0)) time.close();
});

function running(...args: ConstructorParameters<typeof RunningTime>): RunningTime {
  const time = new RunningTime(...args);
  open.push(time);
  return time;
}

/** A turn of the machine's own events. */
const turn = () => new Promise<void>((done) => setImmediate(done));

/** An event a second, for ever. */
function ticking(time: VirtualClock): void {
  time.setTimeout(() => ticking(time), 1_000);
}

describe('time that runs while somebody waits', () => {
  test('takes him to the event that he waits for, and not a moment further', async () => {
    const time = clock();
    ticking(time);
    const wait = running(time).wait();
    await new Promise<void>((done) => {
      time.setTimeout(() => {
        wait();
        done();
      }, 60_500);
    });
    await turn();
    await turn();
    expect(time.now()).toBe(60_500);
  });

  test('stands still while nobody waits', async () => {
    const time = clock();
    ticking(time);
    running(time).look();
    await turn();
    expect(time.now()).toBe(0);
  });

  test('lets the machine have its turn in between: what comes in is heard while time runs', async () => {
    const time = clock();
    ticking(time);
    const undo = running(time).wait();
    await new Promise<void>((done) => void setTimeout(done, 1)); // Of the machine's own timers.
    const heardAtMs = time.now();
    await turn();
    await turn();
    expect(heardAtMs).toBeGreaterThan(0);
    expect(time.now()).toBeGreaterThan(heardAtMs);
    undo();
  });

  test('does not run for ever for one who waits for nothing', async () => {
    const time = clock();
    ticking(time);
    running(time).wait(5_000);
    for (let n = 0; n < 5; n++) await turn();
    expect(time.now()).toBe(6_000);
  });

  test('goes on while something is under way, once it was told to look', async () => {
    const time = clock();
    ticking(time);
    let left = 3;
    time.setTimeout(() => left--, 1_500);
    time.setTimeout(() => left--, 2_500);
    time.setTimeout(() => left--, 3_500);
    const run = running(time, () => left > 0);
    await turn();
    expect(time.now()).toBe(0);
    run.look();
    for (let n = 0; n < 3; n++) await turn();
    expect(time.now()).toBe(3_500);
  });

  test('stands still for one who wants it to: what is due by now happens, and nothing else', async () => {
    const time = clock();
    const seen: string[] = [];
    const run = running(time);
    const undo = run.waitStill();
    time.setTimeout(() => time.setTimeout(() => seen.push('now'), 0), 0);
    time.setTimeout(() => seen.push('later'), 1);
    await turn();
    await turn();
    expect([seen, time.now()]).toEqual([['now'], 0]);
    undo();
  });

  test('ends with its owner', async () => {
    const time = clock();
    ticking(time);
    const run = running(time);
    run.wait();
    run.close();
    await turn();
    await turn();
    expect(time.now()).toBe(0);
  });
});
