import type { Clock } from '../ports/clock.js';
import type { Link, LinkListener, LinkLoss } from '../ports/link.js';
import { ReplyParser, type ReplySink } from '../printer/reply-parser.js';

/** What the printer said, and when. */
export type Reply = { readonly atMs: number } & (
  | { readonly kind: 'flow'; readonly on: boolean }
  /** The answer to a `DLE EOT`. */
  | { readonly kind: 'realtime'; readonly byte: number }
  | { readonly kind: 'asb'; readonly bytes: readonly [number, number, number, number] }
  /** `GS ( H` fn 48. */
  | { readonly kind: 'process-id'; readonly id: number }
  /** `DLE DC4` 8 is done. */
  | { readonly kind: 'cleared' }
  /** The answer to a `GS r`, or to a `GS I` of one byte. */
  | { readonly kind: 'queued'; readonly byte: number }
  /** The answer to a `GS I` 65-69. */
  | { readonly kind: 'text'; readonly text: string }
);
export type ReplyKind = Reply['kind'];
export type ReplyOf<Kind extends ReplyKind> = Extract<Reply, { readonly kind: Kind }>;

/** A place in what was said: what comes after it is new. */
export type Mark = number;

/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;
/** Older replies are forgotten: nobody looks back that far. */
const MOST_REPLIES = 20_000;

/**
 * Raw talk with the printer over one link: sends bytes, and keeps what comes back with its time. It knows nothing of
 * jobs and corrects nothing, so that what is measured is the printer and not the driver.
 */
export class Conversation implements LinkListener, ReplySink {
  /** Bits a second on the wire; `undefined`: a line without a rate of its own (TCP). */
  readonly baud: number | undefined;
  state: 'closed' | 'opening' | 'up' | 'lost' = 'closed';
  /** Why it is `lost`. */
  loss: LinkLoss | undefined;
  /** The printer asked for a pause (XOFF). */
  held = false;
  heardAtMs = Number.NEGATIVE_INFINITY;
  sentBytes = 0;
  receivedBytes = 0;
  readonly #link: Link;
  readonly #clock: Clock;
  readonly #happened: () => void;
  readonly #parser = new ReplyParser(this);
  readonly #replies: Reply[] = [];
  #forgotten = 0;
  #wireFreeAtMs = Number.NEGATIVE_INFINITY;

  /** `happened` is called after everything that the link tells. */
  constructor(link: Link, clock: Clock, baud: number | undefined, happened: () => void) {
    this.#link = link;
    this.#clock = clock;
    this.baud = baud;
    this.#happened = happened;
  }

  get address(): string {
    return this.#link.address;
  }

  get up(): boolean {
    return this.state === 'up';
  }

  /** Why it is not up, in words that a sentence can go on behind. */
  get whyDown(): string {
    if (this.loss !== undefined) return this.loss.message.replace(/\.$/, '');
    return this.state === 'opening' ? 'it does not open' : 'it is closed';
  }

  /** Bytes that have not left this program. */
  get pendingBytes(): number {
    return this.#link.pendingBytes;
  }

  /** How long the wire is still busy with what was written, if nothing holds it up. */
  get wireBusyMs(): number {
    return Math.max(this.#wireFreeAtMs - this.#clock.now(), 0);
  }

  open(): void {
    if (this.state === 'opening' || this.state === 'up') return;
    this.state = 'opening';
    this.loss = undefined;
    this.#link.open(this);
  }

  close(): void {
    this.state = 'closed';
    this.held = false;
    this.#link.close();
  }

  write(bytes: Uint8Array): void {
    if (this.state !== 'up' || bytes.length === 0) return;
    this.sentBytes += bytes.length;
    const now = this.#clock.now();
    this.#wireFreeAtMs = Math.max(this.#wireFreeAtMs, now) + this.wireMs(bytes.length);
    this.#link.write(bytes);
  }

  /** How long so many bytes take on the wire. */
  wireMs(bytes: number): number {
    return this.baud === undefined ? 0 : (bytes * BITS_PER_BYTE * 1_000) / this.baud;
  }

  mark(): Mark {
    return this.#forgotten + this.#replies.length;
  }

  /** What was said since. */
  since(mark: Mark): readonly Reply[] {
    return this.#replies.slice(Math.max(mark - this.#forgotten, 0));
  }

  /** The first of its kind since. */
  find<Kind extends ReplyKind>(
    mark: Mark,
    kind: Kind,
    is: (reply: ReplyOf<Kind>) => boolean = () => true,
  ): ReplyOf<Kind> | undefined {
    for (let at = Math.max(mark - this.#forgotten, 0); at < this.#replies.length; at++) {
      const reply = this.#replies[at];
      if (reply !== undefined && isKind(reply, kind) && is(reply)) return reply;
    }
    return undefined;
  }

  /** All of its kind since. */
  all<Kind extends ReplyKind>(mark: Mark, kind: Kind): ReplyOf<Kind>[] {
    return this.since(mark).filter((reply) => isKind(reply, kind));
  }

  // The link tells.

  opened(): void {
    this.state = 'up';
    this.held = false;
    this.#wireFreeAtMs = Number.NEGATIVE_INFINITY;
    this.#parser.reset();
    this.#happened();
  }

  received(bytes: Uint8Array): void {
    this.heardAtMs = this.#clock.now();
    this.receivedBytes += bytes.length;
    this.#parser.feed(bytes);
    this.#happened();
  }

  drained(): void {
    this.#happened();
  }

  lost(loss: LinkLoss): void {
    this.state = 'lost';
    this.loss = loss;
    this.#happened();
  }

  // The printer says.

  flow(on: boolean): void {
    this.held = !on;
    this.#keep({ kind: 'flow', on, atMs: this.heardAtMs });
  }

  realtime(byte: number): void {
    this.#keep({ kind: 'realtime', byte, atMs: this.heardAtMs });
  }

  asb(b1: number, b2: number, b3: number, b4: number): void {
    this.#keep({ kind: 'asb', bytes: [b1, b2, b3, b4], atMs: this.heardAtMs });
  }

  processId(id: number): void {
    this.#keep({ kind: 'process-id', id, atMs: this.heardAtMs });
  }

  cleared(): void {
    this.#keep({ kind: 'cleared', atMs: this.heardAtMs });
  }

  queuedStatus(byte: number): void {
    this.#keep({ kind: 'queued', byte, atMs: this.heardAtMs });
  }

  text(text: string): void {
    this.#keep({ kind: 'text', text, atMs: this.heardAtMs });
  }

  #keep(reply: Reply): void {
    this.#replies.push(reply);
    if (this.#replies.length <= MOST_REPLIES) return;
    const surplus = MOST_REPLIES / 2;
    this.#replies.splice(0, surplus);
    this.#forgotten += surplus;
  }
}

function isKind<Kind extends ReplyKind>(reply: Reply, kind: Kind): reply is ReplyOf<Kind> {
  return reply.kind === kind;
}
