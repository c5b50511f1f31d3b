import { expect, test } from 'vitest';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { memoryLinkPair } from '../../../src/links/memory.js';
import { Feeder } from '../../../src/world/replay/feeder.js';
import { allBytes, Collector } from '../../links/collector.js';

function line(baud = 9_600) {
  const clock = new VirtualClock();
  const cable = memoryLinkPair(clock, { baud });
  const printer = new Collector();
  cable.device.open(printer);
  const feeder = new Feeder(cable.host, { pieceBytes: 100, aheadBytes: 200 });
  const host = new Collector();
  host.after = (event) => event === 'drained' && feeder.drained();
  cable.host.open(host);
  clock.advance(0);
  return { clock, cable, printer, feeder };
}

test('a line never has more before it than it may, and gets everything in order without a gap', () => {
  const { clock, cable, printer, feeder } = line();
  feeder.push(allBytes(1_500));
  feeder.push(allBytes(420));
  expect(cable.host.pendingBytes).toBe(200);
  expect(feeder.waitingBytes).toBe(1_920);
  clock.advance(1_000);
  expect(printer.length).toBeGreaterThan(950); // 960 bytes a second; a slice may be under way.
  clock.advance(1_010);
  expect(printer.length).toBe(1_920);
  expect(feeder.waitingBytes).toBe(0);
  expect(Buffer.from(printer.bytes)).toEqual(Buffer.concat([allBytes(1_500), allBytes(420)]));
});

test('what waits is seen to stand still while the line takes nothing, and can be dropped', () => {
  const { clock, cable, feeder, printer } = line();
  cable.device.reading(false);
  feeder.push(allBytes(500));
  clock.advance(5_000);
  expect(feeder.waitingBytes).toBe(500);
  feeder.clear();
  cable.device.reading(true);
  clock.advance(5_000);
  expect([feeder.waitingBytes, printer.length]).toEqual([0, 200]);
});
