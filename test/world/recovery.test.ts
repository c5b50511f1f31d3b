import { describe, expect, test } from 'vitest';
import { createEmulatedPrinter } from '../../src/emulator/printer/printer.js';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { memoryLinkPair } from '../../src/links/memory.js';
import type { PrinterSite } from '../../src/ports/faults.js';
import type { JobResult } from '../../src/ports/printer.js';
import { createPrinterDriver } from '../../src/printer/driver.js';
import { DRIVER_DEFAULTS, type DriverOptions, type Recovery, type ToldFault } from '../../src/printer/options.js';
import { prepareDevice } from '../../src/world/simulated.js';
import { linesOf, numbered } from '../printer/tickets.js';

const ALL = linesOf(numbered(25));

/** A driver that does this about a fault, and an emulated printer that has it after ten lines. */
async function faultAfterTenLines(
  fault: ToldFault,
  recovery: Recovery,
  put: (site: PrinterSite, on: boolean) => void,
  { mendedAfterMs, options = {} }: { mendedAfterMs?: number; options?: Partial<DriverOptions> },
) {
  const { profile, dialect } = await prepareDevice('epson-tm-t88v');
  const clock = new VirtualClock();
  const cable = memoryLinkPair(clock, { baud: profile.baud });
  const printer = createEmulatedPrinter({ clock, link: cable.device, profile });
  const driver = createPrinterDriver({
    clock,
    link: cable.host,
    profile,
    dialect,
    options: { ...options, recovery: { ...DRIVER_DEFAULTS.recovery, [fault]: recovery } },
  });
  clock.runUntil(() => driver.status().life === 'online');
  printer.site.afterLines(10, () => {
    put(printer.site, true);
    if (mendedAfterMs !== undefined) clock.setTimeout(() => put(printer.site, false), mendedAfterMs);
  });
  const startMs = clock.now();
  const results: JobResult[] = [];
  driver.print({ jobId: 'a', ticket: numbered(25) }, (result) => results.push(result));
  expect(clock.runUntil(() => results.length > 0, 120_000)).toBe(true);
  const pieces = printer.paper.pieces.map(({ lines }) => lines);
  return { clock, driver, printer, result: results[0], tookMs: clock.now() - startMs, pieces };
}

const FAULTS: [ToldFault, (site: PrinterSite, on: boolean) => void][] = [
  ['paper-out', (site, on) => site.paperOut(on)],
  ['cover-open', (site, on) => site.coverOpen(on)],
  ['mechanical-error', (site, on) => site.jam(on)],
  ['offline', (site, on) => site.offline(on)],
  ['overheat', (site, on) => site.overheat(on)],
];
const BY_ITSELF = FAULTS.filter(([fault]) => fault !== 'mechanical-error');

describe('wait', () => {
  test.each(BY_ITSELF)(
    '%s that is seen to within its time: the printer goes on, and the ticket is whole',
    async (fault, put) => {
      const { result, pieces } = await faultAfterTenLines(fault, 'wait', put, {
        mendedAfterMs: 5_000,
        options: { recoveryWaitMs: 30_000 }, // A head takes its time to cool.
      });
      expect(result).toEqual({ outcome: 'printed', blocks: 4, confirmedBy: 'GS ( H' });
      expect(pieces).toEqual([ALL]);
    },
  );

  test.each(BY_ITSELF)('%s that lasts ends the job when its time is up', async (fault, put) => {
    const { result, tookMs, pieces } = await faultAfterTenLines(fault, 'wait', put, {});
    expect(result).toMatchObject({ outcome: 'partial', reason: fault });
    expect(tookMs).toBeGreaterThan(10_000);
    expect(tookMs).toBeLessThan(12_000);
    expect(pieces.flat()).not.toContain('LINE 22');
  });

  test('for as long as it is told to, within the time of the job', async () => {
    const [, put] = FAULTS[0] ?? ['paper-out', () => {}];
    const long = { recoveryWaitMs: 180_000, jobDeadlineMs: 300_000 };
    const waited = await faultAfterTenLines('paper-out', 'wait', put, { mendedAfterMs: 100_000, options: long });
    expect(waited.result?.outcome).toBe('printed');
    const late = await faultAfterTenLines('paper-out', 'wait', put, { options: { recoveryWaitMs: 180_000 } });
    expect(late.result).toMatchObject({ outcome: 'partial', reason: 'paper-out' });
    expect(late.tookMs).toBeLessThan(61_000);
  });

  test('a jam does not go away by itself: the printer is not told to go on, and the job ends', async () => {
    const { result } = await faultAfterTenLines('mechanical-error', 'wait', (site, on) => site.jam(on), {
      mendedAfterMs: 2_000,
    });
    expect(result).toMatchObject({ outcome: 'partial', reason: 'mechanical-error' });
  });
});

describe('resume', () => {
  test('a jam that is cleared: printing goes on with the line in which it stopped', async () => {
    const { result, pieces } = await faultAfterTenLines('mechanical-error', 'resume', (site, on) => site.jam(on), {
      mendedAfterMs: 4_000,
    });
    expect(result).toEqual({ outcome: 'printed', blocks: 4, confirmedBy: 'GS ( H' });
    expect(pieces).toHaveLength(1);
    // The line that was cut short is printed again, whole.
    expect(pieces.flat().filter((line) => !line.startsWith('▔'))).toEqual(ALL);
  });

  test('a cutter that is freed: the cut is made, and there is one ticket', async () => {
    const { result, pieces } = await faultAfterTenLines('cutter-error', 'resume', (site, on) => site.cutterJam(on), {
      mendedAfterMs: 4_000,
    });
    expect(result?.outcome).toBe('printed');
    expect(pieces).toEqual([ALL]);
  });

  test('a jam that stays ends the job when its time is up', async () => {
    const { result, tookMs } = await faultAfterTenLines('mechanical-error', 'resume', (s, on) => s.jam(on), {});
    expect(result).toMatchObject({ outcome: 'partial', reason: 'mechanical-error' });
    expect(tookMs).toBeLessThan(12_000);
  });
});

describe('reprint', () => {
  test.each(FAULTS)(
    '%s ends the job at once; mended, nothing of it comes out any more, and a copy stands alone',
    async (fault, put) => {
      const { clock, driver, printer, result, tookMs } = await faultAfterTenLines(fault, 'reprint', put, {});
      expect(result).toMatchObject({ outcome: 'partial', reason: fault });
      expect(tookMs).toBeLessThan(2_000);
      put(printer.site, false);
      clock.runUntil(() => driver.status().ready, 60_000);
      clock.advance(5_000);
      const results: JobResult[] = [];
      driver.print({ jobId: 'b', ticket: numbered(9, 'COPY') }, (again) => results.push(again));
      clock.runUntil(() => results.length > 0, 60_000);
      expect(results[0]?.outcome).toBe('printed');
      const pieces = printer.paper.pieces.map(({ lines }) => lines).filter((lines) => lines.length > 0);
      expect(pieces).toHaveLength(2);
      expect(pieces[0]).not.toContain('LINE 22');
      expect(pieces[1]).toEqual(linesOf(numbered(9, 'COPY')));
    },
  );
});
