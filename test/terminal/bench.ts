import { PaperjamError } from '../../src/base/errors.js';
import { Flash } from '../../src/ground/flash.js';
import { seededRandom } from '../../src/ground/seeded-random.js';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import type {
  Acquirer,
  AuthorizeAnswer,
  AuthorizeRequest,
  CancelAnswer,
  QueryAnswer,
} from '../../src/ports/acquirer.js';
import type { Screen } from '../../src/ports/display.js';
import type { DriverCounters, JobResult, Printer, PrinterStatus, PrintJob } from '../../src/ports/printer.js';
import type { Storage } from '../../src/ports/storage.js';
import type { Policy } from '../../src/terminal/context.js';
import type { BootDevice } from '../../src/terminal/journal/record.js';
import { Terminal } from '../../src/terminal/terminal.js';
import { DEFAULT_TIMINGS, type Timings } from '../../src/terminal/timings.js';
import { type Verdict, verdictOf } from '../../src/terminal/verdict/verdict.js';

export const CODE = '281234567890123456';
export const PAID: AuthorizeAnswer & QueryAnswer = {
  outcome: 'paid',
  tradeNo: '2026010122001400001234567890',
  buyer: '159****0042',
};
export const WAITING = { outcome: 'waiting', code: '10003', words: 'order success pay inprocess' } as const;
export const UNKNOWN = { outcome: 'unknown', code: 'ACQ.SYSTEM_ERROR', words: 'system error' } as const;
export const READY: PrinterStatus = { ready: true, life: 'online', faults: [], paperNearEnd: false };
export const NOTHING_DONE: DriverCounters = {
  jobs: { printed: 0, partial: 0, 'not-printed': 0, unknown: 0, unconfirmed: 0 },
  ...{ lines: 0, cuts: 0, paperMm: 0, faults: {}, sentBytes: 0, receivedBytes: 0, reconnects: 0 },
};
export const PRINTED: JobResult = { outcome: 'printed', blocks: 4, confirmedBy: 'GS ( H' };
export const JAMMED: JobResult = { outcome: 'partial', block: 1, blocks: 4, reason: 'mechanical-error' };

/** A script of answers; when it has run out, or says `silent`, there is no answer. */
type Script<A> = (A | 'silent')[];

export interface BenchOptions {
  readonly policy?: Partial<Policy>;
  readonly timings?: Partial<Timings>;
  readonly flash?: Flash;
  /** Whether there are digital tickets. Default `true`. */
  readonly digital?: boolean;
  readonly device?: BootDevice;
}

export const THERMAL: BootDevice = { id: 'bench', technology: 'thermal' };

/** Where this bench's digital tickets are. */
export const digitalUrl = (orderNo: string) => `https://tickets.example/${orderNo}`;

/** A terminal whose platform and printer do what the test has written down. */
export class Bench {
  readonly clock = new VirtualClock();
  readonly authorizations: Script<AuthorizeAnswer> = [];
  readonly queries: Script<QueryAnswer> = [];
  readonly cancels: Script<CancelAnswer> = [];
  readonly jobs: Script<JobResult> = [];
  /** Everything that left the terminal, in order. */
  readonly done: string[] = [];
  readonly authorized: AuthorizeRequest[] = [];
  readonly printed: PrintJob[] = [];
  readonly screens: Screen[] = [];
  readonly printerListeners: ((status: PrinterStatus) => void)[] = [];
  /** The printer throws on every ticket. */
  unprintable = false;
  receivedBytes = 0;
  /** How long the platform takes to answer an authorisation. */
  authorizeMs = 10;
  status: PrinterStatus = READY;
  flash: Flash;
  terminal: Terminal;
  #random = seededRandom(7);

  constructor(readonly options: BenchOptions = {}) {
    this.flash = options.flash ?? new Flash(this.clock);
    this.terminal = this.boot(this.flash);
  }

  boot(storage: Storage, damaged: 'refuse' | 'read' = 'refuse'): Terminal {
    const { policy, timings, digital = true, device = THERMAL } = this.options;
    return new Terminal(
      {
        clock: this.clock,
        random: this.#random,
        storage,
        acquirers: { alipay: this.#acquirer() },
        printer: this.#printer(),
        display: { show: (screen) => this.screens.push(screen) },
        ...(digital ? { digital: { urlOf: ({ orderNo }) => digitalUrl(orderNo) } } : {}),
      },
      {
        version: '0.0.0-test',
        merchant: { name: '街角咖啡', terminalId: 'T01', utcOffsetMinutes: 480 },
        policy: { reprint: 'ask', ...policy },
        timings: { ...DEFAULT_TIMINGS, ...timings },
        device,
      },
      damaged,
    ).start();
  }

  /** A power cut that loses all that was not synced, and a new boot on the same flash. */
  powerCut(kept: 'nothing' | 'all' = 'nothing'): void {
    this.terminal.stop();
    this.flash.cut(kept);
    this.flash = this.flash.reopen();
    this.printerListeners.length = 0;
    this.terminal = this.boot(this.flash);
  }

  /** A sale with its code, run until nothing is left to do within `forMs`. */
  sell(forMs = 1_000, code = CODE): string {
    this.clock.advance(1);
    const saleId = this.terminal.sell(1_280, { code });
    this.clock.advance(forMs);
    return saleId;
  }

  tell(status: PrinterStatus): void {
    this.status = status;
    for (const listener of this.printerListeners) listener(status);
  }

  verdict(saleId: string): Verdict {
    return verdictOf(this.terminal.page(saleId));
  }

  /** `kind` or `kind:word` of every record of the journal. */
  kinds(): string[] {
    const lines = Buffer.from(this.flash.read()).toString().trim().split('\n');
    return lines.map((line) => {
      const { kind, outcome, fact, copy, seen, result } = JSON.parse(line);
      return [kind, outcome ?? fact ?? copy ?? seen ?? result?.outcome].filter((word) => word !== undefined).join(':');
    });
  }

  #acquirer(): Acquirer {
    const answer = <A>(script: Script<A>, name: string, done: (answer: A) => void, afterMs = 10) => {
      this.done.push(name);
      const next = script.shift();
      if (next !== undefined && next !== 'silent') this.clock.setTimeout(() => done(next), afterMs);
    };
    return {
      authorize: (request, done) => {
        this.authorized.push(request);
        answer(this.authorizations, 'authorize', done, this.authorizeMs);
      },
      query: (_, done) => answer(this.queries, 'query', done),
      cancel: (_, done) => answer(this.cancels, 'cancel', done),
    };
  }

  #printer(): Printer {
    return {
      check: () => {
        if (this.unprintable) throw new PaperjamError('PJ_TICKET', { problem: 'test', allowed: 'nothing' });
      },
      print: (job, done) => {
        if (this.unprintable) throw new PaperjamError('PJ_TICKET', { problem: 'test', allowed: 'nothing' });
        this.done.push(`print ${job.jobId.split('/')[1]}`);
        this.printed.push(job);
        const result = this.jobs.shift();
        if (result !== undefined && result !== 'silent') this.clock.setTimeout(() => done(result), 50);
      },
      cancel: () => {},
      status: () => this.status,
      counters: () => ({ ...NOTHING_DONE, receivedBytes: this.receivedBytes }),
      watch: (listener) => this.printerListeners.push(listener),
      close: () => {},
    };
  }
}

/** Out of paper, and saying so. */
export const NO_PAPER: PrinterStatus = { ready: false, life: 'faulty', faults: ['paper-out'], paperNearEnd: false };
export const PAPER_OUT: JobResult = { outcome: 'not-printed', blocks: 4, reason: 'paper-out' };

export function textOf(job: PrintJob | undefined): string {
  return (job?.ticket.elements ?? [])
    .map((element) => {
      if (element.kind === 'text') return element.text;
      return element.kind === 'pair' ? `${element.label} ${element.value}` : '';
    })
    .join('\n');
}
