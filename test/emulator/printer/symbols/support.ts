import { toPng } from '../../../../src/emulator/printer/paper/png.js';
import { rasterise } from '../../../../src/emulator/printer/paper/raster.js';
import type { Glyph } from '../../../../src/ports/glyphs.js';
import type { Bench } from '../bench.js';
import { readCodes } from './read-codes.js';

/** Characters that leave no ink. */
export const BLANK = {
  glyph: (_: number, widthDots: number, heightDots: number): Glyph => ({
    widthDots,
    heightDots,
    rows: new Uint8Array(((widthDots + 7) >> 3) * heightDots),
    missing: false,
  }),
};

/** The codes on the paper, as a phone would read them. */
export async function scan(bench: Bench): Promise<{ format: string; text: string; bytes: Buffer }[]> {
  const piece = bench.printer.paper.pieces[0];
  if (piece === undefined) throw new Error('nothing was printed');
  return readCodes(toPng(rasterise(piece, BLANK), 48));
}

/** `GS k m n d…`. */
export function barcode(m: number, data: string | Uint8Array): Buffer {
  const bytes = Buffer.from(data as string, 'latin1');
  return Buffer.concat([Buffer.from([0x1d, 0x6b, m, bytes.length]), bytes]);
}

/** `GS k m d… NUL`. */
export function nulBarcode(m: number, data: string): Buffer {
  return Buffer.from(`\x1dk${String.fromCharCode(m)}${data}\0`, 'latin1');
}

/** `GS ( k pL pH cn fn d…`. */
export function matrix(cn: number, fn: number, ...data: readonly (number | string | Uint8Array)[]): Buffer {
  const bytes = Buffer.concat(
    data.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part as string, 'latin1'))),
  );
  const length = bytes.length + 2;
  return Buffer.concat([Buffer.from([0x1d, 0x28, 0x6b, length & 0xff, length >> 8, cn, fn]), bytes]);
}
