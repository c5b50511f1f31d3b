import { toPng } from '../../../../src/emulator/printer/paper/png.js';
import { rasterise } from '../../../../src/emulator/printer/paper/raster.js';
import { openGlyphs } from '../../../../src/glyphs/glyphs.js';
import type { PrinterProfile } from '../../../../src/ports/device.js';
import { type Bench, instantBench } from '../bench.js';
import { readCodes } from '../symbols/read-codes.js';

const glyphs = openGlyphs();

/** What came of bytes that a program written by others has made. */
export interface Printed {
  readonly bench: Bench;
  /** Bytes that were not understood: there must be none. */
  readonly unknown: Bench['printer']['unknown'];
  /** The text of all paper, line by line. */
  readonly lines: readonly string[];
  /** Millimetres of each piece, to a tenth. */
  readonly heightsMm: readonly number[];
  readonly cuts: readonly (string | undefined)[];
  /** What a phone reads in the picture of a piece. */
  codes(piece?: number): Promise<{ format: string; text: string }[]>;
}

export function printed(bytes: Uint8Array, profile: Partial<PrinterProfile> = {}): Printed {
  const bench = instantBench(profile).send(bytes);
  const { printer } = bench;
  const { pieces } = printer.paper;
  return {
    bench,
    unknown: printer.unknown,
    lines: bench.lines,
    heightsMm: pieces.map((piece) => Math.round(piece.heightMm * 10) / 10),
    cuts: pieces.map(({ cut }) => cut),
    async codes(index = 0) {
      const piece = pieces[index];
      if (piece === undefined) throw new Error(`there is no piece ${index}`);
      // A quiet zone around it, as the white of the paper and the table under it make one.
      const found = await readCodes(toPng(rasterise(piece, glyphs), 40));
      return found.map(({ format, text }) => ({ format, text }));
    },
  };
}
