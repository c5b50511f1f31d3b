import type { Clock, Timer } from '../ports/clock.js';
import type { JobResult, PrintJob } from '../ports/printer.js';
import type { EncodedTicket } from './dialect.js';

export interface QueuedJob {
  readonly job: PrintJob;
  readonly ticket: EncodedTicket;
  readonly done: (result: JobResult) => void;
}

/** Jobs that wait their turn, and those that are over and of whose end nobody has been told yet. */
export class JobQueue {
  readonly #clock: Clock;
  readonly #over: (result: JobResult) => void;
  readonly #free: () => void;
  readonly #waiting: QueuedJob[] = [];
  readonly #telling = new Set<Timer>();
  /** A job that had its turn is over, and has not been told so. */
  #turnTaken = false;

  /** `over` hears each result; `free` is called when the next job may have its turn. */
  constructor(clock: Clock, over: (result: JobResult) => void, free: () => void) {
    this.#clock = clock;
    this.#over = over;
    this.#free = free;
  }

  add(job: QueuedJob): void {
    this.#waiting.push(job);
  }

  /** The job whose turn it is. None has it before the one before has been told its end. */
  next(): QueuedJob | undefined {
    return this.#turnTaken ? undefined : this.#waiting.shift();
  }

  /** The job that had its turn is over. */
  ended(job: QueuedJob, result: JobResult): void {
    this.#turnTaken = true;
    this.#tell(job, result, () => {
      this.#turnTaken = false;
    });
  }

  cancel(jobId: string): void {
    const at = this.#waiting.findIndex(({ job }) => job.jobId === jobId);
    const [job] = at === -1 ? [] : this.#waiting.splice(at, 1);
    if (job === undefined) return;
    this.#tell(job, { outcome: 'not-printed', blocks: job.ticket.blocks.length, reason: 'cancelled' }, () => {});
  }

  /** Nobody is told anything any more. */
  close(): void {
    this.#waiting.length = 0;
    for (const timer of this.#telling) this.#clock.clearTimeout(timer);
    this.#telling.clear();
  }

  /** Through the clock: never from inside the call that ended it. */
  #tell({ done }: QueuedJob, result: JobResult, before: () => void): void {
    this.#over(result);
    const timer = this.#clock.setTimeout(() => {
      this.#telling.delete(timer);
      before();
      done(result);
      this.#free();
    }, 0);
    this.#telling.add(timer);
  }
}
