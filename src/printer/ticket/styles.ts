import type { Align, TextStyle } from '../../ports/ticket.js';

/** What stands before and after a styled text. */
export interface StylePiece {
  readonly before: string;
  readonly after: string;
}

export const NO_STYLE: StylePiece = { before: '', after: '' };

/** The sequences of one language from which any style is put together. */
export interface StyleSequences {
  readonly align: Readonly<Record<Align, string>>;
  /** Times the normal size, within what the language has. */
  size(width: number, height: number): string;
  readonly bold: StylePiece;
  readonly underline: StylePiece;
  readonly reverse: StylePiece;
}

/** The largest size that any language has. */
export const MOST_TIMES = 8;

/** A size that is out of range becomes the nearest one. */
export function timesOf(times: number | undefined, most: number): number {
  if (times === undefined) return 1;
  return Math.max(1, Math.min(Math.trunc(times) || 1, most));
}

/** Puts styles together: alignment outermost, then size, then what the characters wear. Each is made once. */
export function stylePieces(
  sequences: StyleSequences,
  widest: number,
  highest: number,
): (style: TextStyle) => StylePiece | undefined {
  const { align, bold, underline, reverse } = sequences;
  const normalSize = sequences.size(1, 1);
  const compose = (style: TextStyle, width: number, height: number): StylePiece => {
    const { align: aligned = 'left' } = style;
    let before = (aligned === 'left' ? '' : align[aligned]) + sequences.size(width, height);
    let after = normalSize + (aligned === 'left' ? '' : align.left);
    const wear = (piece: StylePiece) => {
      before += piece.before;
      after = piece.after + after;
    };
    if (style.bold) wear(bold);
    if (style.underline) wear(underline);
    if (style.reverse) wear(reverse);
    return { before, after };
  };
  const known: (StylePiece | undefined)[] = [];
  return (style) => {
    const width = timesOf(style.width, widest);
    const height = timesOf(style.height, highest);
    const index = styleIndex(style, width, height);
    if (index === 0) return undefined;
    let piece = known[index];
    if (piece === undefined) {
      piece = compose(style, width, height);
      known[index] = piece;
    }
    return piece;
  };
}

function styleIndex(style: TextStyle, width: number, height: number): number {
  const align = style.align === 'center' ? 1 : style.align === 'right' ? 2 : 0;
  const flags = (style.bold ? 1 : 0) + (style.underline ? 2 : 0) + (style.reverse ? 4 : 0);
  return ((flags * 3 + align) * MOST_TIMES + width - 1) * MOST_TIMES + height - 1;
}
