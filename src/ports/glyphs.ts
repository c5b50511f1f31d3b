/** Dots of one character cell, 1 = ink. Row by row, each row padded to whole bytes, the leftmost dot in bit 7. */
export interface Glyph {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly rows: Uint8Array;
  /** No font had the character, and this is a box. */
  readonly missing: boolean;
}

/** The character generator of an emulated printer. */
export interface GlyphSource {
  /** The character drawn into a cell of the given size: 12×24 for half-width, 24×24 for full-width characters. */
  glyph(codePoint: number, widthDots: number, heightDots: number): Glyph;
}
