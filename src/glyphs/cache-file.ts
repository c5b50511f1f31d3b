import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../ground/make-folder.js';
import type { Glyph } from '../ports/glyphs.js';

/** Drawn characters by cell and code point. */
export class GlyphTable {
  readonly #cells = new Map<number, Map<number, Glyph>>();

  get(codePoint: number, widthDots: number, heightDots: number): Glyph | undefined {
    return this.#cells.get(widthDots * 256 + heightDots)?.get(codePoint);
  }

  set(codePoint: number, glyph: Glyph): void {
    const cell = glyph.widthDots * 256 + glyph.heightDots;
    let glyphs = this.#cells.get(cell);
    if (glyphs === undefined) {
      glyphs = new Map();
      this.#cells.set(cell, glyphs);
    }
    glyphs.set(codePoint, glyph);
  }

  *entries(): IterableIterator<[codePoint: number, glyph: Glyph]> {
    for (const glyphs of this.#cells.values()) yield* glyphs;
  }
}

const MAGIC = 'paperjam glyphs 2 ';
const RECORD_HEAD_BYTES = 7;

/**
 * Reads a cache file into `table`, which keeps what it has. A file that is missing, torn or changed counts as empty: the
 * first line carries the hash of the rest.
 */
export function readGlyphs(file: string, table: GlyphTable): void {
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch {
    return;
  }
  const end = content.indexOf(0x0a);
  const body = content.subarray(end + 1);
  if (end < 0 || content.toString('latin1', 0, end) !== MAGIC + hashOf(body)) return;
  for (let at = 0; at + RECORD_HEAD_BYTES <= body.length; ) {
    const codePoint = body.readUInt32LE(at);
    const widthDots = body.readUInt8(at + 4);
    const heightDots = body.readUInt8(at + 5);
    const missing = body.readUInt8(at + 6) === 1;
    at += RECORD_HEAD_BYTES;
    const bytes = ((widthDots + 7) >> 3) * heightDots;
    const rows = new Uint8Array(body.subarray(at, at + bytes));
    at += bytes;
    if (table.get(codePoint, widthDots, heightDots) === undefined)
      table.set(codePoint, { widthDots, heightDots, rows, missing });
  }
}

/**
 * Writes `table`, together with what another process has put into the file meanwhile, as a new file that takes the old
 * one's place whole. Throws what the file system throws.
 */
export function writeGlyphs(file: string, table: GlyphTable): void {
  makeFolder(dirname(file));
  readGlyphs(file, table);
  const parts: Uint8Array[] = [];
  for (const [codePoint, { widthDots, heightDots, rows, missing }] of table.entries()) {
    const head = Buffer.alloc(RECORD_HEAD_BYTES);
    head.writeUInt32LE(codePoint, 0);
    head.writeUInt8(widthDots, 4);
    head.writeUInt8(heightDots, 5);
    head.writeUInt8(missing ? 1 : 0, 6);
    parts.push(head, rows);
  }
  const body = Buffer.concat(parts);
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(draft, Buffer.concat([Buffer.from(`${MAGIC}${hashOf(body)}\n`), body]));
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function hashOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}
