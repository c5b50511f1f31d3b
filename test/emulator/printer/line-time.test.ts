import { expect, test } from 'vitest';
import { createEmulatedPrinter } from '../../../src/emulator/printer/printer.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { pacedLink } from '../../../src/links/paced.js';
import { HandLink, PROFILE } from './bench.js';

/** On the virtual clock, so that a loaded machine cannot blur it; `test/e2e/printer-serial.test.ts` has the real wire. */
test.each([9_600, 38_400, 115_200])('at %i baud bytes reach the printer in the time that the rate demands', (baud) => {
  const clock = new VirtualClock();
  const wire = new HandLink();
  const printer = createEmulatedPrinter({
    clock,
    link: pacedLink(wire, clock, baud),
    profile: { ...PROFILE, receiveBufferBytes: 1 << 20 },
    timing: 'instant',
  });
  wire.listener?.opened();
  const bytes = baud / 5;
  const beganMs = clock.now();
  wire.listener?.received(new Uint8Array(bytes).fill(0x61));
  clock.runUntil(() => printer.counters.receivedBytes === bytes);
  const demandedMs = (bytes * 10_000) / baud;
  expect(clock.now() - beganMs).toBeGreaterThanOrEqual(demandedMs * 0.999);
  expect(clock.now() - beganMs).toBeLessThanOrEqual(demandedMs * 1.02);
  printer.close();
});
