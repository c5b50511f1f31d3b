import type { LineItem, PageArea, PageDirection, PagePart } from '../paper/operations.js';

/** Where the first line of an area stands: the lower edge of a character of Font A that touches the upper edge. */
const FIRST_LINE_DOTS = 24;
/** What a part takes of the page's memory besides its pictures. */
const PART_BYTES = 64;

/**
 * The page of page mode. What is placed on it is kept as it came; text beyond an area is cut off when it is drawn.
 * `memoryBytes` bounds what is kept: a real page is a raster, and cannot fill up.
 */
export class Page {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly #memoryBytes: number;
  #usedBytes = 0;
  #parts: PagePart[] = [];
  /** The parts were handed out: they are copied before they change. */
  #shared = false;
  #area: PageArea;
  #direction: PageDirection = 0;
  /** The print position across the lines, in the direction of the text: the lower edge of what comes next. */
  y = FIRST_LINE_DOTS;

  constructor(widthDots: number, heightDots: number) {
    this.widthDots = widthDots;
    this.heightDots = heightDots;
    this.#memoryBytes = 4 * ((widthDots + 7) >> 3) * heightDots;
    this.#area = { x: 0, y: 0, widthDots, heightDots };
  }

  /** `ESC W`; ignored if it begins outside the page or has no size. What does not fit is cut off. */
  setArea(x: number, y: number, widthDots: number, heightDots: number): void {
    if (x >= this.widthDots || y >= this.heightDots || widthDots === 0 || heightDots === 0) return;
    const width = Math.min(widthDots, this.widthDots - x);
    this.#area = { x, y, widthDots: width, heightDots: Math.min(heightDots, this.heightDots - y) };
    this.y = FIRST_LINE_DOTS;
  }

  /** `ESC T`. */
  setDirection(direction: PageDirection): void {
    this.#direction = direction;
    this.y = FIRST_LINE_DOTS;
  }

  /** The text runs along the paper: across and down are exchanged. */
  get upright(): boolean {
    return (this.#direction & 1) === 1;
  }

  get direction(): PageDirection {
    return this.#direction;
  }

  /** Dots of a line in this direction, and of all lines. */
  get lineDots(): number {
    return this.upright ? this.#area.heightDots : this.#area.widthDots;
  }

  get depthDots(): number {
    return this.upright ? this.#area.widthDots : this.#area.heightDots;
  }

  /** `GS $`; a place outside the area is ignored. */
  moveTo(y: number): void {
    if (y >= 0 && y <= this.depthDots) this.y = y;
  }

  /** Down by some lines; below the area nothing shows. */
  feed(dots: number): void {
    this.y = Math.min(this.y + dots, this.depthDots + this.heightDots + this.widthDots);
  }

  /** Puts a line on the page; says whether it found room. */
  place(items: readonly LineItem[], heightDots: number, bottom = this.y): boolean {
    let bytes = PART_BYTES;
    for (const item of items) bytes += bytesOf(item);
    if (this.#usedBytes + bytes > this.#memoryBytes) return false;
    this.#usedBytes += bytes;
    this.#own().push({ area: this.#area, direction: this.#direction, bottom, heightDots, items });
    return true;
  }

  /** `CAN`: what is in the area goes, also of areas that reach into it. */
  erase(): void {
    const area = this.#area;
    const left = this.#parts.filter((part) => !contains(area, part.area));
    this.#shared = false;
    this.#parts = left;
    this.#usedBytes = 0;
    for (const { items } of left) for (const item of items) this.#usedBytes += bytesOf(item) + PART_BYTES;
    if (left.length > 0 && this.place([], 0))
      this.#parts[this.#parts.length - 1] = { area, direction: 0, bottom: 0, heightDots: 0, items: [], erased: true };
    this.y = FIRST_LINE_DOTS;
  }

  /** Everything that was placed, and how far down the areas reach that hold something. */
  printed(): { readonly parts: readonly PagePart[]; readonly heightDots: number } {
    this.#shared = true;
    let heightDots = 0;
    for (const { area } of this.#parts) heightDots = Math.max(heightDots, area.y + area.heightDots);
    return { parts: this.#parts, heightDots };
  }

  #own(): PagePart[] {
    if (this.#shared) this.#parts = [...this.#parts];
    this.#shared = false;
    return this.#parts;
  }
}

function bytesOf(item: LineItem): number {
  if (item.kind === 'image') return PART_BYTES + item.rows.length;
  return PART_BYTES + ('text' in item ? item.text.length : 0) + ('data' in item ? item.data.length : 0);
}

function contains(outer: PageArea, inner: PageArea): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.widthDots <= outer.x + outer.widthDots &&
    inner.y + inner.heightDots <= outer.y + outer.heightDots
  );
}
