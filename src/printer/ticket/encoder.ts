import { PaperjamError } from '../../base/errors.js';
import type { PrinterProfile } from '../../ports/device.js';
import type { TextStyle, TicketDocument, TicketElement } from '../../ports/ticket.js';
import type { Dialect, EncodedTicket } from '../dialect.js';
import { BlockBuilder } from './block-builder.js';
import type { Language, PrintedSymbol } from './language.js';
import { pair, wrap } from './layout.js';
import { timesOf } from './styles.js';

/** The height of a character of Font A in every language here. */
const CHARACTER_DOTS = 24;
/** Four metres: more is a mistake. */
const MOST_FEED_LINES = 1_000;
/** The widest text still has room for one full-width character in a line. */
const LEAST_COLUMNS = 2;
const MM_PER_INCH = 25.4;

/** What of a profile concerns the layout and the blocks of a ticket. */
type EncoderProfile = Pick<PrinterProfile, 'columns' | 'paper' | 'receiveBufferBytes' | 'checkpoint'>;

type TextElement = Extract<TicketElement, { kind: 'text' | 'pair' }>;

/** Lines of text with line ends and the commands around them. */
interface PreparedText {
  readonly text: string;
  readonly lines: number;
  readonly dots: number;
}

/** Lays a ticket out for one printer model and encodes it in that model's language. */
export class TicketEncoder implements Dialect {
  readonly answers: Dialect['answers'];
  readonly finishPiece: Uint8Array;
  readonly longestCommandBytes: number;
  readonly #language: Language;
  readonly #columns: number;
  readonly #widest: number;
  readonly #mmPerDot: number;
  readonly #profile: EncoderProfile;
  readonly #rule: string;
  readonly #center: Uint8Array;
  readonly #left: Uint8Array;
  /** An element that is frozen, as a ticket's fixed lines are, cannot change, so it is laid out once. */
  readonly #known = new WeakMap<TextElement, PreparedText>();

  constructor(profile: EncoderProfile, language: Language) {
    this.answers = language.answers;
    this.longestCommandBytes = language.longestCommandBytes;
    this.finishPiece = Buffer.from(language.finishPiece, 'latin1');
    this.#language = language;
    this.#columns = profile.columns;
    this.#widest = Math.min(language.widest, Math.floor(profile.columns / LEAST_COLUMNS));
    this.#mmPerDot = MM_PER_INCH / profile.paper.dpi;
    this.#profile = profile;
    this.#center = Buffer.from(language.center);
    this.#left = Buffer.from(language.left);
    this.#rule = '-'.repeat(profile.columns) + language.lineEnd;
  }

  encode(ticket: TicketDocument): EncodedTicket {
    const { encoding, begin, end } = this.#language;
    const blocks = new BlockBuilder(encoding, this.#mmPerDot, this.#profile);
    blocks.command(begin, 0);
    let before: TicketElement | undefined;
    for (const element of ticket.elements) {
      // Symbols that touch have no quiet zone between them, and no scanner finds where one ends.
      if (before !== undefined && isSymbol(before) && isSymbol(element)) this.#feed(1, blocks);
      this.#add(element, blocks);
      before = element;
    }
    if (end !== '' && before?.kind !== 'cut') blocks.command(end, 0);
    return blocks.finish();
  }

  #add(element: TicketElement, blocks: BlockBuilder): void {
    const language = this.#language;
    switch (element.kind) {
      case 'text':
      case 'pair': {
        const { text, lines, dots } = this.#prepared(element);
        blocks.lines(text, lines, dots);
        break;
      }
      case 'rule':
        blocks.lines(this.#rule, 1, language.lineDots);
        break;
      case 'qr':
        this.#addSymbols(language.qr(element), blocks);
        break;
      case 'barcode':
        this.#addSymbols([language.barcode(element)], blocks);
        break;
      case 'image':
        this.#addSymbols(language.image(element), blocks);
        break;
      case 'feed':
        this.#feed(feedLines(element.lines), blocks);
        break;
      case 'cut':
        blocks.cut(language.cut);
        break;
    }
  }

  #feed(lines: number, blocks: BlockBuilder): void {
    const { lineDots } = this.#language;
    if (lines > 0) blocks.command(this.#language.feed(lines), lines * lineDots);
  }

  #addSymbols(symbols: readonly PrintedSymbol[], blocks: BlockBuilder): void {
    for (const symbol of symbols) {
      const bytes = Buffer.concat([this.#center, symbol.bytes, this.#left]);
      blocks.symbol({ ...symbol, bytes });
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
    const { encoding } = this.#language;
    const columns = Math.floor(this.#columns / timesOf(element.width, this.#widest));
    if (element.kind === 'text') return wrap(encoding.clean(element.text), columns, encoding);
    return pair(encoding.clean(element.label), encoding.clean(element.value), columns, encoding);
  }

  #styled(lines: readonly string[], style: TextStyle): PreparedText {
    const { lineEnd, lineDots, highest } = this.#language;
    const text = lines.join(lineEnd) + lineEnd;
    const piece = this.#language.style(this.#fitting(style));
    const height = timesOf(style.height, highest);
    return {
      text: piece === undefined ? text : piece.before + text + piece.after,
      lines: lines.length,
      dots: lines.length * Math.max(lineDots, CHARACTER_DOTS * height),
    };
  }

  /** On a very narrow paper the largest sizes leave no room for a character. */
  #fitting(style: TextStyle): TextStyle {
    return style.width !== undefined && style.width > this.#widest ? { ...style, width: this.#widest } : style;
  }
}

function isSymbol({ kind }: TicketElement): boolean {
  return kind === 'qr' || kind === 'barcode';
}

function feedLines(lines: number): number {
  const whole = Math.max(0, Math.trunc(lines) || 0);
  if (whole <= MOST_FEED_LINES) return whole;
  throw new PaperjamError('PJ_TICKET', { problem: `it feeds ${lines} lines`, allowed: `up to ${MOST_FEED_LINES}` });
}
