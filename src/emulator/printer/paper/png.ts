import { encode } from 'fast-png';
import { newRaster, type Raster, stamp } from './bitmap.js';

/** Paper is mostly white: a higher level saves little and takes longer. */
const DEFLATE_LEVEL = 3;

/** The raster as a PNG of one bit a dot: ink black, paper white. `marginDots` of blank paper are put around it. */
export function toPng(raster: Raster, marginDots = 0): Uint8Array {
  const sheet = marginDots > 0 ? framed(raster, marginDots) : raster;
  if (sheet.heightDots === 0 || sheet.widthDots === 0) return toPng(newRaster(Math.max(sheet.widthDots, 1), 1));
  const data = new Uint8Array(sheet.rows.length);
  for (let at = 0; at < data.length; at++) data[at] = ~(sheet.rows[at] ?? 0);
  const image = { width: sheet.widthDots, height: sheet.heightDots, data, depth: 1, channels: 1 } as const;
  return encode(image, { zlib: { level: DEFLATE_LEVEL } });
}

function framed(raster: Raster, marginDots: number): Raster {
  const sheet = newRaster(raster.widthDots + 2 * marginDots, raster.heightDots + 2 * marginDots);
  stamp(sheet, raster, marginDots, marginDots);
  return sheet;
}
