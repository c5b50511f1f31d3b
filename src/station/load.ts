import type { Bench, ProofRequest } from './bench.js';
import { whyNot } from './condition.js';
import { join, line } from './escpos.js';
import type { Work } from './wait.js';

/** So many lines at a time, and so many times unconfirmed: the buffer is never full, and the mechanism never idle. */
const LINES_A_PIECE = 3;
const PIECES_UNDER_WAY = 2;
/** A line of text with its spacing. */
const LINE_MM = 3.75;
const GAP_MS = 5;
const PATIENCE_MS = 3_000;
/** A printer that is so many times slower than its profile says is slow, and not broken. */
const SLOWEST = 12;

/** A long job that keeps the printer printing, and leaves its buffer and the wire free enough for questions. */
export class Load {
  readonly #bench: Bench;
  /** What is under way, and what answers that it is printed. */
  readonly #requests: ProofRequest[] = [];
  #seen: number;
  #lines = 0;
  /** Without proofs: when what was sent should be printed. */
  #printedAtMs = 0;

  /** After `bench.proof()`. */
  constructor(bench: Bench) {
    this.#bench = bench;
    this.#seen = bench.line.mark();
  }

  /** Sends more if it is time for it, and waits until the wire is free. */
  *goOn(): Work {
    const { line: wire, clock } = this.#bench;
    this.#look();
    const mayGo = this.#requests.length < PIECES_UNDER_WAY && this.#printedAtMs - clock.now() < this.#pieceMs;
    if (mayGo) this.#send();
    const free = () => wire.pendingBytes === 0 && wire.wireBusyMs === 0;
    yield* this.#bench.until(free, PATIENCE_MS + wire.wireBusyMs, 2);
    yield* this.#bench.wait(GAP_MS);
  }

  /** Waits for the end of what was sent. Gives `printed`, `assumed` without a proof, or else what is wrong, in words. */
  *finish(): Work<string> {
    const allIn = () => {
      this.#look();
      return this.#requests.length === 0;
    };
    const patienceMs = PATIENCE_MS + SLOWEST * PIECES_UNDER_WAY * this.#pieceMs;
    if (!(yield* this.#bench.until(allIn, patienceMs))) return yield* whyNot(this.#bench);
    if (this.#printedAtMs === 0) return 'printed';
    yield* this.#bench.wait(Math.max(this.#printedAtMs - this.#bench.clock.now(), 0));
    return 'assumed';
  }

  #send(): void {
    const { columns } = this.#bench.profile;
    const text = Array.from({ length: LINES_A_PIECE }, () => line(`${++this.#lines} `.padEnd(columns, '0123456789')));
    const request = this.#bench.proofRequest();
    if (request === undefined) {
      this.#printedAtMs = Math.max(this.#printedAtMs, this.#bench.clock.now()) + this.#pieceMs;
    } else {
      this.#requests.push(request);
    }
    this.#bench.line.write(join(...text, request?.bytes ?? []));
  }

  /** Takes away what was answered, in its order. */
  #look(): void {
    const { line: wire } = this.#bench;
    for (const reply of wire.since(this.#seen)) if (this.#requests[0]?.answers(reply) === true) this.#requests.shift();
    this.#seen = wire.mark();
  }

  get #pieceMs(): number {
    return (LINES_A_PIECE * LINE_MM * 1_000) / this.#bench.profile.speedMmPerS;
  }
}
