import { describe, expect, test } from 'vitest';
import type { ModemLines } from '../../../src/ports/link.js';
import { type Bench, bench } from '../bench-world.js';
import { WIDE } from '../profiles.js';

const UP: ModemLines = { cts: true, dsr: true, dcd: false };
const DOWN: ModemLines = { cts: false, dsr: false, dcd: false };

interface Wired extends Bench {
  /** What the next readings say. */
  lines: ModemLines | 'none';
  readings: number;
}

/** A printer on a port that has modem lines, with these asserted in the beginning. */
async function wired(lines: ModemLines | 'none', profile = WIDE): Promise<Wired> {
  let set: Wired | undefined;
  const world = await bench({ idlePollMs: 0 }, profile, (printer) => {
    Object.assign(printer, {
      modemLines: (done: (read: ModemLines | 'none') => void) => {
        if (set !== undefined) set.readings++;
        world.clock.setTimeout(() => done(set?.lines ?? lines), 1);
      },
    });
  });
  set = { ...world, lines, readings: 0 };
  world.clock.advance(100);
  return set;
}

describe('modem lines', () => {
  test('that were asserted and fell hold a job back until they rise again', async () => {
    const world = await wired(UP);
    world.lines = DOWN;
    world.start();
    world.clock.advance(3_000);
    expect(world.printer.heard).not.toContain('LINE');
    world.lines = { ...DOWN, cts: true };
    world.clock.advance(5_000);
    expect(world.results).toEqual([{ outcome: 'printed', blocks: 4, confirmedBy: 'GS ( H' }]);
  });

  test('that fell and stay down end a job, of which nothing was sent', async () => {
    const world = await wired(UP);
    world.lines = DOWN;
    expect(world.print()).toEqual({ outcome: 'not-printed', blocks: 4, reason: 'stalled' });
    const { readings } = world;
    world.clock.advance(60_000);
    expect(world.readings).toBe(readings); // Nobody waits any more, so nobody looks.
    expect(world.clock.pending).toBe(0);
  });

  test('that were never seen asserted mean nothing: a cable of three wires has none', async () => {
    const world = await wired(DOWN);
    expect(world.print().outcome).toBe('printed');
  });

  test('that the port does not have mean nothing', async () => {
    const world = await wired('none');
    expect(world.print().outcome).toBe('printed');
  });

  test('are looked at only while something is to be sent', async () => {
    const world = await wired(UP);
    const { readings } = world;
    world.clock.advance(60_000);
    expect(world.readings).toBe(readings);
    expect(world.print().outcome).toBe('printed');
    expect(world.readings).toBeGreaterThan(readings);
  });

  test('are none of its business where the printer makes its host wait by XOFF', async () => {
    const world = await wired(UP, { ...WIDE, flowControl: 'xon/xoff' });
    world.lines = DOWN;
    expect(world.print().outcome).toBe('printed');
    expect(world.readings).toBe(0);
  });

  test('are learned anew when the link comes back: the cable may be another', async () => {
    const world = await wired(UP);
    world.printer.unplug();
    world.printer.plug();
    world.lines = DOWN;
    world.clock.advance(2_000);
    expect(world.print().outcome).toBe('printed');
  });
});
