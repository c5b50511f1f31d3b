import type { Timer } from '../ports/clock.js';
import type { JobResult, PrinterFault, Proof } from '../ports/printer.js';
import { BufferRoom } from './buffer-room.js';
import { GS_R_PAPER, processIdRequest, withoutStatusBack } from './commands.js';
import { piecesIn } from './dialect.js';
import type { JobContext, JobOrder } from './job-context.js';
import { JobFault } from './job-fault.js';
import { JobStart } from './job-start.js';
import { PrintClock } from './print-clock.js';
import type { Observation } from './status.js';

/** The `GS r 1` answer says paper end: then what stands before it did not all come out. */
const PAPER_END_BITS = 0x0c;
/** How often to look whether a block has left, on a line that is held up. */
const DEPARTURE_POLL_MS = 50;

/**
 * One job on the line, from its first question to its result. Nothing is taken for printed but by the printer's word:
 * a block counts when its checkpoint is answered, and the last block, with the cut, is held back until all others count.
 * So `partial` is said of a piece of paper that visibly lacks its end, and `unknown` only while that end is under way.
 *
 * A printer that was without power in between has forgotten what it held, and knows nothing of it. It shows in a silence,
 * in an XON that nobody waited for, or in a checkpoint that is missing; not when it was off for less time than one block
 * takes on the wire, and does not use XON.
 */
export class JobRun {
  readonly #context: JobContext;
  readonly #order: JobOrder;
  readonly #start: JobStart;
  readonly #fault: JobFault;
  readonly #times: PrintClock;
  readonly #room: BufferRoom;
  #phase: 'starting' | 'printing' | 'ended' = 'starting';
  #proof: Proof | 'none' = 'none';
  #deadline: Timer;
  /** The next look at the time. */
  #watchTimer: Timer;
  #dueTimer: Timer;
  #sent = 0;
  #confirmed = 0;
  #progressMs = 0;
  readonly #ids: number[] = [];

  constructor(context: JobContext, order: JobOrder) {
    this.#context = context;
    this.#order = order;
    this.#times = new PrintClock(context.profile);
    this.#room = new BufferRoom(context.profile, context.options);
    this.#start = new JobStart(context, order.clearFirst, {
      ready: () => this.#print(),
      refused: (reason) => this.#end(reason),
    });
    this.#fault = new JobFault(context, {
      lasted: () => this.#end(this.#context.status().faults[0] ?? 'offline'),
      passed: () => this.#goOn(),
      restarted: () => this.#end('unrecoverable-error'),
    });
  }

  begin(): void {
    const late = () => this.#end(this.#lateBecause());
    this.#deadline = this.#context.clock.setTimeout(late, this.#order.deadlineMs);
    this.#start.begin();
  }

  /** Forgets its timers; nothing more is said. */
  abandon(): void {
    this.#phase = 'ended';
    const { clock, gate } = this.#context;
    for (const timer of [this.#deadline, this.#watchTimer, this.#dueTimer]) clock.clearTimeout(timer);
    this.#start.stop();
    this.#fault.stop();
    gate.stop();
  }

  cancel(): void {
    this.#end('cancelled');
  }

  #print(): void {
    this.#phase = 'printing';
    this.#proof = this.#context.proof() ?? 'none';
    this.#progressMs = this.#context.clock.now();
    this.#pump();
    this.#watch();
  }

  #pump(): void {
    const { line, gate, finishPiece } = this.#context;
    if (line.held || !this.#maySend() || !gate.mayWrite()) return;
    while (this.#maySend()) {
      const before = this.#sent === 0 && this.#order.clearFirst ? finishPiece : undefined;
      this.#send(before);
    }
    this.#lookWhenDue();
  }

  #maySend(): boolean {
    const { blocks } = this.#order.ticket;
    const block = blocks[this.#sent];
    if (block === undefined) return false;
    if (this.#sent === this.#confirmed) return true;
    const last = this.#sent === blocks.length - 1;
    if (last || this.#proof === 'GS r') return false; // Answers to GS r carry no ID: one at a time.
    return this.#room.fits(block.bytes.length);
  }

  #send(before: Uint8Array | undefined): void {
    const block = this.#order.ticket.blocks[this.#sent];
    if (block === undefined) return;
    const { line, profile } = this.#context;
    // A status that lost its first byte reads as answers to GS r.
    const quiet = this.#sent === 0 && this.#proof === 'GS r' && profile.checkpoint !== 'GS r';
    const parts = before === undefined ? [] : [before];
    parts.push(quiet ? withoutStatusBack(block.bytes) : block.bytes);
    const checkpoint = this.#checkpoint();
    if (checkpoint !== undefined) parts.push(checkpoint);
    const bytes = Buffer.concat(parts);
    if (this.#proof === 'GS r') line.questionPut();
    line.write(bytes);
    this.#sent++;
    this.#room.sent(bytes.length);
    const arrivesMs = this.#context.clock.now() + line.connection.wireLeftMs;
    this.#times.sent(block, line.connection.sentBytes, arrivesMs, before !== undefined);
  }

  #checkpoint(): Uint8Array | undefined {
    if (this.#proof === 'GS r') return GS_R_PAPER;
    if (this.#proof !== 'GS ( H') return undefined;
    const id = this.#context.ids.next();
    this.#ids.push(id);
    return processIdRequest(id);
  }

  #confirm(blocks: number): void {
    if (blocks <= this.#confirmed) return;
    this.#room.out(blocks);
    for (let i = this.#confirmed; i < blocks; i++) {
      const block = this.#order.ticket.blocks[i];
      if (block !== undefined && this.#proof !== 'none') this.#context.confirmed(block);
    }
    this.#confirmed = blocks;
    this.#progressMs = this.#context.clock.now();
    if (blocks === this.#order.ticket.blocks.length) this.#allOut();
    else this.#pump();
  }

  /** Looks at the time: asks a quiet printer, and gives up on one that makes no progress. */
  readonly #watch = (): void => {
    const { clock, line, options, blind } = this.#context;
    const nowMs = clock.now();
    if (this.#fault.waiting) this.#progressMs = nowMs; // It has a time of its own.
    const stalledMs = this.#progressMs + options.stallTimeoutMs + line.connection.wireLeftMs;
    if (nowMs >= stalledMs) {
      this.#end(this.#lateBecause());
      return;
    }
    const quietMs = nowMs - Math.max(line.heardAtMs, this.#progressMs);
    const wanted = !blind() && (quietMs >= options.jobPollMs || this.#fault.waiting);
    if (wanted && this.#room.mayAsk(nowMs - line.askedAtMs)) line.ask();
    this.#watchTimer = clock.setTimeout(this.#watch, Math.min(options.jobPollMs, stalledMs - nowMs));
  };

  // Time as a checkpoint, for a printer that has no better one.

  /**
   * A block is due when it has left and its time has passed. Then the printer is asked, if it answers at all: one that
   * proves nothing can still say what is wrong with it.
   */
  readonly #lookWhenDue = (): void => {
    const { clock, line } = this.#context;
    clock.clearTimeout(this.#dueTimer);
    if (this.#phase !== 'printing' || this.#proof === 'GS ( H' || this.#proof === 'GS r') return;
    if (line.held || this.#fault.on || this.#confirmed === this.#sent) return;
    const nowMs = clock.now();
    const { departedBytes } = line.connection;
    // How long the way takes nobody knows: what is to be proved counts from when the printer has it for certain.
    const due = this.#times.departed(this.#proof === 'none' ? departedBytes : line.reachedBytes, nowMs);
    if (due > this.#confirmed && this.#context.blind()) this.#confirm(due);
    else if (due > this.#confirmed || this.#times.waits(departedBytes)) line.ask();
    this.#lookAgain();
  };

  #lookAgain(): void {
    if (this.#phase !== 'printing' || this.#confirmed === this.#sent) return;
    const { clock, line } = this.#context;
    clock.clearTimeout(this.#dueTimer);
    const nowMs = clock.now();
    const nextMs = this.#times.dueMs(this.#times.dueBy(nowMs));
    const waitMs = nextMs === undefined ? Math.max(line.connection.wireLeftMs, DEPARTURE_POLL_MS) : nextMs - nowMs;
    this.#dueTimer = clock.setTimeout(this.#lookWhenDue, Math.max(waitMs, 1));
  }

  /** The printer stood still until now: what is under way takes its time from here on. */
  #goOn(): void {
    if (this.#phase !== 'printing') return;
    this.#progressMs = this.#context.clock.now();
    this.#times.stoodStill(this.#confirmed);
    this.#lookWhenDue();
  }

  // What the line tells.

  lineUp(): void {
    this.#start.lineUp();
  }

  lineDown(): void {
    if (this.#phase === 'starting') this.#start.lineDown();
    else this.#end('link-lost');
  }

  observed(observation: Observation, asked: boolean): void {
    if (this.#phase === 'starting') {
      this.#start.observed(observation, asked);
    } else if (this.#phase === 'printing' && this.#fault.observed(observation)) {
      const { line } = this.#context;
      const well = asked && observation.faults.length === 0 && !line.held;
      if (this.#proof === 'GS ( H' || this.#proof === 'GS r' || !well) return;
      this.#confirm(this.#times.dueBy(line.askedAtMs));
      this.#times.stoodStillFor(line.round.lateMs, this.#confirmed);
      this.#lookWhenDue();
    }
  }

  silent(heard: boolean): void {
    if (this.#phase === 'starting') this.#start.silent();
    else if (!heard && !this.#context.blind()) this.#end('no-answer');
  }

  cleared(): void {
    this.#start.cleared();
  }

  proved(found: boolean): void {
    this.#start.proved(found);
  }

  flow(): void {
    this.#start.flow();
    if (this.#phase !== 'printing') return;
    this.#times.stoodStill(this.#confirmed); // For how long is not known: it may have waited before it said so.
    this.#lookWhenDue();
    this.#pump();
  }

  /** They come in order. Where one is missing, so may be the block: the printer was without power for a moment. */
  processId(id: number): void {
    if (this.#phase !== 'printing' || this.#proof !== 'GS ( H') return;
    const blocks = this.#ids.indexOf(id) + 1;
    if (blocks > this.#confirmed + 1) this.#end('no-answer');
    else this.#confirm(blocks);
  }

  /** It has forgotten what it held. */
  restarted(): void {
    if (this.#phase === 'printing') this.#end('no-answer');
  }

  queuedStatus(byte: number, early: boolean): void {
    if (this.#phase === 'starting') this.#start.queuedStatus();
    else if (this.#phase !== 'printing' || this.#proof !== 'GS r') return;
    else if (early) this.doubtfulStatus();
    else if ((byte & PAPER_END_BITS) !== PAPER_END_BITS) this.#confirm(this.#sent);
  }

  /** Nobody knows any more which answer belongs to which block. */
  doubtfulStatus(): void {
    if (this.#phase === 'printing' && this.#proof === 'GS r') this.#end('no-answer');
  }

  #allOut(): void {
    const blocks = this.#order.ticket.blocks.length;
    // By the time alone, from a model that answers better: it is slow, or busy with what came before, and time proves nothing.
    const byTime = this.#proof === 'DLE EOT' && this.#context.profile.checkpoint !== 'DLE EOT';
    if (this.#proof === 'none' || byTime) this.#over({ outcome: 'unconfirmed', blocks });
    else this.#over({ outcome: 'printed', blocks, confirmedBy: this.#proof });
  }

  #end(reason: PrinterFault): void {
    const { ticket } = this.#order;
    const told = { blocks: ticket.blocks.length, reason };
    // What is only thought to be out, by the time, is not said to be.
    const block = this.#proof === 'none' ? 0 : this.#confirmed;
    if (this.#sent === 0) this.#over({ outcome: 'not-printed', ...told });
    else if (this.#sent === told.blocks) this.#over({ outcome: 'unknown', block, ...told });
    else this.#over({ outcome: 'partial', block, ...told, ...piecesIn(ticket, this.#sent) });
  }

  #lateBecause(): PrinterFault {
    if (this.#phase === 'starting') return this.#start.lateBecause;
    return this.#context.status().faults[0] ?? 'stalled';
  }

  #over(result: JobResult): void {
    if (this.#phase === 'ended') return;
    this.abandon();
    this.#context.ended(result, this.#sent > 0);
  }
}
