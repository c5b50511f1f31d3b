import { type Reply, ReplyReader } from './replies.js';
import { Pending, type Request, RequestReader } from './requests.js';
import { replyWords } from './words.js';

/** A reply that was not the same. Absent: there was none. */
export interface Difference {
  /** Since the start of the recording: of the recorded reply, else of the question, else of the reply here. */
  readonly atMs: number;
  /** `>12`: byte 12 of what went to the printer, where the question stands; `<12`: of what came from it. */
  readonly place: string;
  /** The question, or what was sent without one. */
  readonly what: string;
  readonly recorded?: string;
  readonly here?: string;
}

export interface ComparisonSums {
  readonly recorded: number;
  readonly here: number;
  readonly same: number;
  readonly different: number;
  /** Questions that were still open when the line went down, and that only one side had answered by then. */
  readonly open: number;
  /** XOFF that were recorded and that came here: they depend on time to the millisecond, and are only counted. */
  readonly xoff: { readonly recorded: number; readonly here: number };
}

/** A real-time question that is not answered after so long will not be. */
const PATIENCE_MS = 3_000;
/** A question so young is open, and not unanswered, when the line goes down. */
const ANSWER_MS = 1_000;
/** So many differences are told; all are counted. */
export const DIFFERENCES_TOLD = 10_000;
/** Unasked replies are looked for among so many that follow. */
const LOOK_AHEAD = 32;

type Side = 'recorded' | 'here';

/** A question with what became of it on each side; `null`: no answer. */
interface Asked {
  readonly request: Request;
  recorded?: Reply | null;
  here?: Reply | null;
  open: boolean;
}

/**
 * Compares what a printer answers now with what was recorded, while it goes on. Answers are matched by their question;
 * what was sent unasked (automatic status) by its order.
 */
export class Comparison {
  readonly #found: (difference: Difference) => void;
  readonly #requests = new RequestReader();
  readonly #asked = new Map<Request, Asked>();
  readonly #readers = { recorded: new ReplyReader(), here: new ReplyReader() };
  readonly #pending: Record<Side, Pending>;
  readonly #unasked: Record<Side, Reply[]> = { recorded: [], here: [] };
  readonly #count = { recorded: 0, here: 0, same: 0, different: 0, open: 0 };
  readonly #xoff = { recorded: 0, here: 0 };

  /** `speed`: how many times faster than the recording it is played; `Infinity` for no pace at all. */
  constructor(found: (difference: Difference) => void, speed = 1) {
    this.#found = found;
    const pending = (side: Side, patienceMs: number) =>
      new Pending(patienceMs, (request) => this.#settle(side, request, null));
    this.#pending = {
      recorded: pending('recorded', PATIENCE_MS),
      here: pending('here', PATIENCE_MS * Math.max(speed, 1)),
    };
  }

  /** Bytes to the printer, then as now. */
  sent(bytes: Uint8Array, atMs: number): void {
    for (const found of this.#requests.feed(bytes, atMs)) {
      if (found === 'cleared') {
        for (const side of SIDES) this.#pending[side].cleared();
      } else {
        this.#asked.set(found, { request: found, open: false });
        for (const side of SIDES) this.#pending[side].ask(found);
      }
    }
  }

  /** Bytes from the printer, then or now. Times are since the start of the recording, at its pace. */
  replied(side: Side, bytes: Uint8Array, atMs: number): void {
    for (const reply of this.#readers[side].feed(bytes, atMs)) this.#take(side, reply);
  }

  /** The line went down: questions younger than `openMs` stay open, the others are unanswered. */
  down(side: Side, atMs: number, openMs = ANSWER_MS): void {
    for (const reply of this.#readers[side].reset()) this.#take(side, reply);
    for (const asked of this.#asked.values()) if (atMs - asked.request.atMs < openMs) asked.open = true;
    this.#pending[side].end();
  }

  /** There is a question that was answered in the recording, and not here yet. */
  get awaitsAnswer(): boolean {
    for (const { recorded, here } of this.#asked.values()) if (recorded && here === undefined) return true;
    return false;
  }

  /** Questions that one side at least may still answer. */
  get openQuestions(): number {
    return this.#asked.size;
  }

  /** The recording has a reply that is not here yet. */
  get behind(): boolean {
    return this.awaitsAnswer || this.#unasked.recorded.length > this.#unasked.here.length;
  }

  /** `torn`: the recording ended before the line did, and says nothing of questions that were open then. */
  finish(atMs: number, torn = false): ComparisonSums {
    for (const side of SIDES) this.down(side, atMs, torn ? Number.POSITIVE_INFINITY : ANSWER_MS);
    this.#align(0);
    return { ...this.#count, xoff: { ...this.#xoff } };
  }

  #take(side: Side, reply: Reply): void {
    if (reply.kind === 'flow') {
      if (reply.bytes[0] === 0x13) this.#xoff[side]++;
      return;
    }
    this.#count[side]++;
    const request = this.#pending[side].answeredBy(reply);
    if (request !== undefined) this.#settle(side, request, reply);
    else {
      this.#unasked[side].push(reply);
      this.#align(LOOK_AHEAD);
    }
  }

  #settle(side: Side, request: Request, reply: Reply | null): void {
    const asked = this.#asked.get(request);
    if (asked === undefined) return;
    asked[side] = reply;
    const { recorded, here, open } = asked;
    if (recorded === undefined || here === undefined) return;
    this.#asked.delete(request);
    if (recorded === null && here === null) return;
    if (recorded === null || here === null) {
      if (open) this.#count.open++;
      else this.#differ(recorded ?? undefined, here ?? undefined, request);
    } else if (sameBytes(recorded, here)) this.#count.same++;
    else this.#differ(recorded, here, request);
  }

  /** Pairs what came unasked, until one side has no more than `ahead` that wait for their like. */
  #align(ahead: number): void {
    const { recorded, here } = this.#unasked;
    for (;;) {
      while (recorded[0] !== undefined && here[0] !== undefined && sameBytes(recorded[0], here[0])) {
        recorded.shift();
        here.shift();
        this.#count.same++;
      }
      if (recorded.length <= ahead && here.length <= ahead) return;
      const { skipRecorded, skipHere } = nearestLike(recorded, here);
      const [then, now] = [recorded.splice(0, skipRecorded), here.splice(0, skipHere)];
      for (let i = 0; i < Math.max(then.length, now.length); i++) this.#differ(then[i], now[i]);
      if (then.length === 0 && now.length === 0) return;
    }
  }

  #differ(recorded: Reply | undefined, here: Reply | undefined, request?: Request): void {
    const reply = recorded ?? here;
    if (++this.#count.different > DIFFERENCES_TOLD) return;
    this.#found({
      atMs: recorded?.atMs ?? request?.atMs ?? here?.atMs ?? 0,
      place: request === undefined ? `<${reply?.offset ?? 0}` : `>${request.offset}`,
      what: request?.name ?? WHAT[reply?.kind ?? 'noise'],
      ...(recorded === undefined ? {} : { recorded: replyWords(recorded, request?.name) }),
      ...(here === undefined ? {} : { here: replyWords(here, request?.name) }),
    });
  }
}

const SIDES = ['recorded', 'here'] as const;

const WHAT: Readonly<Record<Reply['kind'], string>> = {
  flow: 'flow control',
  'real-time': 'real-time status',
  asb: 'automatic status',
  byte: 'status byte',
  block: 'block',
  noise: 'noise',
};

/** How many to skip on each side, as few as can be, so that the next two are alike; all of both if none are. */
function nearestLike(recorded: readonly Reply[], here: readonly Reply[]): { skipRecorded: number; skipHere: number } {
  for (let sum = 1; sum < recorded.length + here.length; sum++) {
    for (let i = Math.min(sum, recorded.length - 1); i >= 0; i--) {
      const [then, now] = [recorded[i], here[sum - i]];
      if (then !== undefined && now !== undefined && sameBytes(then, now))
        return { skipRecorded: i, skipHere: sum - i };
    }
  }
  return { skipRecorded: recorded.length, skipHere: here.length };
}

function sameBytes(a: Reply, b: Reply): boolean {
  return a.bytes.length === b.bytes.length && a.bytes.every((byte, i) => byte === b.bytes[i]);
}

/** A difference in one line: `1.234567 s >812 DLE EOT 4: recorded 7e paper end, here 12 all clear`. */
export function differenceText({ atMs, place, what, recorded, here }: Difference): string {
  return `${(atMs / 1_000).toFixed(6)} s ${place} ${what}: recorded ${recorded ?? 'nothing'}, here ${here ?? 'nothing'}`;
}
