import type { Timer } from '../ports/clock.js';
import type { PrinterFault } from '../ports/printer.js';
import { ASB_OFF, DLE_ENQ_2 } from './commands.js';
import type { JobContext } from './job-context.js';
import type { Observation } from './status.js';

/** So often a printer has to be well after a quiet before its missing answers are given up. */
const QUIETS = 2;
/** A command takes at most so many bytes of parameters, where its length has two bytes; some pictures could take more. */
const MOST_SWALLOWED_BYTES = 65_536;

/** What it is at. */
type Phase =
  | 'link'
  | 'status'
  | 'recheck'
  | 'clear'
  | 'free'
  | 'free-check'
  | 'pause'
  | 'prove'
  | 'sync'
  | 'settle'
  | 'settle-check'
  | 'over';

/** It waits for an answer to `DLE EOT`. */
const ASKS_STATUS: readonly Phase[] = ['status', 'recheck', 'free-check', 'settle-check'];

/** What comes of it. */
export interface JobStartEnd {
  /** The printer is well, clear, and known: the first byte may be sent. */
  ready(): void;
  refused(reason: PrinterFault): void;
}

/**
 * What stands before the first byte of a job: the link is up, the printer asked afresh says that it is well, it is clear
 * of what was before, and it is known by what it proves that it prints. A fault refuses the job, when it lasts: nothing is
 * lost as long as nothing was sent.
 */
export class JobStart {
  readonly #context: JobContext;
  readonly #clearFirst: boolean;
  readonly #end: JobStartEnd;
  #phase: Phase = 'link';
  #timer: Timer;
  #linkLost = false;
  /** Until when the link may be down, or come and go without an answer. */
  #linkEndMs: number | undefined;
  /** It has asked for a pause that did not end in time. */
  #longPause = false;
  /** How often it was well at the end of a quiet in which answers were missing. */
  #quiets = 0;
  /** Zeros that were sent to end a command which swallows all that comes. */
  #zeros = 0;

  constructor(context: JobContext, clearFirst: boolean, end: JobStartEnd) {
    this.#context = context;
    this.#clearFirst = clearFirst;
    this.#end = end;
  }

  /** Why it has not come to a first byte yet. */
  get lateBecause(): PrinterFault {
    return this.#context.status().faults[0] ?? (this.#linkLost ? 'link-lost' : 'stalled');
  }

  begin(): void {
    if (this.#context.line.up) this.#askStatus();
    else this.#waitForLink();
  }

  stop(): void {
    this.#phase = 'over';
    this.#context.clock.clearTimeout(this.#timer);
  }

  #waitForLink(): void {
    const { clock, options } = this.#context;
    this.#phase = 'link';
    this.#linkEndMs ??= clock.now() + options.reconnectGraceMs;
    this.#limit(Math.max(this.#linkEndMs - clock.now(), 0), () => this.#refuse('link-lost'));
  }

  #askStatus(): void {
    this.#phase = 'status';
    if (this.#context.blind()) this.#becameReady();
    else this.#context.line.ask(true);
  }

  #hasFaults(faults: readonly PrinterFault[], recoverable: boolean): void {
    const { line, options } = this.#context;
    if (this.#phase === 'recheck') {
      this.#refuse(faults[0] ?? 'offline');
      return;
    }
    this.#phase = 'recheck';
    if (recoverable) line.write(DLE_ENQ_2);
    this.#limit(options.faultGraceMs, () => line.ask());
  }

  #becameReady(): void {
    const { line } = this.#context;
    if (this.#clearFirst && line.clears && !this.#context.blind()) {
      this.#phase = 'clear';
      line.clear();
      return;
    }
    if (this.#clearFirst && !line.flushed) line.write(line.flushBytes);
    if (this.#clearFirst && this.#context.answersQueued() && !line.held)
      this.#free(this.#context.options.stallTimeoutMs);
    else this.#prove();
  }

  /**
   * A command of the job before whose length lost a byte swallows all that comes after it, this job among it, and `DLE EOT`
   * shows no fault. So a printer that is known to answer what is queued has to do so before it gets another job.
   */
  #free(waitMs: number): void {
    const { line } = this.#context;
    this.#phase = 'free';
    line.askQueued();
    this.#limit(waitMs + line.connection.wireLeftMs, () => {
      this.#phase = 'free-check';
      line.ask(true);
    });
  }

  /** It is well, and has not carried out what it was asked: it gets zeros, each time twice as many, and is asked again. */
  #freeHarder(): void {
    const { line, options } = this.#context;
    if (line.held || this.#zeros >= MOST_SWALLOWED_BYTES) {
      this.#prove();
      return;
    }
    const zeros = Math.max(this.#zeros, line.flushBytes.length);
    this.#zeros += zeros;
    line.write(new Uint8Array(zeros));
    this.#free(options.answerTimeoutMs);
  }

  /** Its answer is good for what comes next, too. */
  #freed(): void {
    const { profile, proof } = this.#context;
    if (proof() === 'GS r' && profile.checkpoint === 'GS r') this.#settle();
    else this.#prove();
  }

  #prove(): void {
    const { line, proof, prove } = this.#context;
    if (line.held) {
      this.#pause();
      return;
    }
    // Time does not tell how much of an earlier job is still to come out: behind that, it answers what it is asked.
    const behindOthers = this.#clearFirst && !line.clears && proof() === 'DLE EOT';
    if (proof() !== undefined && !behindOthers) {
      this.#synchronise();
      return;
    }
    this.#phase = 'prove';
    this.#context.clock.clearTimeout(this.#timer);
    prove();
  }

  /**
   * A printer that holds the line is asked nothing: it has so long to go on. Then it is asked all the same, since for a
   * question there is always room: if it carries that out, its XON was lost. One that cannot be asked has had its time.
   */
  #pause(): void {
    if (this.#longPause) {
      if (this.#context.proof() === 'none') {
        this.#context.line.endPause(); // It says that it is well, and can be asked nothing else.
        this.#synchronise();
      } else this.#refuse('stalled');
      return;
    }
    this.#phase = 'pause';
    this.#limit(this.#context.options.stallTimeoutMs, () => {
      this.#longPause = true;
      this.#phase = 'prove';
      this.#context.line.openQuestions = 0; // In this time they would have been answered.
      this.#context.prove();
    });
  }

  /** `GS r` answers carry no ID. So one is asked for and awaited, and then some quiet, before answers are believed. */
  #synchronise(): void {
    const { line, profile, options, proof } = this.#context;
    if (proof() !== 'GS r' || !line.staleAnswers) {
      this.#ready();
      return;
    }
    this.#phase = 'sync';
    if (profile.checkpoint !== 'GS r') line.write(ASB_OFF);
    line.askQueued();
    this.#limit(options.stallTimeoutMs + line.connection.wireLeftMs, () => this.#refuse('stalled'));
  }

  /**
   * Where answers are missing, the quiet has to be as long as an answer may take, and the printer has to be well at its end:
   * one that hung meanwhile still owes them. That twice, since it may do its hanging just between.
   */
  #settle(): void {
    const { line, options } = this.#context;
    this.#phase = 'settle';
    if (line.openQuestions === 0) {
      this.#limit(options.settleMs, () => this.#settled());
      return;
    }
    this.#limit(options.answerTimeoutMs + line.connection.wireLeftMs, () => {
      this.#phase = 'settle-check';
      line.ask(true);
    });
  }

  #settled(): void {
    const { line } = this.#context;
    line.staleAnswers = false;
    line.openQuestions = 0;
    this.#ready();
  }

  // What the line tells.

  lineUp(): void {
    if (this.#phase !== 'link') return;
    this.#context.clock.clearTimeout(this.#timer);
    this.#phase = 'status'; // The line asks by itself when it comes up.
  }

  lineDown(): void {
    this.#linkLost = true;
    if (this.#phase !== 'link' && this.#phase !== 'over') this.#waitForLink();
  }

  observed(observation: Observation, asked: boolean): void {
    if (asked && this.#phase === 'settle-check') {
      this.#quiets = observation.faults.length === 0 ? this.#quiets + 1 : 0;
      if (this.#quiets === QUIETS) this.#settled();
      else this.#settle();
    }
    if (asked && this.#phase === 'free-check') {
      if (observation.faults.length === 0) this.#freeHarder();
      else this.#hasFaults(observation.faults, observation.recoverable);
      return;
    }
    if (!asked || (this.#phase !== 'status' && this.#phase !== 'recheck')) return;
    this.#linkEndMs = undefined;
    this.#context.clock.clearTimeout(this.#timer);
    if (observation.faults.length === 0) this.#becameReady();
    else this.#hasFaults(observation.faults, observation.recoverable);
  }

  silent(): void {
    if (!ASKS_STATUS.includes(this.#phase)) return;
    if (this.#context.blind()) this.#becameReady();
    else this.#refuse('no-answer');
  }

  cleared(): void {
    if (this.#phase === 'clear') this.#prove();
    else if (this.#phase === 'recheck' || this.#phase === 'status') this.#context.line.ask();
  }

  /** XON or XOFF. */
  flow(): void {
    if (this.#phase === 'pause') this.#prove();
  }

  queuedStatus(): void {
    if (this.#phase === 'free' || this.#phase === 'free-check') this.#freed();
    else if (this.#phase === 'sync' || this.#phase === 'settle' || this.#phase === 'settle-check') this.#settle();
  }

  /** The search for a proof is over. Without one, the printer has to be asked why, unless it holds the line. */
  proved(found: boolean): void {
    if (this.#phase !== 'prove') return;
    if (this.#context.line.held) this.#pause();
    else if (found) this.#synchronise();
    else this.#askStatus();
  }

  #ready(): void {
    this.stop();
    this.#end.ready();
  }

  #refuse(reason: PrinterFault): void {
    this.stop();
    this.#end.refused(reason);
  }

  #limit(ms: number, run: () => void): void {
    this.#context.clock.clearTimeout(this.#timer);
    this.#timer = this.#context.clock.setTimeout(run, ms);
  }
}
