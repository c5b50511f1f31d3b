import type { PrinterProfile } from '../../ports/device.js';
import type { EncodedTicket, TicketBlock } from '../dialect.js';
import type { Language, PrintedSymbol } from './language.js';
import type { TextEncoding } from './text-encoding.js';

/** A block is closed at the first element border after so many lines of text. */
const LINES_A_BLOCK = 7;
/**
 * Stripes of a picture are gathered into one block up to so many bytes, but to no more than a part of the buffer: several
 * blocks fit into it, so that one is on the wire while another is printed. Where `GS r` proves, one block is under way at a
 * time, and the wire rests between two; so they are longer.
 */
const SYMBOL_BYTES_A_BLOCK = { usual: 4_000, alone: 8_000 };
const BLOCKS_A_BUFFER = { usual: 4, alone: 2 };

/**
 * Gathers a ticket's elements into blocks. Feeds and cuts go with what stands before them, so that the last block always
 * holds something to see, and a job that stopped before it is visibly incomplete.
 */
export class BlockBuilder {
  readonly #encoding: TextEncoding;
  readonly #mmPerDot: number;
  readonly #symbolBytesABlock: number;
  readonly #blocks: TicketBlock[] = [];
  #text = '';
  /** Parts before `#text` that are bytes already. */
  #parts: Uint8Array[] = [];
  #name = '';
  #lines = 0;
  #blockLines = 0;
  #symbolBytes = 0;
  /** Paper that the block moves. */
  #dots = 0;
  #cuts = 0;
  #endsPiece = false;
  /** The next thing to print opens a new block. */
  #full = false;

  constructor(
    encoding: TextEncoding,
    mmPerDot: number,
    profile: Pick<PrinterProfile, 'receiveBufferBytes' | 'checkpoint'>,
  ) {
    this.#encoding = encoding;
    this.#mmPerDot = mmPerDot;
    const kind = profile.checkpoint === 'GS r' ? 'alone' : 'usual';
    this.#symbolBytesABlock = Math.min(SYMBOL_BYTES_A_BLOCK[kind], profile.receiveBufferBytes / BLOCKS_A_BUFFER[kind]);
  }

  /** What prints nothing of its own: settings, feeds. */
  command(commands: string, dots: number): void {
    this.#text += commands;
    this.#dots += dots;
  }

  /** Printed lines of text with the commands around them. */
  lines(text: string, count: number, dots: number): void {
    if (this.#full || this.#symbolBytes > 0) this.#close();
    this.#text += text;
    this.#dots += dots;
    this.#blockLines += count;
    this.#full = this.#blockLines >= LINES_A_BLOCK;
  }

  /** A symbol, or one stripe of a picture. Not mixed with text in a block. */
  symbol({ name, bytes, dots, joins }: PrintedSymbol): void {
    if (this.#blockLines > 0 || this.#full || (this.#symbolBytes > 0 && joins !== true)) this.#close();
    if (this.#symbolBytes === 0) this.#name = name;
    this.#part(bytes);
    this.#dots += dots;
    this.#symbolBytes += bytes.length;
    this.#full = this.#symbolBytes + bytes.length > this.#symbolBytesABlock;
  }

  cut({ commands, dots, cuts }: Language['cut']): void {
    this.#text += commands;
    this.#dots += dots;
    this.#cuts += cuts;
    this.#endsPiece = true;
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
    this.#endsPiece = false;
    this.#full = false;
  }

  #block(bytes: Uint8Array): TicketBlock {
    const paperMm = this.#dots * this.#mmPerDot;
    const piece = this.#endsPiece ? { endsPiece: true } : {};
    const moved = { bytes, paperMm, cuts: this.#cuts, ...piece };
    if (this.#blockLines === 0) return { name: this.#name, ...moved };
    const from = this.#lines + 1;
    this.#lines += this.#blockLines;
    const lines = [from, this.#lines] as const;
    const named = from === this.#lines ? `line ${from}` : `lines ${from}-${this.#lines}`;
    return { name: this.#name === '' ? named : `${named}, ${this.#name}`, lines, ...moved };
  }
}
