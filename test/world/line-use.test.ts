import { expect, test } from 'vitest';
import { createEmulatedPrinter } from '../../src/emulator/printer/printer.js';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { memoryLinkPair } from '../../src/links/memory.js';
import type { JobResult } from '../../src/ports/printer.js';
import { createPrinterDriver } from '../../src/printer/driver.js';
import { prepareEscpos } from '../../src/printer/escpos/dialect.js';
import { readPrinterProfile } from '../../src/world/devices.js';

const BAUD = 115_200;
/** 400 mm of dithered picture, full width: the mechanism is faster than the line. */
const HEIGHT_DOTS = 3_200;

test.each([
  ['epson-tm-m30', 4_096],
  ['epson-tm-t88v', 4_096],
  ['epson-tm-m30', 16_384],
])(
  '%s with a buffer of %i bytes: the line is hardly ever idle while a long picture prints',
  async (name, receiveBufferBytes) => {
    const profile = { ...readPrinterProfile(name), baud: BAUD, receiveBufferBytes };
    const clock = new VirtualClock();
    const cable = memoryLinkPair(clock, { baud: BAUD });
    const printer = createEmulatedPrinter({ clock, link: cable.device, profile });
    const driver = createPrinterDriver({
      ...{ clock, link: cable.host, profile },
      dialect: await prepareEscpos(profile),
      options: { jobDeadlineMs: 600_000 },
    });
    clock.runUntil(() => driver.status().life === 'online');
    const widthDots = profile.paper.printableDots;
    const rows = new Uint8Array((widthDots / 8) * HEIGHT_DOTS).fill(0x11);
    const sentBefore = driver.counters().sentBytes;
    const startMs = clock.now();
    const results: JobResult[] = [];
    driver.print(
      {
        jobId: 'a',
        ticket: { elements: [{ kind: 'image', widthDots, heightDots: HEIGHT_DOTS, rows }, { kind: 'cut' }] },
      },
      (result) => results.push(result),
    );
    // The end of a job, with its last block and the cut, is not the line's business.
    clock.runUntil(() => driver.counters().sentBytes - sentBefore > rows.length, 600_000);
    const wireMs = ((driver.counters().sentBytes - sentBefore) * 10_000) / BAUD;
    const busy = wireMs / (clock.now() - startMs + wireLeftMs());
    clock.runUntil(() => results.length > 0, 600_000);
    console.log(`${name}, ${receiveBufferBytes} bytes: line ${(busy * 100).toFixed(1)} % busy`);
    expect(results[0]).toMatchObject({ outcome: 'printed', confirmedBy: 'GS ( H' });
    expect(busy).toBeGreaterThanOrEqual(0.98);
    expect(printer.counters.droppedBytes).toBe(0);

    function wireLeftMs(): number {
      return (cable.host.pendingBytes * 10_000) / BAUD;
    }
  },
);
