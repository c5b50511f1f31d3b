import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { heightMm } from '../emulator/printer/paper/listing.js';
import type { PaperPiece } from '../emulator/printer/paper/piece.js';
import { toPng } from '../emulator/printer/paper/png.js';
import { rasterise } from '../emulator/printer/paper/raster.js';
import { toSvg } from '../emulator/printer/paper/svg.js';
import { pieceText } from '../emulator/printer/paper/text.js';
import { fileProblem } from '../ground/file-problem.js';
import { makeFolder } from '../ground/make-folder.js';
import type { GlyphSource } from '../ports/glyphs.js';
import { paperText } from './words.js';

/** What `render` and `replay` say of how paper is to be shown. */
export interface PictureFlags {
  /** Where pictures are written; without it none are, and JSON carries them itself. */
  readonly out?: string;
  readonly svg?: boolean;
  readonly json?: boolean;
}

/** A piece of paper in the result. */
export interface PaperView {
  /** The path of the file, or without `--out` the picture itself as a data URI. */
  readonly png: string;
  readonly svg?: string;
  readonly text: string;
  readonly heightMm: number;
  /** `null`: it still hung in the printer at the end. */
  readonly cut: PaperPiece['cut'] | null;
}

export interface PaperShowOptions {
  /** What it was printed from, for people; */
  readonly file: string;
  /** and how the names of the pictures begin. */
  readonly name: string;
  readonly glyphs: GlyphSource;
  readonly flags: PictureFlags;
}

/** Makes the folder for pictures. Throws `PJ_RENDER_OUTPUT`. */
export function makeOut({ out }: PictureFlags): void {
  if (out !== undefined) tryToWrite(out, makeFolder);
}

/** Shows paper piece by piece as it is handed over: as text unless JSON is wanted, and as pictures. */
export function paperShow({ file, name, glyphs, flags }: PaperShowOptions): {
  readonly papers: readonly PaperView[];
  readonly paper: (piece: PaperPiece) => void;
} {
  const papers: PaperView[] = [];
  return {
    papers,
    paper(piece) {
      const view = paperView(piece, glyphs, `${name}.${papers.length + 1}`, flags);
      papers.push(view);
      if (flags.json !== true) process.stdout.write(`${paperWords(file, piece, view, flags)}\n`);
    },
  };
}

function paperView(piece: PaperPiece, glyphs: GlyphSource, name: string, { out, svg, json }: PictureFlags): PaperView {
  const text = pieceText(piece);
  const rest = { text, heightMm: heightMm(piece), cut: piece.cut ?? null };
  if (out === undefined && json !== true) return { png: '', ...rest };
  const raster = rasterise(piece, glyphs);
  const put = (ending: string, type: string, content: Uint8Array) => {
    if (out === undefined) return `data:${type};base64,${Buffer.from(content).toString('base64')}`;
    const path = join(out, `${name}.${ending}`);
    tryToWrite(path, () => writeFileSync(path, content));
    return path;
  };
  const png = put('png', 'image/png', toPng(raster));
  return { png, ...(svg ? { svg: put('svg', 'image/svg+xml', Buffer.from(toSvg(piece, raster))) } : {}), ...rest };
}

function paperWords(file: string, piece: PaperPiece, view: PaperView, { out }: PictureFlags): string {
  const pictures = out === undefined ? [] : [view.png, view.svg].filter((path) => path !== undefined);
  const end = view.cut === null ? 'not cut' : view.cut;
  return [`${file}: ${view.heightMm} mm, ${end}`, paperText(piece), ...pictures.map((path) => `  ${path}`)].join('\n');
}

function tryToWrite(path: string, write: (path: string) => void): void {
  try {
    write(path);
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new PaperjamError('PJ_RENDER_OUTPUT', { path, problem: fileProblem(cause) }, { cause });
  }
}
