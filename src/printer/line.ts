import type { Clock } from '../ports/clock.js';
import type { PrinterProfile } from '../ports/device.js';
import type { Link, LinkLoss } from '../ports/link.js';
import { ClearRound } from './clear-round.js';
import { ASB_OFF, ASB_ON, DLE_DC4_8, DLE_EOT_ALL, ESC_INITIALIZE, GS_I_MODEL, GS_R_PAPER } from './commands.js';
import { Connection, type ConnectionListener } from './connection.js';
import type { Dialect } from './dialect.js';
import type { LineListener } from './line-listener.js';
import type { DriverOptions } from './options.js';
import { ReplyParser, type ReplySink } from './reply-parser.js';
import { ALL_WELL, fromAsb, fromRealtime } from './status.js';
import { StatusRound } from './status-round.js';

/**
 * So many zeros go before a connection's first question, and end a command cut short unless it has long data. Those that
 * end such a one go to a printer that is ready: a terminal that starts again and again would fill the buffer of any other.
 */
const FIRST_ZEROS = 64;

/**
 * The line to one printer: asks questions and tells the answers apart.
 *
 * Fault model: the link goes down at any byte and may not come up for hours; the printer is silent, late, loses bytes of
 * its answers, was left in the middle of a command by whoever spoke before, or is switched off and on with the link up.
 *
 * A printer whose language knows no question is sent none: of what it says, only XON and XOFF are understood.
 */
export class PrinterLine implements ConnectionListener, ReplySink {
  readonly connection: Connection;
  /** The printer's language knows the driver's questions. */
  readonly questions: boolean;
  /** When the printer last said anything. */
  heardAtMs = Number.NEGATIVE_INFINITY;
  /** The printer has given an answer, at some time. */
  everAnswered = false;
  /** The printer asked for a pause (XOFF). Real-time commands may be sent all the same. */
  held = false;
  /** `GS r` answers to questions from before may still be under way. */
  staleAnswers = true;
  /** `GS r` questions that were put and not answered yet; some of them may have been lost. */
  openQuestions = 0;
  /** When the question under way, or the last one, was put. */
  askedAtMs = Number.NEGATIVE_INFINITY;
  /** Of all bytes written, so many have reached the printer for certain: it has answered a question that was put behind them. */
  reachedBytes = 0;

  readonly #clock: Clock;
  readonly #options: DriverOptions;
  readonly #listener: LineListener;
  readonly #clearsBuffer: boolean;
  readonly #setup: Uint8Array;
  readonly #flush: Uint8Array;
  readonly #parser = new ReplyParser(this);

  /** Since the link came up, or since a silence, the printer has answered. */
  #known = false;
  /** It was set up when it was not ready, perhaps behind a command cut short: it is set up again when it is. */
  #toSetUp = false;
  /** Since the link came up: a question was answered; not all zeros were sent; all were, and no job's bytes since. */
  #greeted = false;
  #toFlush = false;
  flushed = false;
  readonly round: StatusRound;
  /** What was written before the question under way. */
  #writtenBefore = 0;
  /** A question was put because of the bytes that are being read. */
  #putSinceReceipt = false;
  readonly #clear: ClearRound;

  constructor(
    parts: { clock: Clock; link: Link; profile: PrinterProfile; dialect: Dialect },
    options: DriverOptions,
    listener: LineListener,
  ) {
    const { clock, link, profile, dialect } = parts;
    this.#clock = clock;
    this.#options = options;
    this.#listener = listener;
    this.connection = new Connection(clock, link, profile.baud, options, this);
    this.round = new StatusRound(clock, options.settleMs, {
      unanswered: (held) => this.#unanswered(held),
      quiet: () => this.ask(),
    });
    this.#clear = new ClearRound({
      clock,
      timeoutMs: options.clearTimeoutMs,
      send: () => this.write(DLE_DC4_8),
      over: (confirmed) => this.#clearOver(confirmed),
    });
    this.questions = dialect.answers === 'escpos';
    this.#clearsBuffer = profile.clearsBuffer && this.questions;
    const statusBack = profile.checkpoint === 'GS r' ? ASB_OFF : ASB_ON;
    this.#setup = Buffer.concat([ESC_INITIALIZE, statusBack, GS_I_MODEL]);
    this.#flush = new Uint8Array(this.#clearsBuffer ? 0 : dialect.longestCommandBytes);
  }

  get up(): boolean {
    return this.connection.up;
  }

  /** `clear` is possible; where it is not, `flushBytes` ends a command that was cut short. */
  get clears(): boolean {
    return this.#clearsBuffer;
  }

  /** A clear is under way: nothing else may be sent. */
  get clearing(): boolean {
    return this.#clear.underWay;
  }

  /** Zeros that end any command cut short; empty where `clear` does that. A zero prints nothing. */
  get flushBytes(): Uint8Array {
    return this.#flush;
  }

  write(bytes: Uint8Array): void {
    this.connection.write(bytes);
  }

  /** Puts the printer into a known state, and asks for its name and its automatic status. */
  setUp(): void {
    this.write(this.#setup);
  }

  /** The printer has carried out all that it was sent, and so has room: the XON that ends its pause was lost. */
  endPause(): void {
    if (this.held) this.flow(true);
  }

  /** Puts a question that is answered when the printer reaches it: `queuedStatus`. */
  askQueued(): void {
    if (!this.up) return;
    this.questionPut();
    this.write(GS_R_PAPER);
  }

  /** A question that is answered by `queuedStatus` goes out with what is written next. */
  questionPut(): void {
    this.openQuestions++;
    this.#putSinceReceipt = true;
  }

  /**
   * Asks for the status; ends in `observed` or `silent`. Does nothing while a question is under way, unless that has no
   * answer yet and is to have its full time `anew`; nor during a clear, before whose end nothing may be sent.
   */
  ask(anew = false): void {
    if (!this.up || !this.questions || this.clearing) return;
    if (this.round.underWay && (!anew || this.round.answers > 0)) return;
    this.askedAtMs = this.#clock.now();
    this.#writtenBefore = this.connection.sentBytes;
    // The question stands in line behind what is on the wire.
    this.round.begin(this.#options.answerTimeoutMs, this.connection.wireLeftMs);
    this.write(DLE_EOT_ALL);
  }

  /** Clears the printer's buffers; ends in `cleared`. Not for a model that cannot. */
  clear(): void {
    if (!this.up || !this.#clearsBuffer) return;
    this.round.forget();
    this.#clear.begin();
  }

  close(): void {
    this.connection.close();
    this.#forget();
  }

  // The connection tells.

  connected(): void {
    this.#known = false;
    this.#toSetUp = false;
    this.#greeted = this.flushed = false;
    this.#toFlush = this.questions && !this.#clearsBuffer;
    this.held = false;
    this.staleAnswers = true;
    this.#parser.reset();
    this.round.reset();
    this.#listener.lineUp();
    if (this.#clearsBuffer) {
      this.clear();
    } else if (this.questions) {
      this.write(this.#flush.subarray(0, FIRST_ZEROS));
      this.ask();
    } else {
      this.write(this.#flush);
      this.#listener.observed(ALL_WELL, true); // Nothing else will ever be heard of it.
    }
  }

  received(bytes: Uint8Array): void {
    const nowMs = this.#clock.now();
    // What stopped in the middle so long ago has lost its end, and would swallow the beginning of what comes now.
    if (nowMs - this.heardAtMs > this.#options.answerTimeoutMs) this.#parser.reset();
    this.heardAtMs = nowMs;
    this.#putSinceReceipt = false;
    this.#parser.feed(bytes);
  }

  disconnected(loss: LinkLoss): void {
    this.#forget();
    this.#listener.lineDown(loss);
  }

  // The printer speaks.

  flow(on: boolean): void {
    if (on && !this.held) this.#listener.restarted();
    if (this.held === !on) return;
    this.held = !on;
    this.#listener.flow();
  }

  realtime(byte: number): void {
    if (!this.#answered() || !this.round.underWay) return;
    const answers = this.round.answer(byte);
    if (answers === undefined) return;
    this.connection.answered();
    this.reachedBytes = this.#writtenBefore;
    const observation = fromRealtime(...answers);
    const ready = observation.faults.length === 0;
    this.#greeted = true;
    if (ready && this.#toFlush) {
      this.#flushOnce();
      this.ask();
      return;
    }
    if (!this.#known || (ready && this.#toSetUp)) {
      this.staleAnswers ||= !this.#known;
      this.#known = true;
      this.#toSetUp = !ready;
      this.setUp();
    }
    for (const queued of this.round.release()) this.#queuedAnswer(queued);
    this.#listener.observed(observation, true);
  }

  asb(b1: number, b2: number, b3: number): void {
    if (this.#answered()) this.#listener.observed(fromAsb(b1, b2, b3), false);
  }

  processId(id: number): void {
    if (this.#answered()) this.#listener.processId(id);
  }

  queuedStatus(byte: number): void {
    if (!this.#answered()) return;
    if (this.round.underWay) this.round.hold(byte);
    else this.#queuedAnswer(byte);
  }

  text(text: string): void {
    if (this.#answered()) this.#listener.model(text);
  }

  cleared(): void {
    if (this.#answered()) this.#clear.answered();
  }

  /** Whether what was said is an answer at all: where nothing is asked, nothing is answered. */
  #answered(): boolean {
    this.everAnswered ||= this.questions;
    return this.questions;
  }

  #queuedAnswer(byte: number): void {
    this.openQuestions = Math.max(this.openQuestions - 1, 0);
    this.#listener.queuedStatus(byte, this.#putSinceReceipt);
  }

  #clearOver(confirmed: boolean): void {
    if (confirmed) this.openQuestions = 0;
    if (!this.#known) this.ask();
    this.#listener.cleared(confirmed);
  }

  #unanswered(held: boolean): void {
    if (held) this.#listener.doubtfulStatus();
    const heard = this.heardAtMs >= this.askedAtMs;
    this.#known &&= heard; // Else it may have been switched off and on, and has forgotten all.
    if (this.#toFlush && !this.#greeted) {
      this.#flushOnce(); // It was not there yet, or took the question for the data of a command cut short.
      this.ask();
      return;
    }
    this.#listener.silent(heard);
  }

  #flushOnce(): void {
    this.#toFlush = false;
    this.flushed = true;
    this.write(this.#flush.subarray(FIRST_ZEROS));
  }

  #forget(): void {
    this.round.forget();
    this.#clear.forget();
  }
}
