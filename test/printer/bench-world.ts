import { VirtualClock } from '../../src/ground/virtual-clock.js';
import type { PrinterProfile } from '../../src/ports/device.js';
import type { JobResult, Printer, PrintJob } from '../../src/ports/printer.js';
import type { Dialect } from '../../src/printer/dialect.js';
import { createPrinterDriver } from '../../src/printer/driver.js';
import { prepareEscpos } from '../../src/printer/escpos/dialect.js';
import type { DriverOptions } from '../../src/printer/options.js';
import { WIDE } from './profiles.js';
import { ScriptedPrinter } from './scripted-printer.js';
import { numbered } from './tickets.js';

const dialects = new Map<PrinterProfile, Dialect>();

/** A driver on a scripted printer in virtual time. */
export interface Bench {
  readonly clock: VirtualClock;
  readonly printer: ScriptedPrinter;
  readonly driver: Printer;
  /** Results as they are told, in order. */
  readonly results: JobResult[];
  /** Prints, and runs until this job's result is told; fails the test if that takes over two virtual minutes. */
  print(job?: Partial<PrintJob>): JobResult;
  /** Starts a job and does not wait. */
  start(job?: Partial<PrintJob>): void;
}

export async function bench(
  options: Partial<DriverOptions> = {},
  profile: PrinterProfile = WIDE,
  prepare: (printer: ScriptedPrinter) => void = () => {},
): Promise<Bench> {
  let dialect = dialects.get(profile);
  if (dialect === undefined) {
    dialect = await prepareEscpos(profile);
    dialects.set(profile, dialect);
  }
  return benchWith(dialect, options, profile, prepare);
}

/** The same with a dialect that is ready: nothing in it waits, so that loops over thousands of cases are quick. */
export function benchWith(
  dialect: Dialect,
  options: Partial<DriverOptions>,
  profile: PrinterProfile,
  prepare: (printer: ScriptedPrinter) => void = () => {},
): Bench {
  const clock = new VirtualClock();
  const printer = new ScriptedPrinter(clock);
  prepare(printer);
  const driver = createPrinterDriver({ clock, link: printer, profile, dialect, options });
  const results: JobResult[] = [];
  let jobs = 0;
  const start = (job: Partial<PrintJob> = {}) => {
    driver.print({ jobId: `job-${++jobs}`, ticket: numbered(25), ...job }, (result) => results.push(result));
  };
  return {
    clock,
    printer,
    driver,
    results,
    start,
    print(job = {}) {
      const wanted = results.length + 1;
      start(job);
      if (!clock.runUntil(() => results.length >= wanted, 120_000)) throw new Error('the job did not end');
      const result = results[wanted - 1];
      if (result === undefined) throw new Error('no result');
      return result;
    },
  };
}
