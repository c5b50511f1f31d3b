import { cellOf, heightOf, ROTATED, widthOf } from '../paper/style.js';

/** What a style comes down to on the paper. */
export interface Face {
  readonly style: number;
  /** Dots from one character to the next. */
  readonly advance: number;
  readonly lead: number;
  readonly heightDots: number;
}

export function face(style: number, leftDots: number, rightDots: number): Face {
  const cell = cellOf(style);
  const width = style & ROTATED ? cell.heightDots : cell.widthDots;
  const height = style & ROTATED ? cell.widthDots : cell.heightDots;
  const times = widthOf(style);
  return {
    style,
    advance: (leftDots + width + rightDots) * times,
    lead: leftDots * times,
    heightDots: height * heightOf(style),
  };
}
