import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createEmulatedPrinter } from '../../src/emulator/printer/printer.js';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { memoryLinkPair } from '../../src/links/memory.js';
import { readPrinterProfile } from '../../src/world/devices.js';
import { corpus, jobs, UNDEFINED } from './jobs.js';

/** Prints a job on an emulated printer whose host does not look at the answers. */
function print(file: string) {
  const clock = new VirtualClock();
  const cable = memoryLinkPair(clock);
  const profile = readPrinterProfile('epson-tm-m30');
  const printer = createEmulatedPrinter({ clock, link: cable.device, profile, timing: 'instant' });
  cable.host.open({ opened() {}, received() {}, drained() {}, lost() {} });
  clock.advance(10);
  const bytes = readFileSync(join(corpus ?? '', file));
  cable.host.write(bytes);
  clock.advance(600_000);
  printer.close();
  return { printer, bytes };
}

describe.skipIf(corpus === undefined)('a print job that others wrote', () => {
  test.each(jobs())('%s is taken whole, and every byte of it that a manual defines is understood', (file) => {
    const { printer, bytes } = print(file);
    expect(printer.counters.receivedBytes).toBe(bytes.length);
    expect(printer.unknown).toEqual(UNDEFINED[file] ?? []);
    if (bytes.length > 0) expect(printer.paper.pieces.some((piece) => !piece.empty)).toBe(true);
  });
});
