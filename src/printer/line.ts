import type { Clock, Timer } from '../ports/clock.js';
import type { PrinterProfile } from '../ports/device.js';
import type { Link, LinkListener, LinkLoss } from '../ports/link.js';
import { ASB_OFF, ASB_ON, DLE_DC4_8, DLE_EOT_ALL, ESC_INITIALIZE, GS_I_MODEL } from './commands.js';
import type { DriverOptions } from './options.js';
import { ReplyParser, type ReplySink } from './reply-parser.js';
import { fromAsb, fromRealtime, type Observation } from './status.js';

/** Who is told what the printer at the other end says. */
export interface LineListener {
  lineUp(): void;
  lineDown(loss: LinkLoss): void;
  /** A complete report; `asked`: it answers a question put by `ask`. */
  observed(observation: Observation, asked: boolean): void;
  /** A question was not answered in time; `heard`: something else came back meanwhile. */
  silent(heard: boolean): void;
  /** `clear` is over; `confirmed`: the printer said so. */
  cleared(confirmed: boolean): void;
  processId(id: number): void;
  queuedStatus(byte: number): void;
  model(name: string): void;
  /** XON or XOFF came: see `held`. */
  flow(): void;
}

/** Attempts to clear: the command is ignored while the printer is sending a block reply (TM-T90 specification). */
const CLEAR_ATTEMPTS = 2;

/**
 * The line to one printer: keeps the link open, asks questions and tells the answers apart.
 *
 * Fault model: the link goes down at any byte and may not come up for hours; the printer is silent, late, loses bytes of
 * its answers, was left in the middle of a command by whoever spoke before, or is switched off and on with the link up.
 *
 * The four `DLE EOT` questions go out together and count only when all four answers are in: an answer does not say to
 * which question it belongs, and so a round that lost one is thrown away rather than read askew.
 */
export class PrinterLine implements LinkListener, ReplySink {
  /** When the printer last said anything. */
  heardAtMs = Number.NEGATIVE_INFINITY;
  /** The printer asked for a pause (XOFF). Real-time commands may be sent all the same. */
  held = false;
  /** `GS r` answers to questions from before may still be under way. */
  staleAnswers = true;

  readonly #clock: Clock;
  readonly #link: Link;
  readonly #options: DriverOptions;
  readonly #listener: LineListener;
  readonly #clearsBuffer: boolean;
  readonly #setup: Uint8Array;
  readonly #flush: Uint8Array;
  readonly #parser = new ReplyParser(this);

  #state: 'down' | 'up' | 'closed' = 'down';
  /** Since the link came up, or since a silence, the printer has answered and was set up. */
  #known = false;
  #reopenMs: number;
  #reopenTimer: Timer;
  readonly #round = [0, 0, 0, 0];
  #roundAnswers = 0;
  #roundSentMs = 0;
  #roundTimer: Timer;
  #clearTimer: Timer;
  #clearAttempts = 0;

  constructor(
    clock: Clock,
    link: Link,
    profile: PrinterProfile,
    longestCommandBytes: number,
    options: DriverOptions,
    listener: LineListener,
  ) {
    this.#clock = clock;
    this.#link = link;
    this.#options = options;
    this.#listener = listener;
    this.#clearsBuffer = profile.clearsBuffer;
    const statusBack = profile.checkpoint === 'GS r' ? ASB_OFF : ASB_ON;
    this.#setup = Buffer.concat([ESC_INITIALIZE, statusBack, GS_I_MODEL]);
    this.#flush = new Uint8Array(profile.clearsBuffer ? 0 : longestCommandBytes);
    this.#reopenMs = options.reopenFirstMs;
  }

  get up(): boolean {
    return this.#state === 'up';
  }

  /** Zeros that end any command cut short; empty where `clear` does that. A zero prints nothing. */
  get flushBytes(): Uint8Array {
    return this.#flush;
  }

  open(): void {
    if (this.#state === 'down') this.#link.open(this);
  }

  write(bytes: Uint8Array): void {
    if (this.#state === 'up') this.#link.write(bytes);
  }

  /**
   * Asks for the status; ends in `observed` or `silent`. Does nothing while a question is under way, unless that has no
   * answer yet and is to have its full time `anew`; nor during a clear, before whose end nothing may be sent.
   */
  ask(allowMs = 0, anew = false): void {
    if (this.#state !== 'up' || this.#clearTimer !== undefined) return;
    if (this.#roundTimer !== undefined) {
      if (!anew || this.#roundAnswers > 0) return;
      this.#forgetRound();
    }
    this.#roundAnswers = 0;
    this.#roundSentMs = this.#clock.now();
    this.#roundTimer = this.#clock.setTimeout(this.#unanswered, this.#options.answerTimeoutMs + allowMs);
    this.#link.write(DLE_EOT_ALL);
  }

  /** Clears the printer's buffers; ends in `cleared`. Not for a model that cannot. */
  clear(): void {
    if (this.#state !== 'up' || !this.#clearsBuffer) return;
    this.#forgetRound();
    this.#clock.clearTimeout(this.#clearTimer);
    this.#clearAttempts = 0;
    this.#sendClear();
  }

  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#clock.clearTimeout(this.#reopenTimer);
    this.#forget();
    this.#link.close();
  }

  // The link speaks.

  opened(): void {
    if (this.#state === 'closed') return;
    this.#state = 'up';
    this.#known = false;
    this.held = false;
    this.staleAnswers = true;
    this.#parser.reset();
    this.#listener.lineUp();
    if (this.#clearsBuffer) {
      this.clear();
    } else {
      this.#link.write(this.#flush);
      this.ask();
    }
  }

  received(bytes: Uint8Array): void {
    if (this.#state !== 'up') return;
    this.heardAtMs = this.#clock.now();
    this.#parser.feed(bytes);
  }

  drained(): void {}

  lost(loss: LinkLoss): void {
    if (this.#state === 'closed') return;
    this.#state = 'down';
    this.#forget();
    this.#reopenTimer = this.#clock.setTimeout(() => this.open(), this.#reopenMs);
    this.#reopenMs = Math.min(this.#reopenMs * 2, this.#options.reopenMostMs);
    this.#listener.lineDown(loss);
  }

  // The printer speaks.

  flow(on: boolean): void {
    if (this.held === !on) return;
    this.held = !on;
    this.#listener.flow();
  }

  realtime(byte: number): void {
    if (this.#roundTimer === undefined) return;
    this.#round[this.#roundAnswers++] = byte;
    if (this.#roundAnswers < 4) return;
    this.#forgetRound();
    this.#reopenMs = this.#options.reopenFirstMs;
    if (!this.#known) {
      this.#known = true;
      this.#link.write(this.#setup);
    }
    const [n1 = 0, n2 = 0, n3 = 0, n4 = 0] = this.#round;
    this.#listener.observed(fromRealtime(n1, n2, n3, n4), true);
  }

  asb(b1: number, b2: number, b3: number): void {
    this.#listener.observed(fromAsb(b1, b2, b3), false);
  }

  processId(id: number): void {
    this.#listener.processId(id);
  }

  queuedStatus(byte: number): void {
    this.#listener.queuedStatus(byte);
  }

  text(text: string): void {
    this.#listener.model(text);
  }

  cleared(): void {
    if (this.#clearTimer !== undefined) this.#clearOver(true);
  }

  #sendClear(): void {
    this.#clearAttempts++;
    this.#clearTimer = this.#clock.setTimeout(this.#notCleared, this.#options.clearTimeoutMs);
    this.#link.write(DLE_DC4_8);
  }

  readonly #notCleared = (): void => {
    if (this.#clearAttempts < CLEAR_ATTEMPTS) this.#sendClear();
    else this.#clearOver(false);
  };

  #clearOver(confirmed: boolean): void {
    this.#clock.clearTimeout(this.#clearTimer);
    this.#clearTimer = undefined;
    if (!this.#known) this.ask();
    this.#listener.cleared(confirmed);
  }

  readonly #unanswered = (): void => {
    this.#roundTimer = undefined;
    const heard = this.heardAtMs >= this.#roundSentMs;
    if (!heard) this.#known = false; // It may have been switched off and on, and forgotten what it was told.
    this.#listener.silent(heard);
  };

  #forgetRound(): void {
    this.#clock.clearTimeout(this.#roundTimer);
    this.#roundTimer = undefined;
  }

  #forget(): void {
    this.#forgetRound();
    this.#clock.clearTimeout(this.#clearTimer);
    this.#clearTimer = undefined;
  }
}
