import type { Raster } from '../emulator/printer/paper/bitmap.js';
import type { LineItem, PaperOperation } from '../emulator/printer/paper/operations.js';
import { PaperPiece } from '../emulator/printer/paper/piece.js';
import { toPng } from '../emulator/printer/paper/png.js';
import { rasterise } from '../emulator/printer/paper/raster.js';
import type { EmulatedPrinter } from '../emulator/printer/printer.js';
import type { GlyphSource } from '../ports/glyphs.js';

/** A place on the paper: what comes out after it is new. */
export interface PaperMark {
  readonly pieces: number;
  readonly operations: number;
}

/** What came out of the emulated printer since a mark, whether it was cut or not. */
export interface PaperExcerpt {
  readonly operations: readonly PaperOperation[];
  /** Lines of text that can be read on it. */
  readonly lines: readonly string[];
  readonly items: readonly LineItem[];
  readonly cuts: number;
  /** As the head printed it. */
  raster(): Raster;
  png(): Uint8Array;
}

/** Blank paper around a picture. */
const MARGIN_DOTS = 16;

/** The paper of an emulated printer, as somebody sees it who stands beside it. */
export class PaperView {
  readonly #printer: EmulatedPrinter;
  readonly #glyphs: GlyphSource;

  constructor(printer: EmulatedPrinter, glyphs: GlyphSource) {
    this.#printer = printer;
    this.#glyphs = glyphs;
  }

  mark(): PaperMark {
    const { pieces } = this.#printer.paper;
    return { pieces: pieces.length, operations: pieces.at(-1)?.operations.length ?? 0 };
  }

  since(mark: PaperMark): PaperExcerpt {
    const { pieces } = this.#printer.paper;
    const last = Math.max(mark.pieces - 1, 0);
    const operations = pieces
      .slice(last)
      .flatMap((piece, i) => piece.operations.slice(i === 0 && mark.pieces > 0 ? mark.operations : 0));
    const { widthDots = 1, dpi = 203 } = pieces.at(-1) ?? {};
    const piece = new PaperPiece(0, widthDots, dpi);
    for (const operation of operations) if (operation.op !== 'cut') piece.append(operation);
    return {
      operations,
      lines: piece.lines,
      items: operations.flatMap((operation) => (operation.op === 'line' ? operation.items : [])),
      cuts: operations.filter(({ op }) => op === 'cut').length,
      raster: () => rasterise(piece, this.#glyphs),
      png: () => toPng(rasterise(piece, this.#glyphs), MARGIN_DOTS),
    };
  }
}
