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
  /** The share of the ink that is on the paper: less than 1 where the head, the ribbon or the paper is at fault. */
  inkShare(): number;
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
    const meant = new PaperPiece(0, widthDots, dpi);
    for (const operation of operations) {
      if (operation.op === 'cut') continue;
      piece.append(operation);
      meant.append(asMeant(operation));
    }
    return {
      operations,
      lines: piece.lines,
      items: operations.flatMap((operation) => (operation.op === 'line' ? operation.items : [])),
      cuts: operations.filter(({ op }) => op === 'cut').length,
      inkShare: () => inkOf(rasterise(piece, this.#glyphs)) / Math.max(inkOf(rasterise(meant, this.#glyphs)), 1),
      raster: () => rasterise(piece, this.#glyphs),
      png: () => toPng(rasterise(piece, this.#glyphs), MARGIN_DOTS),
    };
  }
}

function asMeant(operation: PaperOperation): PaperOperation {
  if (operation.op !== 'line') return operation;
  const { worn: _, ...meant } = operation;
  return meant;
}

function inkOf({ rows }: Raster): number {
  let dots = 0;
  for (let bits of rows) for (; bits > 0; bits &= bits - 1) dots++;
  return dots;
}
