import type { Clock } from '../ports/clock.js';
import type { PrinterProfile } from '../ports/device.js';
import type { Link } from '../ports/link.js';
import type { DriverCounters, JobResult, Printer, PrinterStatus, PrintJob, Proof } from '../ports/printer.js';
import type { TicketDocument } from '../ports/ticket.js';
import { Care } from './care.js';
import { Counters } from './counters.js';
import type { Dialect } from './dialect.js';
import type { JobContext } from './job-context.js';
import { JobQueue, type QueuedJob } from './job-queue.js';
import { JobRun } from './job-run.js';
import { KnownPrinter } from './known-printer.js';
import { PrinterLine } from './line.js';
import type { LineListener } from './line-listener.js';
import { ModemGate } from './modem-gate.js';
import { DRIVER_DEFAULTS, type DriverOptions } from './options.js';
import { ProcessIds } from './process-ids.js';
import { Prover } from './prover.js';
import type { Observation } from './status.js';

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

class PrinterDriver implements Printer, LineListener {
  readonly #dialect: Dialect;
  readonly #options: DriverOptions;
  readonly #line: PrinterLine;
  readonly #printer: KnownPrinter;
  readonly #gate: ModemGate;
  readonly #prover: Prover;
  readonly #care: Care;
  readonly #counters = new Counters();
  readonly #context: Omit<JobContext, 'ended'>;
  readonly #queue: JobQueue;
  #run: JobRun | undefined;
  #runningJobId: string | undefined;
  /** The printer is one that answers nothing. */
  #blind: boolean;
  readonly #mayBeBlind: boolean;
  /** It has proved something by `GS r`. */
  #everProvedQueued = false;
  /** An earlier job ended in mid-paper, or may have. */
  #unfinishedPaper = false;
  #closed = false;

  constructor(parts: PrinterDriverParts) {
    const { clock, link, profile, dialect } = parts;
    this.#dialect = dialect;
    const options = { ...DRIVER_DEFAULTS, ...parts.options };
    this.#options = options;
    this.#line = new PrinterLine(parts, options, this);
    this.#printer = new KnownPrinter(this.#line.connection, this.#counters);
    this.#blind = !this.#line.questions;
    const saysNothing = profile.checkpoint === 'none' && profile.status?.answersRealTime === false;
    this.#mayBeBlind = options.blind === 'print' || (options.blind === 'by-profile' && saysNothing);
    this.#gate = new ModemGate(clock, link, options.modemPollMs, () => this.flow());
    // Of a job before a restart the printer may still answer the last blocks: the time keeps this life's IDs apart.
    const ids = new ProcessIds(`${link.address} ${clock.now()}`);
    const { finishPiece } = dialect;
    const line = this.#line;
    this.#care = new Care({ clock, line, printer: this.#printer, profile, options });
    this.#prover = new Prover({
      ...{ clock, line, profile, options, ids },
      found: (proof) => this.#proved(proof),
      gaveUp: () => this.#run?.proved(false),
    });
    this.#context = {
      ...{ clock, line, gate: this.#gate, profile, options, ids, finishPiece },
      status: () => this.#printer.status,
      proof: () => this.#printer.proof,
      prove: () => this.#prover.begin(this.#printer.proof),
      answersQueued: () => this.#everProvedQueued && !line.clears,
      blind: () => this.#blind,
      confirmed: (block) => this.#counters.confirmed(block),
    };
    this.#queue = new JobQueue(
      clock,
      (result) => this.#counters.job(result),
      () => this.#startNext(),
    );
  }

  open(): void {
    this.#line.connection.open();
  }

  print(job: PrintJob, done: (result: JobResult) => void): void {
    const ticket = this.#dialect.encode(job.ticket);
    if (this.#closed) return;
    this.#queue.add({ job, ticket, done });
    this.#startNext();
  }

  check(ticket: TicketDocument): void {
    this.#dialect.encode(ticket);
  }

  cancel(jobId: string): void {
    if (this.#runningJobId === jobId) this.#run?.cancel();
    else this.#queue.cancel(jobId);
  }

  status(): PrinterStatus {
    return this.#printer.status;
  }

  counters(): DriverCounters {
    return this.#counters.tell(this.#line.connection);
  }

  watch(listener: (status: PrinterStatus) => void): void {
    this.#printer.watch(listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#care.stop();
    this.#queue.close();
    this.#run?.abandon();
    this.#run = undefined;
    this.#prover.stop();
    this.#gate.reset();
    this.#line.close();
  }

  // Jobs.

  #startNext(): void {
    if (this.#run !== undefined || this.#closed) return;
    const next = this.#queue.next();
    if (next === undefined) {
      this.#takeCare();
      return;
    }
    this.#care.stop();
    const { job, ticket } = next;
    const context = {
      ...this.#context,
      ended: (result: JobResult, touched: boolean) => this.#ended(next, result, touched),
    };
    this.#unfinishedPaper ||= job.clearFirst === true;
    const clearFirst = this.#unfinishedPaper;
    if (clearFirst) this.#prover.stop(); // Its question would be cleared away with the rest.
    this.#runningJobId = job.jobId;
    this.#run = new JobRun(context, {
      ticket,
      clearFirst,
      deadlineMs: job.deadlineMs ?? this.#options.jobDeadlineMs,
    });
    this.#run.begin();
  }

  #ended(job: QueuedJob, result: JobResult, touched: boolean): void {
    this.#run = undefined;
    this.#runningJobId = undefined;
    const whole = result.outcome === 'printed' || result.outcome === 'unconfirmed';
    if (touched) this.#line.flushed = false;
    if (touched) this.#unfinishedPaper = !whole;
    if (touched && !whole) this.#clearOut();
    // Its profile promises more: whatever kept it from showing that may be over.
    const promised = this.#context.profile.checkpoint !== 'none' && this.#line.questions && !this.#blind;
    const weaker = promised && this.#printer.proof !== this.#context.profile.checkpoint;
    const noProof = result.outcome === 'unconfirmed' || ('reason' in result && result.reason === 'stalled');
    if (noProof && weaker && !this.#line.held) this.#printer.proof = undefined;
    this.#queue.ended(job, result);
  }

  /** What is left of a job that ended must never come out later, as a second original. */
  #clearOut(): void {
    this.#line.staleAnswers = true;
    if (this.#line.clears) this.#line.clear();
    else this.#care.recover();
  }

  // Between jobs.

  /** Nobody else looks after the printer now. */
  #takeCare(): void {
    if (this.#run !== undefined || this.#closed) return;
    this.#care.begin();
    this.#seekProof();
  }

  #seekProof(): void {
    const { status, proof } = this.#printer;
    if (this.#run !== undefined || this.#closed || !status.ready || proof !== undefined) return;
    if (!this.#line.held && !this.#line.clearing) this.#prover.begin();
  }

  #proved(proof: Proof | 'none'): void {
    this.#printer.proof = proof;
    this.#everProvedQueued ||= proof === 'GS r';
    this.#printer.tell();
    this.#run?.proved(true);
  }

  // The line tells.

  lineUp(): void {
    this.#prover.stop();
    this.#gate.reset();
    this.#blind = !this.#line.questions;
    this.#printer.unheard();
    this.#printer.tell();
    this.#care.lineUp();
    this.#run?.lineUp();
  }

  lineDown(): void {
    this.#prover.stop();
    this.#gate.reset();
    this.#printer.unheard('link-lost');
    this.#printer.tell();
    this.#run?.lineDown();
    this.#care.stop();
  }

  observed(observation: Observation, asked: boolean): void {
    if (this.#closed) return;
    const { questions } = this.#line;
    this.#printer.observed(observation);
    if (!questions) this.#printer.proof = 'none';
    else if (this.#blind) this.#printer.proof = undefined; // It answers after all.
    this.#blind = !questions;
    this.#printer.tell();
    const well = asked && questions && observation.faults.length === 0;
    if (well && this.#context.profile.flowControl !== 'xon/xoff') this.#gate.learn();
    this.#prover.observed(observation, asked);
    this.#run?.observed(observation, asked);
    this.#takeCare();
  }

  silent(heard: boolean): void {
    this.#prover.silent();
    const wasBlind = this.#blind;
    this.#blind = this.#mayBeBlind && !this.#line.everAnswered;
    if (this.#blind) this.#printer.mute();
    else if (!heard || wasBlind) this.#printer.unheard('no-answer'); // Blind until now: it answers, if not in full.
    this.#printer.tell();
    this.#run?.silent(heard);
    this.#takeCare();
  }

  cleared(): void {
    this.#prover.cleared();
    this.#run?.cleared();
    if (this.#run === undefined) this.#care.recover();
    this.#takeCare();
  }

  processId(id: number): void {
    if (!this.#prover.processId(id)) this.#run?.processId(id);
  }

  queuedStatus(byte: number, early: boolean): void {
    if (!this.#prover.queuedStatus()) this.#run?.queuedStatus(byte, early);
  }

  doubtfulStatus(): void {
    this.#run?.doubtfulStatus();
  }

  model(name: string): void {
    if (this.#closed) return;
    this.#printer.named(name);
    this.#printer.tell();
    this.#prover.named();
  }

  restarted(): void {
    this.#run?.restarted();
  }

  flow(): void {
    this.#run?.flow();
    this.#seekProof();
  }
}
