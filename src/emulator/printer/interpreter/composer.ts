import type { ImageItem, LineItem, PaperOperation } from '../paper/operations.js';
import { itemWidth } from '../paper/operations.js';
import { cellOf, FULL_WIDTH, heightOf, ROTATED, widthOf } from '../paper/style.js';
import type { Characters } from './characters.js';
import { gb18030Length, gb18030Pair, gb18030Quad } from './gb18030.js';
import { type Layout, newLayout } from './layout.js';

/** Where finished lines go, and whether it can take more now. */
export interface Outlet {
  readonly busy: boolean;
  submit(operation: PaperOperation): void;
}

export interface ComposerOptions {
  readonly printableDots: number;
  readonly dpi: number;
  readonly cjk: boolean;
  readonly cjkAtPowerOn: boolean;
  readonly motionUnits: { readonly x: number; readonly y: number };
  readonly characters: Characters;
  readonly outlet: Outlet;
  /** Bytes that stand for nothing, at their offset. */
  readonly unknown: (offset: number, bytes: Uint8Array) => void;
}

/** What a style comes down to on the paper. */
interface Face {
  readonly style: number;
  readonly advance: number;
  readonly lead: number;
  readonly heightDots: number;
}

/** Rows of a picture that are printed in one pass, as high as a line of text: 3 mm at 203 dpi. */
export const BAND_ROWS = 24;

/** The print buffer in standard mode: collects one line, and hands it on as one operation when it is to be printed. */
export class Composer {
  readonly options: ComposerOptions;
  /** What the setting commands changed. Call `restyle` after changing how characters look. */
  layout: Layout;
  #items: Mutable<LineItem>[] = [];
  /** The print position, from the left margin. */
  #x = 0;
  #widthDots = 0;
  #heightDots = 0;
  #from = 0;
  #half: Face;
  #full: Face;

  constructor(options: ComposerOptions) {
    this.options = options;
    this.layout = newLayout(options);
    this.#half = face(0, 0, 0);
    this.#full = face(FULL_WIDTH, 0, 0);
  }

  /** `ESC @`: the line that was being collected is lost, all settings are as after switching on. */
  reset(): void {
    this.layout = newLayout(this.options);
    this.options.characters.reset();
    this.clear();
    this.restyle();
  }

  /** Forgets the line that was being collected. */
  clear(): void {
    this.#items = [];
    this.#x = 0;
    this.#widthDots = 0;
    this.#heightDots = 0;
  }

  restyle(): void {
    const { layout } = this;
    this.#half = face(layout.halfStyle, 0, layout.spacingDots);
    this.#full = face(layout.fullStyle | FULL_WIDTH, layout.fullLeftDots, layout.fullRightDots);
  }

  /** No data in the print buffer, and no position set: where the commands that change a whole line take effect. */
  get atLineStart(): boolean {
    return this.#items.length === 0 && this.#x === 0;
  }

  /**
   * Characters from `start` to before `end`; `base` is the offset of the array's first byte in the stream. Takes as many
   * as it can and says up to where: fewer when a line that is full has to be printed first, and when a character's last
   * bytes are not there yet. `closed`: a control code follows, so a character without its end will not get one.
   */
  text(bytes: Buffer, start: number, end: number, base: number, closed: boolean): number {
    let at = start;
    while (at < end && !this.options.outlet.busy) {
      const byte = bytes[at] ?? 0;
      if (!this.layout.kanji) at = this.#halfRun(bytes, at, end, base);
      else if (byte < 0x80) at = this.#halfRun(bytes, at, asciiEnd(bytes, at, end), base);
      else {
        const length = gb18030Length(bytes, at, end);
        if (length > 0) at = this.#fullRun(bytes, at, end, base);
        else if (length === 0 && !closed) return at;
        else {
          this.options.unknown(base + at, bytes.subarray(at, at + 1));
          at++;
        }
      }
    }
    return at;
  }

  #halfRun(bytes: Buffer, at: number, end: number, base: number): number {
    const room = this.#room(this.#half, base + at);
    if (room === 0) return at;
    const to = Math.min(end, at + room);
    this.#add(this.#half, this.options.characters.text(bytes, at, to), to - at, base + at);
    return to;
  }

  #fullRun(bytes: Buffer, start: number, end: number, base: number): number {
    const room = this.#room(this.#full, base + start);
    let text = '';
    let cells = 0;
    let at = start;
    while (cells < room && at < end) {
      const length = gb18030Length(bytes, at, end);
      if (length <= 0) break;
      text += length === 2 ? gb18030Pair(bytes[at] ?? 0, bytes[at + 1] ?? 0) : gb18030Quad(bytes, at);
      at += length;
      cells++;
    }
    if (cells > 0) this.#add(this.#full, text, cells, base + start);
    return at;
  }

  /** How many characters fit on the line; when none does, the line is printed, and 0 says: come again. */
  #room({ advance }: Face, offset: number): number {
    const room = Math.floor((this.#areaDots - this.#x) / advance);
    if (room > 0) return room;
    if (this.atLineStart) return 1; // An area narrower than one character is widened to it.
    this.print(this.layout.lineSpacingDots, offset);
    return 0;
  }

  #add(face: Face, text: string, cells: number, offset: number): void {
    const items = this.#items;
    const last = items[items.length - 1];
    if (
      last?.kind === 'text' &&
      last.style === face.style &&
      last.advance === face.advance &&
      (last.lead ?? 0) === face.lead &&
      last.x + last.cells * last.advance === this.#x
    ) {
      last.text += text;
      last.cells += cells;
      this.#advance(cells * face.advance, face.heightDots);
      return;
    }
    const item = { kind: 'text' as const, x: this.#x, text, cells, style: face.style, advance: face.advance };
    this.#put(face.lead > 0 ? { ...item, lead: face.lead } : item, cells * face.advance, face.heightDots, offset);
  }

  #put(item: LineItem, widthDots: number, heightDots: number, offset: number): void {
    if (this.#items.length === 0) this.#from = offset;
    this.#items.push(item);
    this.#advance(widthDots, heightDots);
  }

  #advance(widthDots: number, heightDots: number): void {
    this.#x += widthDots;
    if (this.#x > this.#widthDots) this.#widthDots = this.#x;
    if (heightDots > this.#heightDots) this.#heightDots = heightDots;
  }

  /**
   * Prints what was collected and moves the paper by `feedDots`, or by the line's height if that is more. `to`: the
   * offset behind the bytes that made it.
   */
  print(feedDots: number, to: number): void {
    const { outlet } = this.options;
    const items = this.#items;
    if (items.length === 0) {
      const from = Math.min(this.commandFrom, to);
      this.clear();
      if (feedDots > 0) outlet.submit({ op: 'feed', from, to, feedDots });
      return;
    }
    const shift = this.#shift(this.#widthDots);
    if (shift > 0) for (const item of items) item.x += shift;
    const heightDots = this.#heightDots;
    const feed = Math.max(feedDots, heightDots);
    const from = this.#from;
    const line = { op: 'line' as const, from, to, items: items as LineItem[], heightDots, feedDots: feed };
    this.clear();
    outlet.submit(this.layout.upsideDown ? { ...line, upsideDown: true } : line);
  }

  /** Where the command that is being carried out began; blank feeds are booked to it. */
  commandFrom = 0;

  /** Prints what was collected, if anything: before something that needs the start of a line. */
  flush(to: number): void {
    if (this.#items.length > 0) this.print(this.layout.lineSpacingDots, to);
    else this.clear();
  }

  /** A symbol or a picture on a line of its own, of exactly its height. */
  block(item: LineItem, heightDots: number, from: number, to: number): void {
    this.flush(from);
    this.#put(item, itemWidth(item), heightDots, from);
    this.print(heightDots, to);
  }

  /** A picture in the line of text (`ESC *`). What does not fit is cut off. */
  inline(image: Omit<ImageItem, 'x' | 'kind'>, from: number): void {
    const widthDots = Math.min(image.widthDots * image.scaleX, this.#areaDots - this.#x);
    if (widthDots <= 0) return;
    const item: ImageItem = { kind: 'image', x: this.#x, ...image };
    this.#put(item, widthDots, image.heightDots * image.scaleY, from);
  }

  /** Sets the print position, from the left margin (`ESC $`, `ESC \`, `HT`); a place outside the area is ignored. */
  moveTo(x: number): void {
    if (x >= 0 && x <= this.#areaDots) this.#x = x;
  }

  get x(): number {
    return this.#x;
  }

  /** Dots from one half-width character to the next. */
  get columnDots(): number {
    return this.#half.advance;
  }

  /** `HT`. Without a further tab position it is ignored. */
  tab(): void {
    const next = this.layout.tabs.find((position) => position > this.#x);
    if (next !== undefined) this.#x = Math.min(next, this.#areaDots);
  }

  /** The printing area: the width set by `GS W`, as far as it lies on the paper. */
  get #areaDots(): number {
    const { marginDots, areaDots } = this.layout;
    return Math.max(Math.min(areaDots, this.options.printableDots - marginDots), 1);
  }

  get areaDots(): number {
    return this.#areaDots;
  }

  /** From the start of the printing area to the left edge of the paper's printable width, with the alignment. */
  #shift(widthDots: number): number {
    const { marginDots, align } = this.layout;
    if (align === 'left') return marginDots;
    const free = Math.max(this.#areaDots - widthDots, 0);
    return marginDots + (align === 'right' ? free : free >> 1);
  }

  /** Horizontal motion units (`GS P`) as whole dots. */
  dotsX(units: number): number {
    return wholeDots((units * this.options.dpi) / this.layout.unitX);
  }

  /** Vertical motion units as whole dots. */
  dotsY(units: number): number {
    return wholeDots((units * this.options.dpi) / this.layout.unitY);
  }
}

/** Fractions of a dot fall away, but not those that binary fractions make. */
function wholeDots(dots: number): number {
  return Math.floor(dots + 1e-6);
}

type Mutable<T> = T extends unknown ? { -readonly [K in keyof T]: T[K] } : never;

function face(style: number, leftDots: number, rightDots: number): Face {
  const cell = cellOf(style);
  const width = style & ROTATED ? cell.heightDots : cell.widthDots;
  const height = style & ROTATED ? cell.widthDots : cell.heightDots;
  const times = widthOf(style);
  return {
    style,
    advance: (leftDots + width + rightDots) * times,
    lead: leftDots * times,
    heightDots: height * heightOf(style),
  };
}

function asciiEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start + 1;
  while (at < end && (bytes[at] ?? 0) < 0x80) at++;
  return at;
}
