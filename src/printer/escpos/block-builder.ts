import type { EncodedTicket, TicketBlock } from '../dialect.js';
import type { TextEncoding } from './text.js';

/** A block is closed at the first element border after so many lines of text. */
const LINES_A_BLOCK = 7;
/** Stripes of a picture are gathered into one block up to so many bytes, but to no more than a part of the buffer. */
const SYMBOL_BYTES_A_BLOCK = 4_000;
/** Several blocks fit into the buffer, so that one is on the wire while another is printed. */
const BLOCKS_A_BUFFER = 4;
/** What a line of text moves the paper by, after `ESC @` (`ESC 2`, in units of the head's dots). */
export const LINE_DOTS = 30;

/** Of a printer's profile, what a block needs. */
export interface BlockMeasures {
  readonly dpi: number;
  readonly headToCutterMm: number;
  readonly receiveBufferBytes: number;
}

/**
 * Gathers a ticket's elements into blocks. Feeds and cuts go with what stands before them, so that the last block always
 * holds something to see, and a job that stopped before it is visibly incomplete.
 */
export class BlockBuilder {
  readonly #encoding: TextEncoding;
  readonly #measures: BlockMeasures;
  readonly #symbolBytesABlock: number;
  readonly #blocks: TicketBlock[] = [];
  #text = '';
  /** Parts before `#text` that are bytes already. */
  #parts: Uint8Array[] = [];
  #name = '';
  #lines = 0;
  #blockLines = 0;
  #symbolBytes = 0;
  #dots = 0;
  #cuts = 0;
  /** The next thing to print opens a new block. */
  #full = false;

  constructor(encoding: TextEncoding, measures: BlockMeasures) {
    this.#encoding = encoding;
    this.#measures = measures;
    this.#symbolBytesABlock = Math.min(SYMBOL_BYTES_A_BLOCK, measures.receiveBufferBytes / BLOCKS_A_BUFFER);
  }

  /** What prints nothing of its own: settings, and feeds of so many lines. */
  command(commands: string, feedLines = 0): void {
    this.#text += commands;
    this.#dots += feedLines * LINE_DOTS;
  }

  /** Printed lines of text with the commands around them, and what each of them moves the paper by. */
  lines(text: string, count: number, lineDots = LINE_DOTS): void {
    if (this.#full || this.#symbolBytes > 0) this.#close();
    this.#text += text;
    this.#dots += count * lineDots;
    this.#blockLines += count;
    this.#full = this.#blockLines >= LINES_A_BLOCK;
  }

  /** A QR code, or one stripe of a picture. Not mixed with text in a block. */
  symbol(name: string, bytes: Uint8Array, heightDots: number): void {
    const joins = this.#symbolBytes > 0 && name !== 'QR' && this.#name !== 'QR';
    if (this.#blockLines > 0 || this.#full || (this.#symbolBytes > 0 && !joins)) this.#close();
    if (this.#symbolBytes === 0) this.#name = name;
    this.#part(bytes);
    this.#dots += heightDots;
    this.#symbolBytes += bytes.length;
    this.#full = this.#symbolBytes + bytes.length > this.#symbolBytesABlock;
  }

  /** Ends a piece of paper: by the blade, or by a feed of so many lines past the edge. */
  cut(commands: string, feedLines: number | undefined): void {
    this.command(commands, feedLines);
    if (feedLines === undefined) this.#cuts++;
    this.#full = true;
    this.#name += this.#name === '' ? 'cut' : ', cut';
  }

  finish(): EncodedTicket {
    this.#close();
    return { blocks: this.#blocks, lines: this.#lines };
  }

  #part(bytes: Uint8Array): void {
    if (this.#text !== '') this.#parts.push(this.#encoding.encode(this.#text));
    this.#text = '';
    this.#parts.push(bytes);
  }

  #close(): void {
    const text = this.#encoding.encode(this.#text);
    const bytes = this.#parts.length === 0 ? text : Buffer.concat([...this.#parts, text]);
    if (bytes.length > 0) this.#blocks.push(this.#block(bytes));
    this.#text = '';
    this.#parts = [];
    this.#name = '';
    this.#blockLines = 0;
    this.#symbolBytes = 0;
    this.#dots = 0;
    this.#cuts = 0;
    this.#full = false;
  }

  #block(bytes: Uint8Array): TicketBlock {
    const { dpi, headToCutterMm } = this.#measures;
    const paperMm = (this.#dots * 25.4) / dpi + this.#cuts * headToCutterMm;
    const cuts = this.#cuts;
    if (this.#blockLines === 0) return { name: this.#name, bytes, paperMm, cuts };
    const from = this.#lines + 1;
    this.#lines += this.#blockLines;
    const lines = [from, this.#lines] as const;
    const named = from === this.#lines ? `line ${from}` : `lines ${from}-${this.#lines}`;
    return { name: this.#name === '' ? named : `${named}, ${this.#name}`, lines, bytes, paperMm, cuts };
  }
}
