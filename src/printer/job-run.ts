import type { Clock, Timer } from '../ports/clock.js';
import type { PrinterProfile } from '../ports/device.js';
import type { JobResult, PrinterFault, PrinterStatus } from '../ports/printer.js';
import { DLE_ENQ_2, GS_R_PAPER, processIdRequest } from './commands.js';
import type { EncodedTicket } from './dialect.js';
import type { PrinterLine } from './line.js';
import type { DriverOptions } from './options.js';
import type { ProcessIds } from './process-ids.js';
import type { Observation } from './status.js';

/** What a job works with. */
export interface JobContext {
  readonly clock: Clock;
  readonly line: PrinterLine;
  readonly profile: PrinterProfile;
  readonly options: DriverOptions;
  readonly ids: ProcessIds;
  /** Sent before the first block when an earlier job left a piece of paper unfinished. */
  readonly finishPiece: Uint8Array;
  status(): PrinterStatus;
  /** The job is over. `touched`: at least one byte of it was sent. */
  ended(result: JobResult, touched: boolean): void;
}

/** The `GS r 1` answer says paper end: then what stands before it did not all come out. */
const PAPER_END_BITS = 0x0c;
/** Bits of a byte on a serial line, with start and stop bit. */
const WIRE_BITS = 10;

/**
 * One job on the line, from its first question to its result. Nothing is taken for printed but by the printer's word:
 * a block counts when its checkpoint is answered, and the last block, with the cut, is held back until all others count.
 * So `partial` is said of a piece of paper that visibly lacks its end, and `unknown` only while that end is under way.
 */
export class JobRun {
  readonly #context: JobContext;
  readonly #ticket: EncodedTicket;
  readonly #clearFirst: boolean;
  readonly #window: number;
  readonly #startMs: number;
  #phase: 'link' | 'status' | 'recheck' | 'clear' | 'sync' | 'settle' | 'printing' | 'ended' = 'link';
  /** The phase's own limit; while printing, the next look at the time. */
  #timer: Timer;
  #faultTimer: Timer;
  #sent = 0;
  #confirmed = 0;
  /** Bytes of blocks that were sent and not confirmed. */
  #underWayBytes = 0;
  #progressMs = 0;
  /** Process IDs of the blocks sent. */
  readonly #ids: number[] = [];

  constructor(context: JobContext, ticket: EncodedTicket, clearFirst: boolean) {
    this.#context = context;
    this.#ticket = ticket;
    this.#clearFirst = clearFirst;
    this.#window = context.profile.checkpoint === 'GS r' ? 1 : context.options.windowBlocks;
    this.#startMs = context.clock.now();
  }

  begin(): void {
    if (this.#context.line.up) this.#askStatus();
    else this.#waitForLink();
  }

  /** Forgets its timers; nothing more is said. */
  abandon(): void {
    this.#phase = 'ended';
    this.#clearTimers();
  }

  // Before the first byte.

  #waitForLink(): void {
    this.#phase = 'link';
    const leftMs = this.#startMs + this.#context.options.jobDeadlineMs - this.#context.clock.now();
    const graceMs = Math.min(this.#context.options.reconnectGraceMs, leftMs);
    this.#limit(graceMs, () => this.#end('link-lost'));
  }

  #askStatus(): void {
    this.#phase = 'status';
    this.#context.line.ask(0, true);
  }

  #refusedFor(faults: readonly PrinterFault[], recoverable: boolean): void {
    const { line, options } = this.#context;
    if (this.#phase === 'recheck') {
      this.#end(faults[0] ?? 'offline');
      return;
    }
    this.#phase = 'recheck';
    if (recoverable) line.write(DLE_ENQ_2);
    this.#limit(options.faultGraceMs, () => line.ask());
  }

  #becameReady(): void {
    const { line, profile } = this.#context;
    if (this.#clearFirst && profile.clearsBuffer) {
      this.#phase = 'clear';
      line.clear();
      return;
    }
    if (this.#clearFirst) line.write(line.flushBytes);
    this.#synchronise();
  }

  /** `GS r` answers carry no ID. So one is asked for and awaited, and then some quiet, before answers are believed. */
  #synchronise(): void {
    const { line, options, profile } = this.#context;
    if (profile.checkpoint !== 'GS r' || !line.staleAnswers) {
      this.#print();
      return;
    }
    this.#phase = 'sync';
    line.write(GS_R_PAPER);
    this.#limit(options.stallTimeoutMs, () => this.#end('stalled'));
  }

  #settle(): void {
    this.#phase = 'settle';
    this.#limit(this.#context.options.settleMs, () => {
      this.#context.line.staleAnswers = false;
      this.#print();
    });
  }

  // Printing.

  #print(): void {
    this.#phase = 'printing';
    this.#clearTimers();
    this.#progressMs = this.#context.clock.now();
    this.#pump();
    this.#watch();
  }

  #pump(): void {
    if (this.#context.line.held) return;
    const parts: Uint8Array[] = [];
    if (this.#sent === 0 && this.#clearFirst) parts.push(this.#context.finishPiece);
    while (this.#maySend()) this.#take(parts);
    if (parts.length > 0) this.#context.line.write(Buffer.concat(parts));
  }

  #maySend(): boolean {
    const block = this.#ticket.blocks[this.#sent];
    if (block === undefined) return false;
    const underWay = this.#sent - this.#confirmed;
    if (underWay === 0) return true;
    const last = this.#sent === this.#ticket.blocks.length - 1;
    const fits = this.#underWayBytes + block.bytes.length <= this.#context.profile.receiveBufferBytes;
    return !last && underWay < this.#window && fits;
  }

  #take(parts: Uint8Array[]): void {
    const block = this.#ticket.blocks[this.#sent];
    if (block === undefined) return;
    const id = this.#context.ids.next();
    parts.push(block.bytes);
    parts.push(this.#context.profile.checkpoint === 'GS r' ? GS_R_PAPER : processIdRequest(id));
    this.#ids.push(id);
    this.#sent++;
    this.#underWayBytes += block.bytes.length;
  }

  #confirm(blocks: number): void {
    if (blocks <= this.#confirmed) return;
    for (let i = this.#confirmed; i < blocks; i++) this.#underWayBytes -= this.#ticket.blocks[i]?.bytes.length ?? 0;
    this.#confirmed = blocks;
    this.#progressMs = this.#context.clock.now();
    if (blocks === this.#ticket.blocks.length) this.#printed();
    else this.#pump();
  }

  /** Looks at the time: asks a quiet printer, and gives up on one that makes no progress. */
  readonly #watch = (): void => {
    const { clock, line, options, status } = this.#context;
    const nowMs = clock.now();
    const wireMs = this.#wireMs();
    const deadlineMs = this.#startMs + options.jobDeadlineMs;
    const stalledMs = this.#progressMs + options.stallTimeoutMs + wireMs;
    if (nowMs >= deadlineMs || nowMs >= stalledMs) {
      this.#end(status().faults[0] ?? 'stalled');
      return;
    }
    if (nowMs - Math.max(line.heardAtMs, this.#progressMs) >= options.jobPollMs) line.ask(wireMs);
    this.#timer = clock.setTimeout(this.#watch, Math.min(options.jobPollMs, deadlineMs - nowMs, stalledMs - nowMs));
  };

  /** The time that what is under way takes on the wire: a question stands in line behind it. */
  #wireMs(): number {
    return (this.#underWayBytes * WIRE_BITS * 1_000) / this.#context.profile.baud;
  }

  // What the line tells.

  lineUp(): void {
    if (this.#phase !== 'link') return;
    this.#clearTimers();
    this.#phase = 'status'; // The line asks by itself when it comes up.
  }

  lineDown(): void {
    if (this.#phase === 'link' || this.#phase === 'ended') return;
    if (this.#sent > 0) this.#end('link-lost');
    else this.#waitForLink();
  }

  observed(observation: Observation, asked: boolean): void {
    if (this.#phase === 'printing') {
      this.#observedWhilePrinting(observation);
    } else if (asked && (this.#phase === 'status' || this.#phase === 'recheck')) {
      this.#clearTimers();
      if (observation.faults.length === 0) this.#becameReady();
      else this.#refusedFor(observation.faults, observation.recoverable);
    }
  }

  silent(heard: boolean): void {
    if (this.#phase === 'status' || this.#phase === 'recheck') this.#end('no-answer');
    else if (this.#phase === 'printing' && !heard) this.#end('no-answer');
  }

  cleared(): void {
    if (this.#phase === 'clear') this.#synchronise();
    else if (this.#phase === 'recheck' || this.#phase === 'status') this.#context.line.ask();
  }

  flow(): void {
    if (this.#phase === 'printing') this.#pump();
  }

  processId(id: number): void {
    if (this.#phase !== 'printing' || this.#context.profile.checkpoint !== 'GS ( H') return;
    this.#confirm(this.#ids.indexOf(id) + 1);
  }

  queuedStatus(byte: number): void {
    if (this.#phase === 'sync' || this.#phase === 'settle') {
      this.#settle();
    } else if (this.#phase === 'printing' && this.#context.profile.checkpoint === 'GS r') {
      if ((byte & PAPER_END_BITS) !== PAPER_END_BITS) this.#confirm(this.#sent);
    }
  }

  /** A fault that lasts ends the job; heat passes by itself, and is given the time that any other delay is. */
  #observedWhilePrinting(observation: Observation): void {
    const { clock, line, options } = this.#context;
    if (observation.faults.every((fault) => fault === 'overheat')) {
      clock.clearTimeout(this.#faultTimer);
      this.#faultTimer = undefined;
    } else if (this.#faultTimer === undefined) {
      this.#faultTimer = clock.setTimeout(
        () => this.#end(this.#context.status().faults[0] ?? 'offline'),
        options.faultGraceMs,
      );
      line.ask(this.#wireMs());
    }
  }

  // The end.

  #printed(): void {
    const { checkpoint } = this.#context.profile;
    this.#over({ outcome: 'printed', blocks: this.#ticket.blocks.length, confirmedBy: checkpoint });
  }

  #end(reason: PrinterFault): void {
    const blocks = this.#ticket.blocks.length;
    if (this.#sent === 0) this.#over({ outcome: 'not-printed', blocks, reason });
    else if (this.#sent < blocks) this.#over({ outcome: 'partial', block: this.#confirmed, blocks, reason });
    else this.#over({ outcome: 'unknown', block: this.#confirmed, blocks, reason });
  }

  #over(result: JobResult): void {
    if (this.#phase === 'ended') return;
    this.abandon();
    this.#context.ended(result, this.#sent > 0);
  }

  #limit(ms: number, run: () => void): void {
    this.#clearTimers();
    this.#timer = this.#context.clock.setTimeout(run, ms);
  }

  #clearTimers(): void {
    this.#context.clock.clearTimeout(this.#timer);
    this.#context.clock.clearTimeout(this.#faultTimer);
    this.#timer = undefined;
    this.#faultTimer = undefined;
  }
}
