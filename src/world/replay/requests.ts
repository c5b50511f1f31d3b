import { RealTimeWatch } from '../../emulator/printer/mechanism/real-time.js';
import { CommandReader, type StreamItem } from './commands.js';
import type { Reply, ReplyKind } from './replies.js';

/** A question in the stream to a printer. */
export interface Request {
  /** `DLE EOT 4`, `GS ( H 0001`. */
  readonly name: string;
  /** `now`: answered as it comes in; `queued`: when everything before it is done. */
  readonly when: 'now' | 'queued';
  readonly kind: ReplyKind;
  /** What the answer begins with, where that is known. */
  readonly begins?: Uint8Array;
  readonly atMs: number;
  /** Of its first byte, in the stream. */
  readonly offset: number;
}

/** Finds the questions in a stream: real-time ones wherever they stand, the others where a command begins. */
export class RequestReader {
  readonly #watch = new RealTimeWatch();
  readonly #commands = new CommandReader();

  /** `cleared`: everything queued before it was thrown away. */
  feed(bytes: Uint8Array, atMs: number): (Request | 'cleared')[] {
    const found: (Request | 'cleared')[] = [];
    for (let at = 0; at < bytes.length; ) {
      const to = this.#watch.next(bytes, at);
      const { command } = this.#watch;
      for (const item of this.#commands.feed(bytes.subarray(at, to))) {
        const queued = queuedRequest(item, atMs);
        if (queued !== undefined) found.push(queued);
      }
      at = to;
      const offset = this.#commands.offset;
      if (command?.kind === 'status') {
        found.push({
          name: `DLE EOT ${command.n}`,
          when: 'now',
          kind: 'real-time',
          atMs,
          offset: offset - 3,
        });
      } else if (command?.kind === 'clear') {
        this.#commands.reset();
        found.push('cleared', {
          name: 'DLE DC4 8',
          when: 'now',
          kind: 'block',
          begins: Uint8Array.of(0x37, 0x25),
          atMs,
          offset: offset - 10,
        });
      } else if (command?.kind === 'power-off') {
        const begins = Uint8Array.of(0x3b);
        found.push({ name: 'DLE DC4 2', when: 'now', kind: 'block', begins, atMs, offset: offset - 5 });
      }
    }
    return found;
  }
}

const TEXT = Uint8Array.of(0x5f);

function queuedRequest({ name, args, from }: StreamItem, atMs: number): Request | undefined {
  const [n = 0] = args;
  const place = { when: 'queued', atMs, offset: from } as const;
  switch (name) {
    case 'GS r':
    case 'GS I':
      return name === 'GS I' && n >= 65
        ? { ...place, name: `${name} ${n}`, kind: 'block', begins: TEXT }
        : { ...place, name: `${name} ${n}`, kind: 'byte' };
    case 'ESC u':
    case 'ESC v':
      return { ...place, name, kind: 'byte' };
    case 'GS a':
      return n === 0 ? undefined : { ...place, name: `${name} ${n}`, kind: 'asb' };
    case 'GS ( H': {
      if (args[2] !== 48 || args.length !== 8) return undefined;
      const id = args.subarray(4);
      return { ...place, name: `GS ( H ${shown(id)}`, kind: 'block', begins: Uint8Array.of(0x37, 0x22, ...id) };
    }
    default:
      return undefined;
  }
}

/** An ID as text, if it is text. */
function shown(id: Uint8Array): string {
  const isText = id.every((byte) => byte >= 0x20 && byte < 0x7f);
  return Buffer.from(id).toString(isText ? 'latin1' : 'hex');
}

/** More questions than any printer keeps: with the next one, the oldest counts as unanswered. */
const QUESTIONS_MOST = 4_096;

/** The questions that one printer has been asked and has not answered. */
export class Pending {
  readonly #now = new Queue();
  readonly #queued = new Queue();
  readonly #patienceMs: number;
  readonly #unanswered: (request: Request) => void;

  /** A real-time question that has no answer after `patienceMs` will have none; `unanswered` is told of each that has none. */
  constructor(patienceMs: number, unanswered: (request: Request) => void) {
    this.#patienceMs = patienceMs;
    this.#unanswered = unanswered;
  }

  ask(request: Request): void {
    const queue = request.when === 'now' ? this.#now : this.#queued;
    queue.push(request);
    if (queue.length > QUESTIONS_MOST) this.#drop(queue, 1);
  }

  /**
   * The question that a reply answers. Answers come in the order of the questions, so those before it will have none. A
   * status that the printer sends by itself is taken for an answer only when one is next in turn.
   */
  answeredBy(reply: Reply): Request | undefined {
    for (let next = this.#now.first; next !== undefined && reply.atMs - next.atMs > this.#patienceMs; ) {
      this.#drop(this.#now, 1);
      next = this.#now.first;
    }
    for (const queue of [this.#now, this.#queued]) {
      const at = queue.find(reply);
      if (at < 0 || (reply.kind === 'asb' && at > 0)) continue;
      this.#drop(queue, at);
      return queue.take(1)[0];
    }
    return undefined;
  }

  /** What was queued will have no answer any more. */
  cleared(): void {
    this.#drop(this.#queued, this.#queued.length);
  }

  /** Everything is over; the youngest last. */
  end(): void {
    this.#drop(this.#now, this.#now.length);
    this.cleared();
  }

  #drop(queue: Queue, count: number): void {
    for (const request of queue.take(count)) this.#unanswered(request);
  }
}

/** Questions in their order. */
class Queue {
  readonly #requests: Request[] = [];
  readonly #ofKind = new Map<ReplyKind, number>();

  get length(): number {
    return this.#requests.length;
  }

  get first(): Request | undefined {
    return this.#requests[0];
  }

  push(request: Request): void {
    this.#requests.push(request);
    this.#count(request.kind, 1);
  }

  /** Where the first is that the reply may answer; -1: nowhere. */
  find(reply: Reply): number {
    if ((this.#ofKind.get(reply.kind) ?? 0) === 0) return -1; // Else a flood of strange replies is looked for again and again.
    return this.#requests.findIndex((request) => fits(request, reply));
  }

  /** Takes the first `count` out. */
  take(count: number): Request[] {
    const taken = this.#requests.splice(0, count);
    for (const { kind } of taken) this.#count(kind, -1);
    return taken;
  }

  #count(kind: ReplyKind, by: number): void {
    this.#ofKind.set(kind, (this.#ofKind.get(kind) ?? 0) + by);
  }
}

function fits({ kind, begins }: Request, reply: Reply): boolean {
  return kind === reply.kind && (begins === undefined || begins.every((byte, i) => reply.bytes[i] === byte));
}
