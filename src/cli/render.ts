import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { requireEmulated } from '../emulator/printer/language.js';
import { openGlyphs } from '../glyphs/glyphs.js';
import { readPrinterProfile } from '../world/devices.js';
import { type Rendered, Rendering } from '../world/render.js';
import { EXIT } from './exit.js';
import { MissingGlyphs } from './missing-glyphs.js';
import { makeOut, type PictureFlags, paperShow } from './paper-show.js';
import { errorText } from './words.js';

export interface RenderFlags extends PictureFlags {
  readonly device: string;
}

/**
 * `paperjam render FILE…`: what a printer makes of each file, as pictures and text. A file that cannot be read is named,
 * the others are rendered all the same, and the exit code is 2.
 */
export async function render(files: readonly string[], flags: RenderFlags): Promise<void> {
  const profile = readPrinterProfile(flags.device);
  requireEmulated(profile);
  makeOut(flags);
  const glyphs = openGlyphs();
  const names = new Set<string>();
  for (const file of files) {
    const name = unlike(names, file === '-' ? 'stdin' : basename(file));
    const missing = new MissingGlyphs(glyphs);
    const { papers, paper } = paperShow({ file, name, glyphs: missing, flags });
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
