import { type Raster, rowBytes } from './bitmap.js';
import type { Worn } from './operations.js';

/** In which order the dots of a 4 × 4 field go when a print fades: spread evenly, so that strokes thin out everywhere. */
const ORDER = [
  [0, 8, 2, 10],
  [12, 4, 14, 6],
  [3, 11, 1, 9],
  [15, 7, 13, 5],
] as const;

/** Takes away the ink that a worn head leaves out. `y`: where on the paper the raster's first row lies. */
export function wear(raster: Raster, { fade, deadDots = [] }: Worn, y: number): void {
  const stride = rowBytes(raster);
  const { rows } = raster;
  const masks = ORDER.map((row) => (fade === undefined ? 0xff : maskOf(row, fade)));
  const dead = new Uint8Array(stride).fill(0xff);
  for (const column of deadDots) dead[column >> 3] = (dead[column >> 3] ?? 0) & ~(0x80 >> (column & 7));
  for (let at = 0; at < rows.length; at++) {
    const row = Math.floor(at / stride);
    rows[at] = (rows[at] ?? 0) & (masks[(y + row) & 3] ?? 0xff) & (dead[at - row * stride] ?? 0xff);
  }
}

/** The dots of a byte that stay: those whose turn, of 16, comes before the share. */
function maskOf(row: readonly number[], share: number): number {
  let mask = 0;
  for (let x = 0; x < 8; x++) if ((row[x & 3] ?? 0) < share * 16) mask |= 0x80 >> x;
  return mask;
}
