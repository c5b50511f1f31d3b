import { recordedLink } from '../links/recorded.js';
import { type LineEar, Recorder } from '../links/recording/recorder.js';
import type { Clock } from '../ports/clock.js';
import type { Link, LinkLoss } from '../ports/link.js';
import type { JournalRecord } from '../terminal/journal/record.js';
import { VERSION } from './version.js';

/** Where the recording of one job goes. */
export interface JobSink {
  append(bytes: Uint8Array): void;
  close(): void;
}

export interface JobLinesOptions {
  readonly clock: Clock;
  /** The printer's profile, as `--device` takes it. */
  readonly device: string;
  /** 0: a line without a rate. */
  readonly baud: number;
  /** A job that is longer is recorded so far. */
  readonly mostBytesPerJob: number;
  /** Opens the recording of a job, `T01…976204-1`; `undefined`: it cannot be kept. */
  open(name: string): JobSink | undefined;
}

/**
 * Always on: records what goes over the printer's line, both ways, as long as a ticket is printed, each job by itself. The
 * journal's records say when: a job begins when its intent is durable, before its first byte, and ends with its result.
 */
export class JobLines {
  readonly #options: JobLinesOptions;
  #up = false;
  #job: { readonly id: string; readonly recorder: Recorder; readonly sink: JobSink; bytes: number } | undefined;

  constructor(options: JobLinesOptions) {
    this.#options = options;
  }

  /** The same link, listened to. */
  link(link: Link): Link {
    const tell = (what: (ear: LineEar) => void) => this.#tell(what);
    return recordedLink(link, {
      toPrinter: (bytes) => tell((ear) => ear.toPrinter(bytes)),
      fromPrinter: (bytes) => tell((ear) => ear.fromPrinter(bytes)),
      opened: () => {
        this.#up = true;
        tell((ear) => ear.opened());
      },
      lost: (loss: LinkLoss) => {
        this.#up = false;
        tell((ear) => ear.lost(loss));
      },
      closed: () => {
        this.#up = false;
        tell((ear) => ear.closed());
      },
    });
  }

  /** To be told of every durable record. */
  record(record: JournalRecord): void {
    if (record.kind === 'print-intent') this.#begin(record.jobId);
    if (record.kind === 'print-result' && record.jobId === this.#job?.id) this.close();
  }

  /** Ends the recording of the job under way. Idempotent. */
  close(): void {
    const job = this.#job;
    this.#job = undefined;
    job?.recorder.end();
    job?.sink.close();
  }

  #begin(jobId: string): void {
    this.close(); // A job of before a power cut has no end of its own.
    const { clock, device, baud, open } = this.#options;
    const sink = open(jobId.replace('/', '-'));
    if (sink === undefined) return;
    const append = (bytes: Uint8Array) => {
      if (this.#job !== undefined) this.#job.bytes += bytes.length;
      sink.append(bytes);
    };
    const header = { device, address: "the printer's line", baud, paperjam: VERSION };
    const recorder = new Recorder({ clock, header, append });
    this.#job = { id: jobId, recorder, sink, bytes: 0 };
    if (this.#up) recorder.opened();
  }

  #tell(what: (ear: LineEar) => void): void {
    const job = this.#job;
    if (job === undefined) return;
    if (job.bytes <= this.#options.mostBytesPerJob) what(job.recorder);
    else {
      job.recorder.mark(`after ${job.bytes} bytes no more is recorded of this job`);
      this.close();
    }
  }
}
