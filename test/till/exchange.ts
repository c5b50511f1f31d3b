import type { VirtualClock } from '../../src/ground/virtual-clock.js';
import type { Undo } from '../../src/ports/undo.js';
import type { NoteDelivery } from '../../src/till/connection.js';
import { type Heard, type SentRequest, TillLine } from '../../src/till/line.js';
import type { TillAnswer, TillFace } from '../../src/till/wire.js';

/** What a test sends: `json` makes the body and its content type. */
export interface TestRequest extends Omit<SentRequest, 'body'> {
  readonly body?: string;
  readonly json?: unknown;
}

/** A request that a test has sent. */
export interface Sent {
  /** What came of it; `undefined` while nothing has. */
  readonly heard: Heard | undefined;
  readonly hangUp: Undo;
}

/** An answer, and its body as JSON. */
export interface TestAnswer extends TillAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to find, and fails where it is not.
  readonly json: any;
}

/**
 * A till at a face, in virtual time. `ask` is what most tests want: it sends, and lets time go by until the answer is
 * there. What it was told of which sale stands in `notes`: `delivered <saleId>`, `lost <saleId>`.
 */
export class TestTill {
  readonly notes: string[] = [];
  readonly #clock: VirtualClock;
  readonly #line: TillLine;

  /** `note` is called besides: hand the counters' in where the journal is to know. */
  constructor(face: TillFace, clock: VirtualClock, note: NoteDelivery = () => {}) {
    this.#clock = clock;
    this.#line = new TillLine(face, clock, (fact, name, world, saleId) => {
      this.notes.push(`${fact} ${saleId}`);
      note(fact, name, world, saleId);
    });
  }

  send({ json, ...request }: TestRequest): Sent {
    const heard: { now: Heard | undefined } = { now: undefined };
    const typed: Record<string, string> = json === undefined ? {} : { 'content-type': 'application/json' };
    const body = json === undefined ? (request.body ?? '') : JSON.stringify(json);
    const sent = { ...request, headers: { ...typed, ...request.headers }, body };
    const hangUp = this.#line.send(sent, (what) => {
      heard.now = what;
    });
    return {
      get heard() {
        return heard.now;
      },
      hangUp,
    };
  }

  /** Fails if the connection ends without an answer, or none comes in this virtual time. */
  ask(request: TestRequest, withinMs = 600_000): TestAnswer {
    const heard = this.hear(request, withinMs);
    if (heard === undefined || 'gone' in heard) {
      throw new Error(`${request.path} was not answered: ${heard === undefined ? 'silence' : heard.gone}`);
    }
    const { answer } = heard;
    return {
      ...answer,
      get json() {
        return JSON.parse(answer.body);
      },
    };
  }

  /** What comes of it; after so much silence the till hangs up, and it is `undefined`. */
  hear(request: TestRequest, withinMs = 600_000): Heard | undefined {
    const sent = this.send(request);
    const endMs = this.#clock.now() + withinMs;
    this.#clock.runUntil(() => sent.heard !== undefined, withinMs);
    if (sent.heard === undefined) {
      this.#clock.advance(endMs - this.#clock.now());
      sent.hangUp();
    }
    return sent.heard;
  }

  close(): void {
    this.#line.close();
  }
}
