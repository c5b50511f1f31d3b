/**
 * How characters look, packed into one number so that a line of text stays small: bits 0-2 width minus one, bits 3-5
 * height minus one, then one bit for each effect.
 */
export const EMPHASIS = 1 << 6;
export const DOUBLE_STRIKE = 1 << 7;
export const UNDERLINE_1 = 1 << 8;
export const UNDERLINE_2 = 1 << 9;
export const REVERSE = 1 << 10;
/** Font B; without it Font A. */
export const FONT_B = 1 << 11;
/** A full-width (Chinese) character. */
export const FULL_WIDTH = 1 << 12;
/** `ESC V`: turned by 90° clockwise. */
export const ROTATED = 1 << 13;
/** A full-width character of the small font, 16×16 (`FS ( A`). */
export const SMALL = 1 << 14;
/** `GS b`: enlarged characters have no steps. */
export const SMOOTH = 1 << 15;
/** `ESC r 1`: printed in the second colour. */
export const SECOND_COLOUR = 1 << 16;

const UNDERLINES = UNDERLINE_1 | UNDERLINE_2;

/** Times the normal size, 1 to 8 each. */
export function sized(style: number, width: number, height: number): number {
  return (style & ~0x3f) | ((width - 1) & 7) | (((height - 1) & 7) << 3);
}

export function flagged(style: number, flag: number, on: boolean): number {
  return on ? style | flag : style & ~flag;
}

/** `dots` 0, 1 or 2. */
export function underlined(style: number, dots: number): number {
  return (style & ~UNDERLINES) | (dots === 1 ? UNDERLINE_1 : dots === 2 ? UNDERLINE_2 : 0);
}

export function widthOf(style: number): number {
  return (style & 7) + 1;
}

export function heightOf(style: number): number {
  return ((style >> 3) & 7) + 1;
}

/** Dots of the unscaled character cell: Font A 12×24, Font B 9×17, full-width 24×24 or 16×16. */
export interface Cell {
  readonly widthDots: number;
  readonly heightDots: number;
}

const FONT_A_CELL: Cell = { widthDots: 12, heightDots: 24 };
const FONT_B_CELL: Cell = { widthDots: 9, heightDots: 17 };
const FULL_CELL: Cell = { widthDots: 24, heightDots: 24 };
const SMALL_CELL: Cell = { widthDots: 16, heightDots: 16 };

export function cellOf(style: number): Cell {
  if (style & FULL_WIDTH) return style & SMALL ? SMALL_CELL : FULL_CELL;
  return style & FONT_B ? FONT_B_CELL : FONT_A_CELL;
}
