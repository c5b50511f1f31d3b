import type { GlyphSource } from '../../../ports/glyphs.js';
import { drawBars, hriItem } from '../symbols/barcode/picture.js';
import { drawMatrix } from '../symbols/matrix/picture.js';
import { drawQr } from '../symbols/qr-picture.js';
import { newRaster, type Raster, stamp, top, upsideDown } from './bitmap.js';
import type { BarcodeItem, LineItem, LineOperation } from './operations.js';
import { drawPage } from './page-raster.js';
import type { PaperPiece } from './piece.js';
import { cellOf } from './style.js';
import { drawText } from './text-raster.js';
import { wear } from './wear.js';

/** The piece of paper as the head printed it, as wide as the printable width. Drawn anew at each call. */
export function rasterise(piece: PaperPiece, glyphs: GlyphSource): Raster {
  const page = newRaster(piece.widthDots, piece.heightDots);
  let y = 0;
  for (const operation of piece.operations) {
    if (operation.op === 'cut') continue;
    if (operation.op === 'line') drawLine(page, y, operation, glyphs);
    y = Math.max(y + operation.feedDots, 0);
  }
  return page;
}

function drawLine(page: Raster, y: number, line: LineOperation, glyphs: GlyphSource): void {
  const { items, heightDots, inkedDots, worn } = line;
  if (worn?.blank === true) return;
  if (inkedDots === undefined && line.upsideDown !== true && worn === undefined) {
    for (const item of items) drawItem(page, y, heightDots, item, glyphs);
    return;
  }
  const alone = newRaster(page.widthDots, heightDots);
  for (const item of items) drawItem(alone, 0, heightDots, item, glyphs);
  const turnedOver = line.upsideDown ? upsideDown(alone) : alone;
  if (worn !== undefined) wear(turnedOver, worn, y);
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
      break;
    }
    case 'barcode':
      drawBarcode(page, y + lineDots, item, glyphs);
      break;
    case 'matrix':
      stamp(page, drawMatrix(item), item.x, y + lineDots - item.heightDots);
      break;
    case 'page':
      drawPage(page, y + lineDots - item.heightDots, item, (area, top, dots, each) =>
        drawItem(area, top, dots, each, glyphs),
      );
  }
}

/** The bars, with the characters for people centred above and below them. */
function drawBarcode(page: Raster, bottom: number, item: BarcodeItem, glyphs: GlyphSource): void {
  const text = hriItem(item);
  const textDots = cellOf(text.style).heightDots;
  let y = bottom;
  if (item.hri === 'below' || item.hri === 'both') {
    y -= textDots;
    drawText(page, y, textDots, text, glyphs);
  }
  y -= item.barDots;
  stamp(page, drawBars(item), item.x, y, 1, item.barDots);
  if (item.hri === 'above' || item.hri === 'both') drawText(page, y - textDots, textDots, text, glyphs);
}
