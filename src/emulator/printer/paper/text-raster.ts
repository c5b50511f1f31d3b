import type { Glyph, GlyphSource } from '../../../ports/glyphs.js';
import { fill, type Raster, stamp, turned } from './bitmap.js';
import { itemWidth, type TextItem } from './operations.js';
import {
  cellOf,
  DOUBLE_STRIKE,
  EMPHASIS,
  heightOf,
  REVERSE,
  ROTATED,
  SECOND_COLOUR,
  SMOOTH,
  UNDERLINE_1,
  UNDERLINE_2,
  widthOf,
} from './style.js';

/** What stands at the left edge of a line in the second colour, as the picture has one colour only. */
const COLOUR_MARK_DOTS = 2;

/** Draws a run of characters whose lower edge is `lineDots` below `y`. */
export function drawText(page: Raster, y: number, lineDots: number, item: TextItem, glyphs: GlyphSource): void {
  const { style, advance } = item;
  const rotated = (style & ROTATED) !== 0;
  const cell = item.shape ?? cellOf(style);
  const heightDots = (rotated ? cell.widthDots : cell.heightDots) * heightOf(style);
  const cellTop = y + lineDots - heightDots;
  let x = item.x + (item.lead ?? 0);
  for (const character of item.text) {
    const code = character.codePointAt(0) ?? 0x20;
    if (item.shape !== undefined || (code !== 0x20 && code !== 0x3000))
      drawCharacter(page, x, cellTop, code, item, glyphs);
    x += advance;
  }
  const widthDots = itemWidth(item);
  const underlineDots = style & UNDERLINE_2 ? 2 : style & UNDERLINE_1 ? 1 : 0;
  if (underlineDots > 0 && !rotated && (style & REVERSE) === 0)
    fill(page, item.x, cellTop + heightDots - underlineDots, widthDots, underlineDots);
  if (style & REVERSE) fill(page, item.x, cellTop, widthDots, heightDots, true);
  if (style & SECOND_COLOUR) fill(page, 0, cellTop, COLOUR_MARK_DOTS, heightDots);
}

function drawCharacter(page: Raster, x: number, y: number, code: number, item: TextItem, glyphs: GlyphSource): void {
  const { style } = item;
  const smooth = (style & SMOOTH) !== 0 && item.shape === undefined && widthOf(style) === heightOf(style);
  const times = smooth ? widthOf(style) : 1; // Drawn from its outline at the size that is wanted.
  const glyph = item.shape ?? glyphOf(code, style, times, glyphs);
  const shape = style & ROTATED ? turned(glyph) : glyph;
  const scaleX = widthOf(style) / times;
  const scaleY = heightOf(style) / times;
  stamp(page, shape, x, y, scaleX, scaleY);
  // Heavier strokes: printed a second time, one dot further on.
  if (style & (EMPHASIS | DOUBLE_STRIKE)) stamp(page, shape, x + 1, y, scaleX, scaleY);
}

function glyphOf(code: number, style: number, times: number, glyphs: GlyphSource): Glyph {
  const cell = cellOf(style);
  return glyphs.glyph(code, cell.widthDots * times, cell.heightDots * times);
}
