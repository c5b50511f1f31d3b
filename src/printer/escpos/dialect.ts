import type { PrinterProfile } from '../../ports/device.js';
import type { TextStyle, TicketDocument, TicketElement } from '../../ports/ticket.js';
import { ASB_OFF, ASB_ON } from '../commands.js';
import type { Dialect, EncodedTicket } from '../dialect.js';
import { BlockBuilder, type BlockMeasures, LINE_DOTS } from './block-builder.js';
import { pair, wrap } from './layout.js';
import { type EscposPieces, preparePieces, sizeOf } from './prepare-pieces.js';
import { LONGEST_DATA_BYTES, qrCommands, qrDots, rasterStripes } from './symbols.js';
import { type TextEncoding, textEncodingOf } from './text.js';

/** Lines that carry the last print past the tear bar of a printer without a cutter. */
const TEAR_OFF_LINES = 4;
/** The height of Font A. */
const FONT_DOTS = 24;
/** ESC d takes up to 255, but a byte above 0x7F would not pass through every text encoding unchanged. */
const MOST_LINES_A_FEED = 127;
/** ESC @: modes as after power-on. escpos-buffer never sends it. */
const INITIALIZE = '\x1b@';

/** Prepares ESC/POS for one printer model: a promise, kept in milliseconds, once. Encoding a ticket then takes microseconds. */
export function prepareEscpos(profile: PrinterProfile) {
  return preparePieces(profile).then((pieces): Dialect => new EscposDialect(profile, pieces));
}

type TextElement = Extract<TicketElement, { kind: 'text' | 'pair' }>;

/** Lines of text with line ends and the commands around them. */
interface PreparedText {
  readonly text: string;
  readonly lines: number;
  /** What each line moves the paper by. */
  readonly lineDots: number;
}

class EscposDialect implements Dialect {
  readonly answers = 'escpos';
  readonly finishPiece: Uint8Array;
  readonly longestCommandBytes = LONGEST_DATA_BYTES + 16;
  readonly #columns: number;
  readonly #printableDots: number;
  readonly #encoding: TextEncoding;
  readonly #pieces: EscposPieces;
  /** What the first block begins with. */
  readonly #begin: string;
  readonly #cut: string;
  /** What stands for a cut feeds so many lines; `undefined`: it cuts. */
  readonly #cutLines: number | undefined;
  readonly #measures: BlockMeasures;
  /** An element that is frozen, as a ticket's fixed lines are, cannot change, so it is laid out once. */
  readonly #known = new WeakMap<TextElement, PreparedText>();

  constructor(profile: PrinterProfile, pieces: EscposPieces) {
    this.#columns = profile.columns;
    this.#printableDots = profile.paper.printableDots;
    this.#encoding = textEncodingOf(profile);
    this.#pieces = pieces;
    // A model sold in China may boot with Chinese on; a code page needs it off. GS a again, as ESC @ undoes it on some.
    const chineseOff = profile.cjk === 'gb18030' ? '' : '\x1c.';
    const statusBack = Buffer.from(profile.checkpoint === 'GS r' ? ASB_OFF : ASB_ON).toString('latin1');
    this.#begin = INITIALIZE + statusBack + chineseOff + pieces.select;
    // GS V 66 0 feeds to the blade, then cuts and leaves one point uncut.
    this.#cut = profile.cutter ? '\x1dVB\0' : feed(TEAR_OFF_LINES);
    this.#cutLines = profile.cutter ? undefined : TEAR_OFF_LINES;
    const { receiveBufferBytes, headToCutterMm = 0 } = profile;
    this.#measures = { dpi: profile.paper.dpi, headToCutterMm, receiveBufferBytes };
    // The line end is for models whose ESC @ keeps a line that was begun: a cut works at the beginning of a line only.
    this.finishPiece = Buffer.from(INITIALIZE + pieces.lineEnd + this.#cut, 'latin1');
  }

  encode(ticket: TicketDocument): EncodedTicket {
    const blocks = new BlockBuilder(this.#encoding, this.#measures);
    blocks.command(this.#begin);
    for (const element of ticket.elements) this.#add(element, blocks);
    return blocks.finish();
  }

  #add(element: TicketElement, blocks: BlockBuilder): void {
    switch (element.kind) {
      case 'text':
      case 'pair': {
        const { text, lines, lineDots } = this.#prepared(element);
        blocks.lines(text, lines, lineDots);
        break;
      }
      case 'rule':
        blocks.lines('-'.repeat(this.#columns) + this.#pieces.lineEnd, 1);
        break;
      case 'qr':
        blocks.symbol(
          'QR',
          this.#centred(qrCommands(element, this.#printableDots)),
          qrDots(element, this.#printableDots),
        );
        break;
      case 'image':
        for (const { fromRow, rows, bytes } of rasterStripes(element, this.#printableDots)) {
          blocks.symbol(`image from row ${fromRow}`, this.#centred(bytes), rows);
        }
        break;
      case 'feed':
        blocks.command(feed(element.lines), Math.max(0, Math.trunc(element.lines)));
        break;
      case 'cut':
        blocks.cut(this.#cut, this.#cutLines);
        break;
    }
  }

  #prepared(element: TextElement): PreparedText {
    const fixed = Object.isFrozen(element);
    const known = fixed ? this.#known.get(element) : undefined;
    if (known !== undefined) return known;
    const prepared = this.#styled(this.#laidOut(element), element);
    if (fixed) this.#known.set(element, prepared);
    return prepared;
  }

  #laidOut(element: TextElement): string[] {
    const encoding = this.#encoding;
    const columns = this.#columnsAt(element);
    if (element.kind === 'text') return wrap(encoding.clean(element.text), columns, encoding);
    return pair(encoding.clean(element.label), encoding.clean(element.value), columns, encoding);
  }

  #columnsAt(style: TextStyle): number {
    return Math.floor(this.#columns / sizeOf(style.width));
  }

  #styled(lines: readonly string[], style: TextStyle): PreparedText {
    const { lineEnd } = this.#pieces;
    const text = lines.join(lineEnd) + lineEnd;
    const piece = this.#pieces.style(style);
    return {
      text: piece === undefined ? text : piece.before + text + piece.after,
      lines: lines.length,
      lineDots: Math.max(LINE_DOTS, sizeOf(style.height) * FONT_DOTS),
    };
  }

  #centred(bytes: Uint8Array): Uint8Array {
    return Buffer.concat([Buffer.from(this.#pieces.center), bytes, Buffer.from(this.#pieces.left)]);
  }
}

function feed(lines: number): string {
  let commands = '';
  for (let left = Math.max(0, Math.trunc(lines)); left > 0; left -= MOST_LINES_A_FEED) {
    commands += `\x1bd${String.fromCharCode(Math.min(left, MOST_LINES_A_FEED))}`;
  }
  return commands;
}
