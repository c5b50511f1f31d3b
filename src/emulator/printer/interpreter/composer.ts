import type { CharacterShape, ImageItem, LineItem, PaperOperation } from '../paper/operations.js';
import { itemWidth } from '../paper/operations.js';
import { FULL_WIDTH, ROTATED } from '../paper/style.js';
import type { ComposerOptions } from './composer-options.js';
import { type Face, face } from './face.js';
import { type Layout, newLayout } from './layout.js';
import { Page } from './page.js';

/** Rows of a picture that are printed in one pass, as high as a line of text: 3 mm at 203 dpi. */
export const BAND_ROWS = 24;
/** A line that holds more is printed as if it were full: moving back and writing over it has no end. */
const MOST_ITEMS = 2_048;
const MOST_PICTURE_BYTES = 256 * 1024;

/** The print buffer: collects one line, and hands it on as one operation, or puts it on the page of page mode. */
export class Composer {
  readonly options: ComposerOptions;
  /** What the setting commands changed. Call `restyle` after changing how characters look. */
  layout: Layout;
  /** Page mode. */
  page: Page | undefined;
  half: Face = face(0, 0, 0);
  full: Face = face(FULL_WIDTH, 0, 0);
  /** Where the command that is being carried out began; blank feeds are booked to it. */
  commandFrom = 0;
  /** Bytes that all operations are booked to, while a macro runs. */
  origin: { readonly from: number; readonly to: number } | undefined;
  #items: Mutable<LineItem>[] = [];
  #pictureBytes = 0;
  /** The print position, from the left margin. */
  #x = 0;
  #widthDots = 0;
  #heightDots = 0;
  #from = 0;
  #pageFrom = 0;

  constructor(options: ComposerOptions) {
    this.options = options;
    this.layout = newLayout(options);
    this.restyle();
  }

  /** `ESC @`: what was being collected is lost, all settings are as after switching on. */
  reset(): void {
    this.layout = newLayout(this.options);
    this.options.characters.reset();
    this.page = undefined;
    this.clear();
    this.restyle();
  }

  /** Settings as they are after switching on. */
  factoryLayout(): Layout {
    return newLayout(this.options);
  }

  /** Forgets the line that was being collected. */
  clear(): void {
    this.#items = [];
    this.#pictureBytes = 0;
    this.#x = 0;
    this.#widthDots = 0;
    this.#heightDots = 0;
  }

  restyle(): void {
    const { layout } = this;
    const effective = this.page === undefined ? -1 : ~ROTATED; // Page mode turns whole areas.
    this.half = face(layout.halfStyle & effective, 0, layout.spacingDots);
    this.full = face((layout.fullStyle & effective) | FULL_WIDTH, layout.fullLeftDots, layout.fullRightDots);
  }

  /** Standard mode, no data in the print buffer, and no position set: where commands that change a whole line take effect. */
  get atLineStart(): boolean {
    return this.page === undefined && this.#blank;
  }

  get #blank(): boolean {
    return this.#items.length === 0 && this.#x === 0;
  }

  /** How many characters fit on the line; when none does, the line is printed, and 0 says: come again. */
  room({ advance }: Face, offset: number): number {
    const room = Math.floor((this.areaDots - this.#x) / advance);
    if (room > 0) return room;
    if (this.#blank) return 1; // An area narrower than one character is widened to it.
    this.print(this.layout.lineSpacingDots, offset);
    return 0;
  }

  /** Sets characters of one look on the line; `shape` for a user-defined one. */
  add(face: Face, text: string, cells: number, offset: number, shape?: CharacterShape): void {
    const items = this.#items;
    const last = items[items.length - 1];
    if (
      last?.kind === 'text' &&
      last.style === face.style &&
      last.advance === face.advance &&
      (last.lead ?? 0) === face.lead &&
      last.shape === shape &&
      last.x + last.cells * last.advance === this.#x
    ) {
      last.text += text;
      last.cells += cells;
      this.#advance(cells * face.advance, face.heightDots);
      return;
    }
    const item: Mutable<LineItem> = { kind: 'text', x: this.#x, text, cells, style: face.style, advance: face.advance };
    if (face.lead > 0) item.lead = face.lead;
    if (shape !== undefined) item.shape = shape;
    this.#put(item, cells * face.advance, face.heightDots, offset);
  }

  #put(item: LineItem, widthDots: number, heightDots: number, offset: number): void {
    if (this.#items.length >= MOST_ITEMS || this.#pictureBytes > MOST_PICTURE_BYTES) {
      const x = this.#x;
      this.print(0, offset);
      this.#x = x;
    }
    if (this.#items.length === 0) this.#from = offset;
    if (item.kind === 'image') this.#pictureBytes += item.rows.length;
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
   * offset behind the bytes that made it. In page mode the line is put on the page, and the next one is `feedDots` below.
   */
  print(feedDots: number, to: number): void {
    const items = this.#items;
    if (this.page !== undefined) {
      this.place();
      this.page.feed(feedDots);
      this.clear();
      return;
    }
    if (items.length === 0) {
      const from = Math.min(this.commandFrom, to);
      this.clear();
      if (feedDots > 0) this.submit({ op: 'feed', from, to, feedDots });
      return;
    }
    const shift = this.#shift(this.#widthDots);
    if (shift > 0) for (const item of items) item.x += shift;
    const heightDots = this.#heightDots;
    const feed = Math.max(feedDots, heightDots);
    const from = this.#from;
    // Just as long as it is: the paper keeps it, and a list that grew has room for a dozen more.
    const line = { op: 'line' as const, from, to, items: items.slice() as LineItem[], heightDots, feedDots: feed };
    this.clear();
    this.submit(this.layout.upsideDown ? { ...line, upsideDown: true } : line);
  }

  submit(operation: PaperOperation): void {
    this.options.outlet.submit(this.origin === undefined ? operation : { ...operation, ...this.origin });
  }

  /** Puts what was collected on the page, where it stands; the print position stays. */
  place(): void {
    const items = this.#items;
    if (this.page === undefined || items.length === 0) return;
    if (!this.page.place(items as LineItem[], this.#heightDots)) this.options.pageFull();
    this.#items = [];
    this.#pictureBytes = 0;
    this.#heightDots = 0;
  }

  /** Prints what was collected, if anything: before something that needs the start of a line. */
  flush(to: number): void {
    if (this.page !== undefined) this.place();
    else if (this.#items.length > 0) this.print(this.layout.lineSpacingDots, to);
    else this.clear();
  }

  /** A symbol or a picture on a line of its own, of exactly its height; in page mode it stands in the line of text. */
  block(item: LineItem, heightDots: number, from: number, to: number): void {
    if (this.page !== undefined) {
      this.#put({ ...item, x: this.#x }, itemWidth(item), heightDots, from);
      return;
    }
    this.flush(from);
    this.#put(item, itemWidth(item), heightDots, from);
    this.print(heightDots, to);
  }

  /**
   * A band of a picture of `totalDots`, `belowDots` above its lower edge: printed as a block, or, in page mode, put where
   * it belongs when the picture's lower edge is at the print position. The last one moves the position to its right.
   */
  band(image: Omit<ImageItem, 'x' | 'kind'>, belowDots: number, from: number, to: number): void {
    const item: ImageItem = { kind: 'image', x: 0, ...image };
    const heightDots = image.heightDots * image.scaleY;
    if (this.page === undefined) {
      this.block(item, heightDots, from, to);
      return;
    }
    this.place();
    const placed = { ...item, x: this.#x };
    if (!this.page.place([placed], heightDots, this.page.y - belowDots)) this.options.pageFull();
    if (belowDots === 0) this.#x += itemWidth(item);
  }

  /** A picture in the line of text (`ESC *`). What does not fit is cut off. */
  inline(image: Omit<ImageItem, 'x' | 'kind'>, from: number): void {
    const widthDots = Math.min(image.widthDots * image.scaleX, this.areaDots - this.#x);
    if (widthDots <= 0) return;
    const item: ImageItem = { kind: 'image', x: this.#x, ...image };
    this.#put(item, widthDots, image.heightDots * image.scaleY, from);
  }

  /** `ESC L`: a new page. */
  beginPage(from: number): void {
    this.clear();
    this.page = new Page(this.options.printableDots, this.layout.pageDots);
    this.#pageFrom = from;
    this.restyle();
  }

  /** `FF`, `ESC FF`: the page, as one operation. Nothing was placed: nothing is printed. */
  printPage(to: number): void {
    if (this.page === undefined) return;
    this.place();
    const { parts, heightDots } = this.page.printed();
    if (parts.length === 0) return;
    const item: LineItem = { kind: 'page', x: 0, widthDots: this.page.widthDots, heightDots, parts };
    this.submit({ op: 'line', from: this.#pageFrom, to, items: [item], heightDots, feedDots: heightDots });
  }

  /** Back to standard mode. */
  endPage(): void {
    this.page = undefined;
    this.clear();
    this.restyle();
  }

  /** Sets the print position, from the left margin (`ESC $`, `ESC \`, `HT`); a place outside the area is ignored. */
  moveTo(x: number): void {
    if (x >= 0 && x <= this.areaDots) this.#x = x;
  }

  get x(): number {
    return this.#x;
  }

  /** `HT`. Without a further tab position it is ignored. */
  tab(): void {
    const next = this.layout.tabs.find((position) => position > this.#x);
    if (next !== undefined) this.#x = Math.min(next, this.areaDots);
  }

  /** The printing area: the width set by `GS W`, as far as it lies on the paper; in page mode that of `ESC W`. */
  get areaDots(): number {
    if (this.page !== undefined) return this.page.lineDots;
    const { marginDots, areaDots } = this.layout;
    return Math.max(Math.min(areaDots, this.options.printableDots - marginDots), 1);
  }

  /** How wide a symbol can be: it begins a line, but in page mode it stands at the print position. */
  get freeDots(): number {
    return this.page === undefined ? this.areaDots : this.areaDots - this.#x;
  }

  /** From the start of the printing area to the left edge of the paper's printable width, with the alignment. */
  #shift(widthDots: number): number {
    const { marginDots, align } = this.layout;
    if (align === 'left') return marginDots;
    const free = Math.max(this.areaDots - widthDots, 0);
    return marginDots + (align === 'right' ? free : free >> 1);
  }

  /** Motion units along the line (`GS P`) as whole dots. Where the text runs along the paper, the vertical ones. */
  dotsX(units: number): number {
    return wholeDots((units * this.options.dpi) / (this.page?.upright ? this.layout.unitY : this.layout.unitX));
  }

  /** Motion units from line to line as whole dots. */
  dotsY(units: number): number {
    return wholeDots((units * this.options.dpi) / (this.page?.upright ? this.layout.unitX : this.layout.unitY));
  }
}

/** Fractions of a dot fall away, but not those that binary fractions make. */
function wholeDots(dots: number): number {
  return Math.floor(dots + 1e-6);
}

type Mutable<T> = T extends unknown ? { -readonly [K in keyof T]: T[K] } : never;
