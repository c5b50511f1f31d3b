import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Font } from 'fontkit';
import { fillOutline } from './outline.js';

const require = createRequire(import.meta.url);

/** Sizes for a cell 24 dots high; other cells in proportion. They make GB2312 and Latin readable at 203 dpi. */
const FULL = { em: 23, baseline: 20 };
const HALF = { em: 19.9, baseline: 19 };

/** One of the fonts with the size at which it is drawn. */
interface Face {
  readonly font: Font;
  readonly em: number;
  readonly baseline: number;
}

/**
 * The openly licensed fonts that come as packages: Noto Sans SC (in a hundred files, by character) and DejaVu Sans Mono.
 * Files are opened when the first character of theirs is wanted.
 */
export class Fonts {
  readonly #files = new Map<string, Font>();
  #subsets: Map<number, string> | undefined;

  /** Which fonts, in which version: what was drawn with others is not the same. */
  static fingerprint(): string {
    const version = (name: string) => (require(`${name}/package.json`) as { version: string }).version;
    return `noto-sans-sc-${version('@fontsource/noto-sans-sc')}-dejavu-${version('dejavu-fonts-ttf')}`;
  }

  /**
   * The rows of a character drawn into a cell, or `undefined` when no font has it. A character that is only another form
   * of one that a font has (half-width kana, say) is drawn as that one, squeezed.
   */
  draw(codePoint: number, widthDots: number, heightDots: number): Uint8Array | undefined {
    const drawn = this.#draw(codePoint, widthDots, heightDots);
    if (drawn !== undefined) return drawn;
    const [plain, ...more] = String.fromCodePoint(codePoint).normalize('NFKC');
    const plainCode = plain?.codePointAt(0);
    if (plainCode === undefined || plainCode === codePoint || more.length > 0) return undefined;
    return this.#draw(plainCode, widthDots, heightDots);
  }

  #draw(codePoint: number, widthDots: number, heightDots: number): Uint8Array | undefined {
    const full = widthDots > heightDots * 0.75;
    const face = full
      ? (this.#noto(codePoint) ?? this.#dejaVu(codePoint))
      : (this.#dejaVu(codePoint) ?? this.#noto(codePoint));
    if (face === undefined) return undefined;
    const glyph = face.font.glyphForCodePoint(codePoint);
    const scaleY = ((face.em / face.font.unitsPerEm) * heightDots) / 24;
    const scaleX = Math.min(scaleY, widthDots / Math.max(glyph.advanceWidth, 1));
    const leftDots = (widthDots - glyph.advanceWidth * scaleX) / 2;
    const baselineDots = (face.baseline * heightDots) / 24;
    return fillOutline(glyph.path.commands, { scaleX, scaleY, leftDots, baselineDots }, widthDots, heightDots);
  }

  #noto(codePoint: number): Face | undefined {
    this.#subsets ??= readSubsets();
    const subset = this.#subsets.get(codePoint);
    if (subset === undefined) return undefined;
    const font = this.#open(`@fontsource/noto-sans-sc/files/noto-sans-sc-${subset}-500-normal.woff2`);
    return font.hasGlyphForCodePoint(codePoint) ? { font, ...FULL } : undefined;
  }

  #dejaVu(codePoint: number): Face | undefined {
    const font = this.#open('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf');
    return font.hasGlyphForCodePoint(codePoint) ? { font, ...HALF } : undefined;
  }

  #open(path: string): Font {
    let font = this.#files.get(path);
    if (font === undefined) {
      const fontkit = require('fontkit') as typeof import('fontkit'); // Loaded with the first glyph: it takes 50 ms.
      const opened = fontkit.create(readFileSync(pathOf(path)));
      if (!('glyphForCodePoint' in opened)) throw new TypeError(`${path} is a collection of fonts, not a font`);
      font = opened;
      this.#files.set(path, font);
    }
    return font;
  }
}

/** A file of a package that may not export it. */
function pathOf(path: string): string {
  const name = path.startsWith('@') ? path.split('/', 2).join('/') : (path.split('/', 1)[0] ?? path);
  return join(dirname(require.resolve(`${name}/package.json`)), path.slice(name.length + 1));
}

/**
 * Which file of Noto Sans SC has a character, as the package's own list says (5 ms; asking the files takes half a
 * second). Characters that several list are in the last one.
 */
function readSubsets(): Map<number, string> {
  const lists = JSON.parse(readFileSync(pathOf('@fontsource/noto-sans-sc/unicode.json'), 'utf8')) as Record<
    string,
    string
  >;
  const subsets = new Map<number, string>();
  for (const [name, ranges] of Object.entries(lists)) {
    const subset = name.replace(/[[\]]/g, ''); // Numbered ones are called `[117]`.
    for (const range of ranges.split(',')) {
      const [, first = '', last = first] = /^U\+([0-9a-f]+)(?:-([0-9a-f]+))?$/i.exec(range) ?? [];
      for (let code = Number.parseInt(first, 16); code <= Number.parseInt(last, 16); code++) subsets.set(code, subset);
    }
  }
  return subsets;
}
