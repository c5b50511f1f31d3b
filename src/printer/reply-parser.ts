/** What a printer can say, one call each. */
export interface ReplySink {
  /** XOFF (`false`) and XON (`true`). */
  flow(on: boolean): void;
  /** The answer to a `DLE EOT`. */
  realtime(byte: number): void;
  /** Automatic status back: four bytes. */
  asb(b1: number, b2: number, b3: number, b4: number): void;
  /** `GS ( H` fn 48: the four ID bytes as one number, first byte highest. */
  processId(id: number): void;
  /** `DLE DC4` 8 is done. */
  cleared(): void;
  /** The answer to a `GS r` (or a `GS I` of one byte). */
  queuedStatus(byte: number): void;
  /** The answer to a `GS I` 65-69. */
  text(text: string): void;
}

/** Longer than any block reply asked for here; what goes on beyond is noise. */
const LONGEST_BLOCK_BYTES = 80;
const XON = 0x11;
const XOFF = 0x13;
const BLOCK_TEXT = 0x5f;
const BLOCK_RESPONSE = 0x37;
const BLOCK_POWER_OFF = 0x3b;

/**
 * Splits the one stream of replies by the fixed bits of each kind (TM-T88III manual, "telling replies apart"):
 *
 *     DLE EOT 0xx1xx10 · ASB byte 1 0xx1xx00, bytes 2-4 0xx0xxxx · GS r 0xx0xxxx · XON 11 · XOFF 13 · blocks 5F…00, 37…00
 *
 * Any split of the stream gives the same calls. XON and XOFF may fall anywhere. A status may fall into a block too: it is
 * told from the block's own bytes by bit 4, which the process IDs of this driver never have, and in text by being a
 * control character. Noise is dropped; it may cost the reply that it hit, and never throws.
 */
export class ReplyParser {
  readonly #sink: ReplySink;
  readonly #asb = [0, 0, 0, 0];
  /** Bytes of an ASB seen so far; 0 outside of one. */
  #asbLength = 0;
  readonly #block = new Uint8Array(LONGEST_BLOCK_BYTES);
  /** Bytes of a block reply seen so far, its header among them; 0 outside of one. */
  #blockLength = 0;
  #blockBroken = false;

  constructor(sink: ReplySink) {
    this.#sink = sink;
  }

  /** Forgets what is half received: the link was opened anew. */
  reset(): void {
    this.#asbLength = 0;
    this.#blockLength = 0;
  }

  feed(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) this.#byte(bytes[i] ?? 0);
  }

  #byte(byte: number): void {
    if (byte === XON || byte === XOFF) {
      this.#sink.flow(byte === XON);
    } else if (this.#asbLength > 0 && (byte & 0x90) === 0) {
      this.#asbByte(byte);
    } else if (this.#blockLength > 0 && !this.#isStatusInBlock(byte)) {
      this.#blockByte(byte);
    } else if ((byte & 0x93) === 0x12) {
      this.#sink.realtime(byte);
    } else if ((byte & 0x93) === 0x10) {
      this.#asb[0] = byte;
      this.#asbLength = 1;
    } else if (byte === BLOCK_RESPONSE || byte === BLOCK_TEXT || byte === BLOCK_POWER_OFF) {
      this.#asbLength = 0;
      this.#block[0] = byte;
      this.#blockLength = 1;
      this.#blockBroken = false;
    } else if ((byte & 0x90) === 0) {
      this.#sink.queuedStatus(byte);
    } else {
      this.#asbLength = 0; // Noise: an ASB around it has lost a byte.
    }
  }

  #asbByte(byte: number): void {
    this.#asb[this.#asbLength++] = byte;
    if (this.#asbLength < 4) return;
    this.#asbLength = 0;
    const [b1 = 0, b2 = 0, b3 = 0, b4 = 0] = this.#asb;
    this.#sink.asb(b1, b2, b3, b4);
  }

  #isStatusInBlock(byte: number): boolean {
    if (this.#block[0] !== BLOCK_RESPONSE && byte >= 0x20) return false;
    const kind = byte & 0x93;
    return kind === 0x10 || kind === 0x12;
  }

  #blockByte(byte: number): void {
    if (byte === 0) {
      const length = this.#blockLength;
      this.#blockLength = 0;
      if (!this.#blockBroken) this.#blockEnd(length);
      return;
    }
    if (byte >= 0x80 && this.#block[0] === BLOCK_RESPONSE) this.#blockBroken = true; // A name may have such bytes.
    if (this.#blockLength === LONGEST_BLOCK_BYTES) {
      this.#blockLength = 0;
      return;
    }
    this.#block[this.#blockLength++] = byte;
  }

  #blockEnd(length: number): void {
    const block = this.#block;
    if (block[0] === BLOCK_TEXT) {
      this.#sink.text(String.fromCharCode(...block.subarray(1, length)));
    } else if (block[0] === BLOCK_RESPONSE && block[1] === 0x22 && length === 6) {
      const [, , d1 = 0, d2 = 0, d3 = 0, d4 = 0] = block;
      this.#sink.processId(((d1 << 24) | (d2 << 16) | (d3 << 8) | d4) >>> 0);
    } else if (block[0] === BLOCK_RESPONSE && block[1] === 0x25 && length === 2) {
      this.#sink.cleared();
    }
  }
}
