/** What a printer can send, by the fixed bits of each kind. */
export type ReplyKind = 'flow' | 'real-time' | 'asb' | 'byte' | 'block' | 'noise';

/** One reply, with its time and its offset in the stream of replies. */
export interface Reply {
  readonly kind: ReplyKind;
  readonly bytes: Uint8Array;
  readonly atMs: number;
  readonly offset: number;
}

/** A block that goes on beyond this is none. */
const LONGEST_BLOCK_BYTES = 512;
const XON = 0x11;
const XOFF = 0x13;
/** `GS I` 65-69 · `GS ( H`, `DLE DC4` 8 and the answers of settings · `DLE DC4` 2. Each ends with NUL. */
const BLOCKS = [0x5f, 0x37, 0x3b];

/**
 * Splits a stream of replies (TM-T88III manual, "telling replies apart") and keeps every byte, for evidence: what the
 * driver's own parser may drop stands here as noise.
 *
 *     DLE EOT 0xx1xx10 · ASB byte 1 0xx1xx00, bytes 2-4 0xx0xxxx · GS r, GS I 1-3 0xx0xxxx · XON 11 · XOFF 13 · 5F…00, 37…00, 3B…00
 */
export class ReplyReader {
  /** Bytes so far of an ASB or a block, with the time and the offset of the first. */
  #open: number[] = [];
  #openedMs = 0;
  #openedAt = 0;
  #offset = 0;

  /** Forgets what is half received; gives it as noise. */
  reset(): Reply[] {
    if (this.#open.length === 0) return [];
    const noise = { kind: 'noise', ...this.#begun() } as const;
    this.#open = [];
    return [noise];
  }

  /** Bytes that have come in so far. */
  get offset(): number {
    return this.#offset;
  }

  feed(bytes: Uint8Array, atMs: number): Reply[] {
    const replies: Reply[] = [];
    for (const byte of bytes) {
      this.#byte(byte, atMs, replies);
      this.#offset++;
    }
    return replies;
  }

  #byte(byte: number, atMs: number, replies: Reply[]): void {
    const whole = (kind: ReplyKind) =>
      void replies.push({ kind, bytes: Uint8Array.of(byte), atMs, offset: this.#offset });
    const [first] = this.#open;
    if (byte === XON || byte === XOFF) whole('flow');
    else if (first !== undefined && isAsb(first) && (byte & 0x90) === 0) this.#goOn(byte, replies);
    else if (first !== undefined && !isAsb(first) && !isStatusInBlock(byte)) this.#goOn(byte, replies);
    else if ((byte & 0x93) === 0x12) whole('real-time');
    else if (isAsb(byte) || BLOCKS.includes(byte)) {
      replies.push(...this.reset());
      this.#open = [byte];
      this.#openedMs = atMs;
      this.#openedAt = this.#offset;
    } else if ((byte & 0x90) === 0) whole('byte');
    else {
      replies.push(...this.reset());
      whole('noise');
    }
  }

  #goOn(byte: number, replies: Reply[]): void {
    const open = this.#open;
    open.push(byte);
    const kind = isAsb(open[0] ?? 0) ? 'asb' : 'block';
    const complete = kind === 'asb' ? open.length === 4 : byte === 0;
    if (complete) {
      replies.push({ kind, ...this.#begun() });
      this.#open = [];
    } else if (open.length >= LONGEST_BLOCK_BYTES) replies.push(...this.reset());
  }

  #begun(): { bytes: Uint8Array; atMs: number; offset: number } {
    return { bytes: Uint8Array.from(this.#open), atMs: this.#openedMs, offset: this.#openedAt };
  }
}

function isAsb(byte: number): boolean {
  return (byte & 0x93) === 0x10;
}

/** A status pushed into a block: a control character. What could be a letter is taken for one, since blocks hold any text. */
function isStatusInBlock(byte: number): boolean {
  return byte < 0x20 && (isAsb(byte) || (byte & 0x93) === 0x12);
}
