import type { GlyphSource } from '../../../ports/glyphs.js';
import { drawQr } from '../symbols/qr-picture.js';
import { fill, newRaster, type Raster, stamp, top, turned, upsideDown } from './bitmap.js';
import { itemWidth, type LineItem, type LineOperation, type TextItem } from './operations.js';
import type { PaperPiece } from './piece.js';
import {
  cellOf,
  DOUBLE_STRIKE,
  EMPHASIS,
  heightOf,
  REVERSE,
  ROTATED,
  UNDERLINE_1,
  UNDERLINE_2,
  widthOf,
} from './style.js';

/** The piece of paper as the head printed it, as wide as the printable width. Drawn anew at each call. */
export function rasterise(piece: PaperPiece, glyphs: GlyphSource): Raster {
  const page = newRaster(piece.widthDots, piece.heightDots);
  let y = 0;
  for (const operation of piece.operations) {
    if (operation.op === 'cut') continue;
    if (operation.op === 'line') drawLine(page, y, operation, glyphs);
    y += operation.feedDots;
  }
  return page;
}

function drawLine(page: Raster, y: number, line: LineOperation, glyphs: GlyphSource): void {
  const { items, heightDots, inkedDots } = line;
  if (inkedDots === undefined && line.upsideDown !== true) {
    for (const item of items) drawItem(page, y, heightDots, item, glyphs);
    return;
  }
  const alone = newRaster(page.widthDots, heightDots);
  for (const item of items) drawItem(alone, 0, heightDots, item, glyphs);
  const turnedOver = line.upsideDown ? upsideDown(alone) : alone;
  stamp(page, inkedDots === undefined ? turnedOver : top(turnedOver, inkedDots), 0, y);
}

/** Items of one line stand on its lower edge. */
function drawItem(page: Raster, y: number, lineDots: number, item: LineItem, glyphs: GlyphSource): void {
  switch (item.kind) {
    case 'text':
      drawText(page, y, lineDots, item, glyphs);
      break;
    case 'image':
      stamp(page, item, item.x, y + lineDots - item.heightDots * item.scaleY, item.scaleX, item.scaleY);
      break;
    case 'qr': {
      const symbol = drawQr(item);
      stamp(page, symbol, item.x, y + lineDots - symbol.heightDots * item.moduleDots, item.moduleDots, item.moduleDots);
    }
  }
}

function drawText(page: Raster, y: number, lineDots: number, item: TextItem, glyphs: GlyphSource): void {
  const { style, advance } = item;
  const cell = cellOf(style);
  const rotated = (style & ROTATED) !== 0;
  const scaleX = widthOf(style);
  const scaleY = heightOf(style);
  const heightDots = (rotated ? cell.widthDots : cell.heightDots) * scaleY;
  const cellTop = y + lineDots - heightDots;
  let x = item.x;
  for (const character of item.text) {
    const code = character.codePointAt(0) ?? 0x20;
    if (code !== 0x20 && code !== 0x3000) {
      const glyph = glyphs.glyph(code, cell.widthDots, cell.heightDots);
      const shape = rotated ? turned(glyph) : glyph;
      stamp(page, shape, x + (item.lead ?? 0), cellTop, scaleX, scaleY);
      // Heavier strokes: printed a second time, one dot further on.
      if (style & (EMPHASIS | DOUBLE_STRIKE)) stamp(page, shape, x + (item.lead ?? 0) + 1, cellTop, scaleX, scaleY);
    }
    x += advance;
  }
  const widthDots = itemWidth(item);
  const underlineDots = style & UNDERLINE_2 ? 2 : style & UNDERLINE_1 ? 1 : 0;
  if (underlineDots > 0 && !rotated && (style & REVERSE) === 0)
    fill(page, item.x, cellTop + heightDots - underlineDots, widthDots, underlineDots);
  if (style & REVERSE) fill(page, item.x, cellTop, widthDots, heightDots, true);
}
