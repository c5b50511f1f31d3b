import { lineText } from './line-text.js';
import type { PaperOperation } from './operations.js';
import type { PaperPiece } from './piece.js';

/** An operation with its place on the paper and its text: which bytes made this line. */
export type ListedOperation = PaperOperation & {
  /** Upper edge, in dots from the upper end of the piece. */
  readonly yDots: number;
  /** A line's text, as it can be read on the paper. */
  readonly text?: string;
};

/** A piece of paper as data. */
export interface PieceListing {
  readonly index: number;
  readonly widthDots: number;
  readonly heightDots: number;
  readonly dpi: number;
  readonly heightMm: number;
  /** `null`: it still hangs in the printer. */
  readonly cut: 'full' | 'partial' | 'torn' | null;
  readonly operations: readonly ListedOperation[];
}

/** What was done to the piece, from top to bottom; `from` and `to` of each are offsets in the stream of bytes. */
export function pieceListing(piece: PaperPiece): PieceListing {
  const { index, widthDots, heightDots, dpi } = piece;
  const operations: ListedOperation[] = [];
  let yDots = 0;
  for (const operation of piece.operations) {
    const text = operation.op === 'line' ? lineText(operation) : '';
    operations.push({ ...operation, yDots, ...(text === '' ? {} : { text }) });
    if (operation.op !== 'cut') yDots += operation.feedDots;
  }
  return { index, widthDots, heightDots, dpi, heightMm: heightMm(piece), cut: piece.cut ?? null, operations };
}

/** The listing as JSON; the dots of pictures are base64. */
export function listingText(piece: PaperPiece): string {
  const plain = (_key: string, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
  return `${JSON.stringify(pieceListing(piece), plain, 2)}\n`;
}

/** To a tenth of a millimetre. */
export function heightMm(piece: PaperPiece): number {
  return Math.round(piece.heightMm * 10) / 10;
}
