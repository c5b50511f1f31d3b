import { PaperPiece } from '../emulator/printer/paper/piece.js';
import type { EmulatedPrinter } from '../emulator/printer/printer.js';

/** After so much paper without a cut somebody tears it off: pictures stay of a size that can be opened. */
const TEAR_AFTER_MM = 4_000;

/** Takes an emulated printer's paper as it comes out, so that none of it is kept. */
export class PaperTray {
  readonly #printer: EmulatedPrinter;
  readonly #rollMm: number;
  readonly #paper: (piece: PaperPiece) => void;
  #usedMm = 0;

  /** `paper` is given each piece once; none that lies beyond the first `rollMm`. */
  constructor(printer: EmulatedPrinter, paper: (piece: PaperPiece) => void, rollMm = Number.POSITIVE_INFINITY) {
    this.#printer = printer;
    this.#paper = paper;
    this.#rollMm = rollMm;
  }

  /** More has come out than the roll holds. */
  get rollIsUsedUp(): boolean {
    return this.#usedMm > this.#rollMm;
  }

  /** Takes what is finished, and tears off what hangs down too far. */
  collect(): void {
    const { current } = this.#printer.paper;
    if (current !== undefined && current.heightMm > TEAR_AFTER_MM) this.#printer.tear();
    this.#handOut(this.#printer.paper.takeFinished());
  }

  /** Takes what still hangs in the printer too, as it is. */
  finish(): void {
    const { paper } = this.#printer;
    this.#handOut(paper.takeFinished());
    if (paper.current !== undefined) this.#handOut([paper.current]);
  }

  #handOut(pieces: readonly PaperPiece[]): void {
    for (const piece of pieces) {
      this.#usedMm += piece.heightMm;
      if (!this.rollIsUsedUp) this.#paper(shown(piece));
    }
  }
}

/** The part of a piece that fits into a picture: three bytes can feed eight metres. */
function shown(piece: PaperPiece): PaperPiece {
  if (piece.heightMm <= 2 * TEAR_AFTER_MM) return piece;
  const part = new PaperPiece(piece.index, piece.widthDots, piece.dpi);
  for (const operation of piece.operations) {
    if (operation.op === 'cut') part.append(operation);
    else if (part.heightMm < TEAR_AFTER_MM) part.append(operation);
  }
  return part;
}
