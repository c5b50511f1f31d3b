import { lineText } from '../../emulator/printer/paper/line-text.js';
import { heightMm } from '../../emulator/printer/paper/listing.js';
import type { LineOperation } from '../../emulator/printer/paper/operations.js';
import type { PaperPiece } from '../../emulator/printer/paper/piece.js';
import type { StandalonePrinter } from '../../world/standalone-printer.js';

/** The printer's state: what its sensors say, what it has done, and what it did not understand. */
export function statusView({ profile, emulated, where }: StandalonePrinter) {
  const { powered, condition, counters, unknown, warnings } = emulated;
  return { device: profile.id, ...where, powered, condition, counters, unknown, warnings };
}

/** A piece of paper in a list; `n` counts from 1, the oldest. */
export function paperView(piece: PaperPiece) {
  return { n: piece.index + 1, heightMm: heightMm(piece), cut: piece.cut ?? null, lines: piece.lines };
}

/** A line that has just come out. `inkedDots` tells that it was cut short. */
export function lineView(line: LineOperation, piece: PaperPiece) {
  const { from, to, inkedDots } = line;
  return { paper: piece.index + 1, text: lineText(line), from, to, ...(inkedDots === undefined ? {} : { inkedDots }) };
}
