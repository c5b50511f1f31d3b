import { createReadStream, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { requireEmulated } from '../emulator/printer/language.js';
import { heightMm } from '../emulator/printer/paper/listing.js';
import type { PaperPiece } from '../emulator/printer/paper/piece.js';
import { toPng } from '../emulator/printer/paper/png.js';
import { rasterise } from '../emulator/printer/paper/raster.js';
import { toSvg } from '../emulator/printer/paper/svg.js';
import { pieceText } from '../emulator/printer/paper/text.js';
import { openGlyphs } from '../glyphs/glyphs.js';
import type { GlyphSource } from '../ports/glyphs.js';
import { readPrinterProfile } from '../world/devices.js';
import { type Rendered, Rendering } from '../world/render.js';
import { EXIT } from './exit.js';
import { MissingGlyphs } from './missing-glyphs.js';
import { errorText, paperText } from './words.js';

export interface RenderFlags {
  readonly device: string;
  /** Where pictures are written; without it none are, and JSON carries them itself. */
  readonly out?: string;
  readonly svg?: boolean;
  readonly json?: boolean;
}

/** A piece of paper in the result. */
interface PaperView {
  /** The path of the file, or without `--out` the picture itself as a data URI. */
  readonly png: string;
  readonly svg?: string;
  readonly text: string;
  readonly heightMm: number;
  /** `null`: it still hung in the printer at the end. */
  readonly cut: PaperPiece['cut'] | null;
}

/**
 * `paperjam render FILE…`: what a printer makes of each file, as pictures and text. A file that cannot be read is named,
 * the others are rendered all the same, and the exit code is 2.
 */
export async function render(files: readonly string[], flags: RenderFlags): Promise<void> {
  const profile = readPrinterProfile(flags.device);
  requireEmulated(profile);
  if (flags.out !== undefined) tryToWrite(flags.out, (path) => mkdirSync(path, { recursive: true }));
  const glyphs = openGlyphs();
  const names = new Set<string>();
  for (const file of files) {
    const name = unlike(names, file === '-' ? 'stdin' : basename(file));
    const missing = new MissingGlyphs(glyphs);
    const papers: PaperView[] = [];
    const paper = (piece: PaperPiece) => {
      const view = paperView(piece, missing, `${name}.${papers.length + 1}`, flags);
      papers.push(view);
      if (flags.json !== true) process.stdout.write(`${paperWords(file, piece, view, flags)}\n`);
    };
    try {
      const rendered = await print(file, new Rendering({ profile, paper }));
      const warnings = [...rendered.warnings, ...missing.warnings];
      const { bytes, unknown, replies } = rendered;
      const result = { file, bytes, unknown, warnings, papers, replies: Buffer.from(replies).toString('hex') };
      process.stdout.write(flags.json === true ? `${JSON.stringify(result)}\n` : sumText(file, rendered, warnings));
    } catch (error) {
      if (!(error instanceof PaperjamError) || error.code !== 'PJ_RENDER_INPUT') throw error;
      process.exitCode = EXIT.usage;
      const { code, message } = error;
      if (flags.json === true) process.stdout.write(`${JSON.stringify({ file, error: { code, message } })}\n`);
      process.stderr.write(`paperjam: ${errorText(error)}\n`);
    }
  }
}

async function print(file: string, rendering: Rendering): Promise<Rendered> {
  const stream = file === '-' ? process.stdin : createReadStream(file);
  try {
    for await (const chunk of stream) {
      rendering.feed(chunk as Uint8Array); // Neither has an encoding.
      if (!rendering.takesMore) break;
    }
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause)) throw cause;
    throw new PaperjamError(
      'PJ_RENDER_INPUT',
      { file, problem: PROBLEMS[String(cause.code)] ?? cause.message },
      { cause },
    );
  }
  return rendering.finish();
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
};

function paperView(piece: PaperPiece, glyphs: GlyphSource, name: string, { out, svg, json }: RenderFlags): PaperView {
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

function paperWords(file: string, piece: PaperPiece, view: PaperView, { out }: RenderFlags): string {
  const pictures = out === undefined ? [] : [view.png, view.svg].filter((path) => path !== undefined);
  const end = view.cut === null ? 'not cut' : view.cut;
  return [`${file}: ${view.heightMm} mm, ${end}`, paperText(piece), ...pictures.map((path) => `  ${path}`)].join('\n');
}

function sumText(file: string, { bytes, unknown, replies }: Rendered, warnings: readonly object[]): string {
  const lines = [
    `${file}: ${bytes} bytes`,
    ...unknown.map(({ offset, hex }) => `  unknown at ${offset}: ${hex}`),
    ...warnings.map((warning) => `  ${Object.values(warning).join(' ')}`),
    ...(replies.length === 0 ? [] : [`  answered ${Buffer.from(replies).toString('hex')}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Files of the same name in different folders get names of their own. */
function unlike(names: Set<string>, name: string): string {
  let own = name;
  for (let n = 2; names.has(own); n++) own = `${name}-${n}`;
  names.add(own);
  return own;
}

function tryToWrite(path: string, write: (path: string) => void): void {
  try {
    write(path);
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new PaperjamError('PJ_RENDER_OUTPUT', { path, problem: cause.message }, { cause });
  }
}
