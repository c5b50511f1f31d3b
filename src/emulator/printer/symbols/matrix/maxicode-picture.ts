import { fill, type Raster } from '../../paper/bitmap.js';
import { hexagonDots, hexagons, MAXICODE_COLUMNS, rowDots } from './maxicode.js';

/** Radii of the rings of the bull's eye, in hexagon widths, from outside in: black and white in turn. */
const RINGS = [4.3814, 3.6229, 2.8644, 2.1058, 1.3359, 0.5774] as const;
/** The hexagon on which the bull's eye is centred. */
const CENTRE_COLUMN = 14;
const CENTRE_ROW = 16;

/** Draws the hexagons, with a little white between them, and the bull's eye. `false`: the data cannot be encoded. */
export function drawMaxiCode(raster: Raster, data: string, mode: number, moduleDots: number): boolean {
  const dark = hexagons(data, mode);
  if (dark === undefined) return false;
  for (const place of dark) {
    const row = Math.floor(place / MAXICODE_COLUMNS);
    const shift = row % 2 === 1 ? moduleDots >> 1 : 0;
    const x = (place % MAXICODE_COLUMNS) * moduleDots + shift;
    drawHexagon(raster, x, row * rowDots(moduleDots), moduleDots);
  }
  const x = (CENTRE_COLUMN + 0.5) * moduleDots;
  const y = CENTRE_ROW * rowDots(moduleDots) + hexagonDots(moduleDots) / 2;
  RINGS.forEach((radius, ring) => {
    drawDisc(raster, x, y, radius * moduleDots, ring % 2 === 0);
  });
  return true;
}

/** Upright: a point above and below. */
function drawHexagon(raster: Raster, x: number, y: number, moduleDots: number): void {
  const height = hexagonDots(moduleDots) - 1;
  const width = moduleDots - 1;
  const quarter = height / 4;
  for (let row = 0; row < height; row++) {
    const fromEnd = Math.min(row, height - 1 - row) + 0.5;
    const dots = fromEnd >= quarter ? width : Math.max(Math.round((width * fromEnd) / quarter), 1);
    fill(raster, x + ((width - dots) >> 1), y + row, dots, 1);
  }
}

/** White discs lie on black ones, so that what they cover is all ink and can be turned over. */
function drawDisc(raster: Raster, x: number, y: number, radius: number, black: boolean): void {
  for (let row = Math.floor(y - radius); row < y + radius; row++) {
    const away = row + 0.5 - y;
    if (Math.abs(away) >= radius) continue;
    const half = Math.sqrt(radius * radius - away * away);
    const left = Math.round(x - half);
    fill(raster, left, row, Math.round(x + half) - left, 1, !black);
  }
}
