import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Glyph, GlyphSource } from '../ports/glyphs.js';
import { GlyphTable, readGlyphs, writeGlyphs } from './cache-file.js';
import { Fonts } from './fonts.js';

export interface GlyphOptions {
  /**
   * Where drawn characters are kept from run to run; several programs may share it. Default
   * `$XDG_CACHE_HOME/paperjam`, else `~/.cache/paperjam`. A directory that cannot be written only costs time.
   */
  readonly cacheDirectory?: string;
}

export interface Glyphs extends GlyphSource {
  /** Writes what was drawn since the last time. It also happens by itself, a moment after drawing and at exit. */
  save(): void;
}

/** Drawing goes on for a while; the file is written when it has paused for so long. */
const SAVE_AFTER_MS = 500;

/**
 * The character generator: each character is drawn once from its outline, then kept in memory and in a file. Opening is
 * free; fonts and file are read when the first glyph is wanted.
 */
export function openGlyphs(options: GlyphOptions = {}): Glyphs {
  return new CachedGlyphs(options.cacheDirectory ?? defaultDirectory());
}

class CachedGlyphs implements Glyphs {
  readonly #directory: string;
  readonly #table = new GlyphTable();
  readonly #fonts = new Fonts();
  #file: string | undefined;
  #changed = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #atExit = () => this.save();

  constructor(directory: string) {
    this.#directory = directory;
  }

  glyph(codePoint: number, widthDots: number, heightDots: number): Glyph {
    const known = this.#table.get(codePoint, widthDots, heightDots);
    if (known !== undefined) return known;
    if (this.#file === undefined) {
      this.#file = join(this.#directory, `glyphs-${Fonts.fingerprint()}.bin`);
      readGlyphs(this.#file, this.#table);
      return this.glyph(codePoint, widthDots, heightDots);
    }
    const drawn = this.#fonts.draw(codePoint, widthDots, heightDots);
    const rows = drawn ?? box(widthDots, heightDots);
    const glyph: Glyph = { widthDots, heightDots, rows, missing: drawn === undefined };
    this.#table.set(codePoint, glyph);
    this.#saveLater();
    return glyph;
  }

  save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    process.off('exit', this.#atExit);
    if (!this.#changed || this.#file === undefined) return;
    this.#changed = false;
    try {
      writeGlyphs(this.#file, this.#table);
    } catch {
      // No room or no right to write there: the glyphs are drawn again next time.
    }
  }

  #saveLater(): void {
    this.#changed = true;
    if (this.#timer !== undefined) {
      this.#timer.refresh();
      return;
    }
    this.#timer = setTimeout(() => this.save(), SAVE_AFTER_MS).unref();
    process.on('exit', this.#atExit);
  }
}

/** What stands for a character that no font has: an empty box. */
function box(widthDots: number, heightDots: number): Uint8Array {
  const rowBytes = (widthDots + 7) >> 3;
  const rows = new Uint8Array(rowBytes * heightDots);
  const left = 1;
  const right = widthDots - 2;
  const upper = Math.floor(heightDots / 8);
  const lower = heightDots - 1 - upper;
  for (let y = upper; y <= lower; y++) {
    for (let x = left; x <= right; x++) {
      if (y !== upper && y !== lower && x !== left && x !== right) continue;
      const at = y * rowBytes + (x >> 3);
      rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return rows;
}

function defaultDirectory(): string {
  const { XDG_CACHE_HOME } = process.env;
  return join(XDG_CACHE_HOME ? XDG_CACHE_HOME : join(homedir(), '.cache'), 'paperjam');
}
