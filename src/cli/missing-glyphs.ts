import type { Glyph, GlyphSource } from '../ports/glyphs.js';

/** Most characters that are told by name. */
const MOST = 100;

/** A character generator that remembers which characters no font had: they stand as boxes in the picture. */
export class MissingGlyphs implements GlyphSource {
  readonly #glyphs: GlyphSource;
  readonly #missing = new Set<number>();

  constructor(glyphs: GlyphSource) {
    this.#glyphs = glyphs;
  }

  glyph(codePoint: number, widthDots: number, heightDots: number): Glyph {
    const glyph = this.#glyphs.glyph(codePoint, widthDots, heightDots);
    if (glyph.missing && this.#missing.size < MOST) this.#missing.add(codePoint);
    return glyph;
  }

  get warnings(): { readonly note: string }[] {
    return [...this.#missing].map((codePoint) => {
      const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
      return { note: `no font has ${String.fromCodePoint(codePoint)} (${name}); it is drawn as a box` };
    });
  }
}
