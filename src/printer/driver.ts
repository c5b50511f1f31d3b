import type { Clock, Timer } from '../ports/clock.js';
import type { PrinterProfile } from '../ports/device.js';
import type { Link } from '../ports/link.js';
import type { JobResult, Printer, PrinterFault, PrinterStatus, PrintJob } from '../ports/printer.js';
import { DLE_ENQ_2 } from './commands.js';
import type { Dialect, EncodedTicket } from './dialect.js';
import { JobRun } from './job-run.js';
import { type LineListener, PrinterLine } from './line.js';
import { DRIVER_DEFAULTS, type DriverOptions } from './options.js';
import { ProcessIds } from './process-ids.js';
import { type Observation, sameStatus } from './status.js';

export interface PrinterDriverParts {
  readonly clock: Clock;
  /** Not open yet; the driver opens it, and again whenever it is lost. */
  readonly link: Link;
  readonly profile: PrinterProfile;
  /** From `prepareDialect(profile)`. */
  readonly dialect: Dialect;
  readonly options?: Partial<DriverOptions>;
}

/**
 * A printer on a link. Opens the link at once and keeps it open; prints jobs one after the other; says `printed` only
 * when the printer said so. `print` throws `PJ_TICKET` for a ticket that this printer cannot print.
 */
export function createPrinterDriver(parts: PrinterDriverParts): Printer {
  const driver = new PrinterDriver(parts);
  driver.open();
  return driver;
}

interface Waiting {
  readonly job: PrintJob;
  readonly ticket: EncodedTicket;
  readonly done: (result: JobResult) => void;
}

class PrinterDriver implements Printer, LineListener {
  readonly #clock: Clock;
  readonly #profile: PrinterProfile;
  readonly #dialect: Dialect;
  readonly #options: DriverOptions;
  readonly #line: PrinterLine;
  #ids: ProcessIds | undefined;
  readonly #listeners: ((status: PrinterStatus) => void)[] = [];
  readonly #queue: Waiting[] = [];
  #run: JobRun | undefined;
  /** Set from a job's end until its `done` has been called. */
  #tellTimer: Timer;
  #status: PrinterStatus = { ready: false, faults: [], paperNearEnd: false };
  /** `DLE ENQ` 2 is needed before it prints again. */
  #recoverable = false;
  /** An earlier job ended in mid-paper, or may have. */
  #unfinishedPaper = false;
  #careTimer: Timer;
  #recoveredAtMs = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(parts: PrinterDriverParts) {
    this.#clock = parts.clock;
    this.#profile = parts.profile;
    this.#dialect = parts.dialect;
    this.#options = { ...DRIVER_DEFAULTS, ...parts.options };
    const { longestCommandBytes } = parts.dialect;
    this.#line = new PrinterLine(parts.clock, parts.link, parts.profile, longestCommandBytes, this.#options, this);
  }

  open(): void {
    this.#line.open();
  }

  print(job: PrintJob, done: (result: JobResult) => void): void {
    const ticket = this.#dialect.encode(job.ticket);
    if (this.#closed) return;
    this.#queue.push({ job, ticket, done });
    this.#startNext();
  }

  status(): PrinterStatus {
    return this.#status;
  }

  watch(listener: (status: PrinterStatus) => void): void {
    this.#listeners.push(listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#clock.clearTimeout(this.#careTimer);
    this.#clock.clearTimeout(this.#tellTimer);
    this.#run?.abandon();
    this.#run = undefined;
    this.#queue.length = 0;
    this.#line.close();
  }

  // Jobs.

  #startNext(): void {
    if (this.#run !== undefined || this.#tellTimer !== undefined) return;
    const next = this.#queue.shift();
    if (next === undefined) {
      this.#takeCare();
      return;
    }
    this.#clock.clearTimeout(this.#careTimer);
    this.#careTimer = undefined;
    // Of a job before a restart the printer may still answer the last blocks: the time keeps this life's IDs apart.
    this.#ids ??= new ProcessIds(`${next.job.jobId} ${this.#clock.now()}`);
    const context = {
      clock: this.#clock,
      line: this.#line,
      profile: this.#profile,
      options: this.#options,
      ids: this.#ids,
      finishPiece: this.#dialect.finishPiece,
      status: () => this.#status,
      ended: (result: JobResult, touched: boolean) => this.#ended(next, result, touched),
    };
    this.#run = new JobRun(context, next.ticket, this.#unfinishedPaper || next.job.clearFirst === true);
    this.#run.begin();
  }

  #ended(job: Waiting, result: JobResult, touched: boolean): void {
    this.#run = undefined;
    if (touched) this.#unfinishedPaper = result.outcome !== 'printed';
    if (touched && result.outcome !== 'printed') this.#clearOut();
    this.#tellTimer = this.#clock.setTimeout(() => {
      this.#tellTimer = undefined;
      job.done(result);
      if (!this.#closed) this.#startNext();
    }, 0);
  }

  /** What is left of a job that ended must never come out later, as a second original. */
  #clearOut(): void {
    this.#line.staleAnswers = true;
    if (this.#profile.clearsBuffer) this.#line.clear();
    else this.#recover();
  }

  #recover(): void {
    if (!this.#recoverable) return;
    this.#recoveredAtMs = this.#clock.now();
    this.#line.write(DLE_ENQ_2);
  }

  // Between jobs.

  /** Sees to a printer that no job is looking after: asks how it is, and helps it out of an error. */
  #takeCare(): void {
    if (this.#run !== undefined || this.#closed) return;
    this.#clock.clearTimeout(this.#careTimer);
    this.#careTimer = undefined;
    const everyMs = this.#status.ready ? this.#options.idlePollMs : this.#options.faultPollMs;
    if (this.#line.up && everyMs > 0) this.#careTimer = this.#clock.setTimeout(this.#care, everyMs);
  }

  readonly #care = (): void => {
    this.#careTimer = undefined;
    if (this.#clock.now() - this.#recoveredAtMs >= this.#options.recoverEveryMs) this.#recover();
    this.#line.ask();
  };

  // The line tells.

  lineUp(): void {
    this.#become({ ...this.#status, ready: false, faults: [] });
    this.#run?.lineUp();
  }

  lineDown(): void {
    this.#recoverable = false;
    this.#become({ ...this.#status, ready: false, faults: ['link-lost'] });
    this.#run?.lineDown();
    this.#clock.clearTimeout(this.#careTimer);
    this.#careTimer = undefined;
  }

  observed(observation: Observation, asked: boolean): void {
    if (this.#closed) return;
    const { faults, paperNearEnd, recoverable } = observation;
    this.#recoverable = recoverable;
    const { model } = this.#status;
    this.#become(withModel({ ready: faults.length === 0, faults, paperNearEnd }, model));
    this.#run?.observed(observation, asked);
    this.#takeCare();
  }

  silent(heard: boolean): void {
    if (!heard) {
      const faults: readonly PrinterFault[] = ['no-answer'];
      this.#become({ ...this.#status, ready: false, faults });
    }
    this.#run?.silent(heard);
    this.#takeCare();
  }

  cleared(): void {
    this.#run?.cleared();
    if (this.#run === undefined) this.#recover();
    this.#takeCare();
  }

  processId(id: number): void {
    this.#run?.processId(id);
  }

  queuedStatus(byte: number): void {
    this.#run?.queuedStatus(byte);
  }

  model(name: string): void {
    if (!this.#closed) this.#become(withModel(this.#status, name));
  }

  flow(): void {
    this.#run?.flow();
  }

  #become(status: PrinterStatus): void {
    if (sameStatus(status, this.#status)) return;
    this.#status = status;
    for (const listener of this.#listeners) listener(status);
  }
}

function withModel(status: PrinterStatus, model: string | undefined): PrinterStatus {
  return model === undefined ? status : { ...status, model };
}
