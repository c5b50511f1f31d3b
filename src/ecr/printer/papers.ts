import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { PaperjamError } from '../../base/errors.js';
import { listingText } from '../../emulator/printer/paper/listing.js';
import type { PaperPiece } from '../../emulator/printer/paper/piece.js';
import { toPng } from '../../emulator/printer/paper/png.js';
import { rasterise } from '../../emulator/printer/paper/raster.js';
import { toSvg } from '../../emulator/printer/paper/svg.js';
import { pieceText } from '../../emulator/printer/paper/text.js';
import type { GlyphSource } from '../../ports/glyphs.js';
import { parse } from '../../till/api/parse.js';
import type { StandalonePrinter } from '../../world/standalone-printer.js';
import { paperView } from './views.js';

interface Format {
  readonly type: string;
  draw(piece: PaperPiece, glyphs: GlyphSource): Uint8Array | string;
}

const FORMATS: Readonly<Record<string, Format>> = {
  png: { type: 'image/png', draw: (piece, glyphs) => toPng(rasterise(piece, glyphs)) },
  svg: { type: 'image/svg+xml', draw: (piece, glyphs) => toSvg(piece, rasterise(piece, glyphs)) },
  txt: { type: 'text/plain; charset=utf-8', draw: pieceText },
  json: { type: 'application/json', draw: listingText },
};

/** More than four metres of paper are no picture. */
const MOST_DOTS = 32_000;

const PAPERS_QUERY = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(100).describe('the newest so many'),
});
const FILE_PARAMS = z.object({ file: z.string() });

/** `GET /v1/papers`, and each piece of paper as `/v1/papers/3.png`, `.svg`, `.txt` or `.json`; `last` is the newest. */
export function servePapers(app: FastifyInstance, { emulated: { paper }, glyphs }: StandalonePrinter): void {
  app.get('/v1/papers', (request) => {
    const { limit } = parse(PAPERS_QUERY, request.query, 'query');
    return { papers: paper.pieces.slice(-limit).map(paperView) };
  });
  app.get('/v1/papers/:file', (request, reply) => {
    const { file } = parse(FILE_PARAMS, request.params, 'path');
    const [, n = '', ending = ''] = /^(last|\d{1,9})\.(\w+)$/.exec(file) ?? [];
    const format = FORMATS[ending];
    const what = `paper ${file}`;
    if (format === undefined)
      throw new PaperjamError('PJ_NOT_FOUND', { what: `${what} (a number or last, and ${allowed})` });
    const piece = n === 'last' ? paper.pieces.at(-1) : paper.pieces[Number(n) - 1];
    if (piece === undefined)
      throw new PaperjamError('PJ_NO_PAPER', { what, problem: `${paper.pieces.length} came out` });
    if (piece.heightDots > MOST_DOTS && (ending === 'png' || ending === 'svg'))
      throw new PaperjamError('PJ_NO_PAPER', { what, problem: `it is ${Math.round(piece.heightMm)} mm long` });
    const content = format.draw(piece, glyphs);
    return reply.type(format.type).send(typeof content === 'string' ? content : Buffer.from(content));
  });
}

const allowed = Object.keys(FORMATS)
  .map((ending) => `.${ending}`)
  .join(', ');
