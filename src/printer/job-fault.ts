import type { Timer } from '../ports/clock.js';
import type { PrinterFault } from '../ports/printer.js';
import { DLE_ENQ_1 } from './commands.js';
import type { JobContext } from './job-context.js';
import type { Recovery } from './options.js';
import type { Observation } from './status.js';

export interface JobFaultEnd {
  /** The fault stayed longer than it may: the job is to end. */
  lasted(): void;
  /** The printer is well again, and goes on. */
  passed(): void;
  /** The printer is well again after an error that only switching it off ends: what it held is gone. */
  restarted(): void;
}

/** When the faults that are there want different things, the first of these that one wants is done. */
const STRICTEST_FIRST: readonly Recovery[] = ['reprint', 'resume', 'wait'];

/** A fault in the middle of a job, and what is done about it. */
export class JobFault {
  readonly #context: JobContext;
  readonly #end: JobFaultEnd;
  #recovery: Recovery | undefined;
  #timer: Timer;
  #resumedAtMs = Number.NEGATIVE_INFINITY;
  /** It has had an error that it cannot leave without being switched off. */
  #broke = false;

  constructor(context: JobContext, end: JobFaultEnd) {
    this.#context = context;
    this.#end = end;
  }

  get on(): boolean {
    return this.#recovery !== undefined;
  }

  /** The job is kept until the printer goes on. */
  get waiting(): boolean {
    return this.#recovery === 'wait' || this.#recovery === 'resume';
  }

  stop(): void {
    this.#recovery = undefined;
    this.#context.clock.clearTimeout(this.#timer);
  }

  /** Says whether the job goes on. */
  observed({ faults, recoverable }: Observation): boolean {
    this.#broke ||= faults.includes('unrecoverable-error');
    if (this.#broke && faults.length === 0) {
      this.#end.restarted();
      return false;
    }
    const recovery = this.#recoveryOf(faults);
    if (recovery !== this.#recovery) this.#become(recovery);
    if (recovery === 'resume' && recoverable) this.#resume();
    return true;
  }

  #recoveryOf(faults: readonly PrinterFault[]): Recovery | undefined {
    const chosen: Readonly<Partial<Record<PrinterFault, Recovery>>> = this.#context.options.recovery;
    const wanted = faults.map((fault) => chosen[fault] ?? 'reprint');
    return STRICTEST_FIRST.find((recovery) => wanted.includes(recovery));
  }

  #become(recovery: Recovery | undefined): void {
    const { clock, line, options } = this.#context;
    const keptWaiting = this.waiting && recovery !== 'reprint' && recovery !== undefined;
    this.#recovery = recovery;
    if (keptWaiting) return; // The time that it has goes on.
    clock.clearTimeout(this.#timer);
    if (recovery === undefined) {
      this.#end.passed();
      return;
    }
    const graceMs = recovery === 'reprint' ? options.faultGraceMs : options.recoveryWaitMs;
    this.#timer = clock.setTimeout(() => this.#end.lasted(), graceMs);
    line.ask();
  }

  /** Without effect while the cause is there, so it is sent again. */
  #resume(): void {
    const { clock, line, options } = this.#context;
    if (clock.now() - this.#resumedAtMs < options.recoverEveryMs) return;
    this.#resumedAtMs = clock.now();
    line.write(DLE_ENQ_1);
  }
}
