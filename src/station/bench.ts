import type { Clock } from '../ports/clock.js';
import type { PrinterProfile } from '../ports/device.js';
import { Conversation, type Reply, type ReplyKind, type ReplyOf } from './conversation.js';
import { gsR, join, processIdEcho, processIdRequest } from './escpos.js';
import { provesNothing } from './expected.js';
import type { Ground } from './ground.js';
import type { HandsAnswer, HandsRequest } from './hands.js';
import type { Plan } from './plan.js';
import type { PhaseResults } from './results.js';
import type { Work } from './wait.js';

/** When something was answered, and how long that was after the question. */
export interface Answered {
  readonly atMs: number;
  readonly latencyMs: number;
}

export interface Answer<Kind extends ReplyKind> extends Answered {
  readonly reply: ReplyOf<Kind>;
}

/** By what the printer was found to prove that something was printed. */
export type Proof = 'GS ( H' | 'GS r' | 'none';

/** A question that is answered when all before it is printed. */
export interface ProofRequest {
  readonly bytes: Uint8Array;
  readonly answers: (reply: Reply) => boolean;
}

/** How long an answer may take that nothing stands in the way of. */
export const ANSWER_MS = 1_000;
/** A port that was closed a moment ago is locked until it is really closed; so long it is tried again. */
const OPEN_MS = 6_000;
const REOPEN_EVERY_MS = 100;
/** How much may be under way on the wire beyond what it carries now: more would come too late to be held back by XOFF. */
const AHEAD_MS = 8;
const LEAST_PIECE_BYTES = 16;
const LOOK_EVERY_MS = 5;
/** A printer that is so many times slower than its profile says is slow, and not broken. */
const SLOWEST = 12;

/** The printer on the bench, and what a phase can do with it. */
export class Bench {
  readonly ground: Ground;
  readonly profile: PrinterProfile;
  readonly plan: Plan;
  readonly clock: Clock;
  /** Those of the phase under way. */
  results: PhaseResults;
  /** What the printer says of itself, as soon as it was asked. */
  readonly identity: { maker?: string; model?: string; serial?: string; firmware?: string } = {};
  /** A phase did not end well: something of it may be left in the printer. */
  untidy = false;
  /** Trouble that was reported, and need not be again. */
  readonly reported = new Set<string>();
  /** Something has happened: whoever waits looks again. */
  readonly happened: () => void;
  #conversation: Conversation;
  #proof: Proof | undefined;
  #ids = 0;

  constructor(ground: Ground, plan: Plan, results: PhaseResults, happened: () => void) {
    this.ground = ground;
    this.profile = ground.profile;
    this.plan = plan;
    this.clock = ground.clock;
    this.results = results;
    this.happened = happened;
    this.#conversation = this.#converse(ground.baud);
  }

  /** What is said on the line now. */
  get line(): Conversation {
    return this.#conversation;
  }

  // Waiting.

  /** `true` when it is so, `false` when the time was up first. */
  *until(condition: () => boolean, timeoutMs: number, everyMs?: number): Work<boolean> {
    const dueMs = this.clock.now() + timeoutMs;
    while (!condition()) {
      if (this.clock.now() >= dueMs) return false;
      yield { until: condition, dueMs, ...(everyMs === undefined ? {} : { everyMs }) };
    }
    return true;
  }

  *wait(ms: number): Work {
    yield* this.until(() => false, ms);
  }

  // The link.

  /** Opens the line, at another rate if one is given. `false`: it stays down, and `line.whyDown` says why. */
  *open(baud: number | undefined = this.ground.baud, patienceMs: number = OPEN_MS): Work<boolean> {
    if (this.line.up && this.line.baud === baud) return true;
    this.close();
    this.#conversation = this.#converse(baud);
    const { line } = this;
    const endMs = this.clock.now() + patienceMs;
    for (;;) {
      line.open();
      yield* this.until(() => line.state !== 'opening', endMs - this.clock.now());
      if (line.up) return true;
      if (line.loss?.code !== 'busy' || this.clock.now() + REOPEN_EVERY_MS >= endMs) return false;
      yield* this.wait(REOPEN_EVERY_MS);
    }
  }

  close(): void {
    this.line.close();
  }

  #converse(baud: number | undefined): Conversation {
    return new Conversation(this.ground.link(baud), this.clock, baud, () => this.happened());
  }

  // Talking.

  /** Sends, and waits for a reply of that kind; `undefined`: there was none in time, or the link went down. */
  *ask<Kind extends ReplyKind>(
    bytes: Uint8Array,
    kind: Kind,
    timeoutMs: number = ANSWER_MS,
    is?: (reply: ReplyOf<Kind>) => boolean,
  ): Work<Answer<Kind> | undefined> {
    const { line } = this;
    const mark = line.mark();
    const sentMs = this.clock.now();
    line.write(bytes);
    const answered = () => line.find(mark, kind, is) !== undefined || !line.up;
    yield* this.until(answered, timeoutMs + line.wireBusyMs);
    const reply = line.find(mark, kind, is);
    return reply === undefined ? undefined : { reply, atMs: reply.atMs, latencyMs: reply.atMs - sentMs };
  }

  /**
   * Sends as fast as the line carries and the printer takes: no more at a time than XOFF or back-pressure can still hold
   * back. `false`: the printer took nothing for so long, or the link went down.
   */
  *feed(bytes: Uint8Array, patienceMs = 5_000, aheadMs: number = AHEAD_MS): Work<boolean> {
    const { line } = this;
    const pieceBytes = this.#pieceBytes(aheadMs);
    const mayGo = () => !line.up || (!line.held && line.pendingBytes < pieceBytes && line.wireBusyMs <= aheadMs);
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      if (!(yield* this.until(mayGo, patienceMs + line.wireBusyMs, LOOK_EVERY_MS)) || !line.up) return false;
      line.write(bytes.subarray(at, at + pieceBytes));
    }
    return true;
  }

  #pieceBytes(aheadMs: number): number {
    const { baud } = this.line;
    if (baud === undefined) return 1_024;
    return Math.max(Math.floor((baud * aheadMs) / 10_000), LEAST_PIECE_BYTES);
  }

  // Proof of printing.

  /** Finds out, once, by what the printer proves that it has printed: by itself, whatever its profile says. */
  *proof(): Work<Proof> {
    if (this.#proof !== undefined) return this.#proof;
    const id = ++this.#ids;
    const byId = yield* this.ask(processIdRequest(id), 'process-id', ANSWER_MS, echoOf(id));
    const found = byId !== undefined ? 'GS ( H' : (yield* this.ask(gsR(1), 'queued')) !== undefined ? 'GS r' : 'none';
    // A printer that is silent now may speak later; one of a model that keeps silent was asked often enough.
    if (found !== 'none' || provesNothing(this.profile)) this.#proof = found;
    return found;
  }

  /** The question for the proof that all before it is printed; `undefined` while the printer is not known to prove any. */
  proofRequest(): ProofRequest | undefined {
    if (this.#proof === undefined || this.#proof === 'none') return undefined;
    if (this.#proof === 'GS r') return { bytes: gsR(1), answers: (reply) => reply.kind === 'queued' };
    const id = ++this.#ids;
    const echo = echoOf(id);
    return { bytes: processIdRequest(id), answers: (reply) => reply.kind === 'process-id' && echo(reply) };
  }

  /** Asks for the proof that all before it is printed. */
  *confirm(timeoutMs: number): Work<Answered | undefined> {
    yield* this.proof();
    const request = this.proofRequest();
    return request === undefined ? undefined : yield* this.prove(request, timeoutMs);
  }

  /** The same with a question that was made before. */
  *prove({ bytes, answers }: ProofRequest, timeoutMs: number): Work<Answered | undefined> {
    const { line } = this;
    const mark = line.mark();
    const sentMs = this.clock.now();
    line.write(bytes);
    const answer = () => line.since(mark).find(answers);
    yield* this.until(() => answer() !== undefined || !line.up, timeoutMs + line.wireBusyMs);
    const reply = answer();
    return reply === undefined ? undefined : { atMs: reply.atMs, latencyMs: reply.atMs - sentMs };
  }

  /**
   * How long the printer is busy with these bytes: the time between the proof that all before them is printed and the
   * proof that they are. Sent in one go, so they have to fit into its buffer.
   */
  *duration(bytes: Uint8Array, timeoutMs: number): Work<number | undefined> {
    const [before, after] = [this.proofRequest(), this.proofRequest()];
    if (before === undefined || after === undefined) return undefined;
    const { line } = this;
    const mark = line.mark();
    line.write(join(before.bytes, bytes, after.bytes));
    const answers = () => line.since(mark).filter((reply) => before.answers(reply) || after.answers(reply));
    yield* this.until(() => answers().length >= 2 || !line.up, timeoutMs + line.wireBusyMs);
    const [first, second] = answers();
    return first === undefined || second === undefined ? undefined : second.atMs - first.atMs;
  }

  /**
   * Sends what is to be printed, and waits until it is on the paper. `assumed`: the printer proves nothing, so it was
   * given its time. `mm`: how far it moves the paper at most.
   */
  *print(bytes: Uint8Array, mm: number): Work<'confirmed' | 'assumed' | 'failed'> {
    const paperMs = (mm / this.profile.speedMmPerS) * 1_000;
    const patienceMs = SLOWEST * paperMs + 3_000;
    const proof = yield* this.proof();
    if (!(yield* this.feed(bytes, patienceMs))) return 'failed';
    if (proof !== 'none') return (yield* this.confirm(patienceMs)) === undefined ? 'failed' : 'confirmed';
    yield* this.wait(this.line.wireBusyMs + paperMs * 1.5 + 500);
    return 'assumed';
  }

  // Hands.

  /** Asks whoever is there, and waits for the answer. */
  *hands(request: HandsRequest): Work<HandsAnswer> {
    const asking = this.asking(request);
    try {
      yield* this.until(() => asking.answer !== undefined, request.timeLimitMs);
      return asking.answer ?? 'late';
    } finally {
      asking.end();
    }
  }

  /** The same for whoever wants to look at the printer meanwhile. `end` takes the question back; call it in any case. */
  asking(request: HandsRequest): { readonly answer: HandsAnswer | undefined; end(): void } {
    this.results.asked(request.say, request.timeLimitMs);
    const asking: { answer: HandsAnswer | undefined; end(): void } = { answer: undefined, end: () => {} };
    asking.end = this.ground.hands.ask(request, (answer) => {
      asking.answer = answer;
      this.happened();
    });
    return asking;
  }
}

function echoOf(id: number): (reply: ReplyOf<'process-id'>) => boolean {
  const echo = processIdEcho(id);
  return (reply) => reply.id === echo;
}
