/**
 * One ticket in every language, on wide and on narrow paper, against what is kept in `golden/`.
 *
 * Where the emulated printer understands the language, a picture of the paper, its text beside it. Otherwise the bytes, a
 * line for each command or line of text. To keep what comes out now, after looking at it:
 *
 *     PAPERJAM_UPDATE=1 npx vitest run --config test/vitest.config.ts test/printer/golden.test.ts
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decode } from 'fast-png';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { isEmulated } from '../../src/emulator/printer/language.js';
import { toPng } from '../../src/emulator/printer/paper/png.js';
import { rasterise } from '../../src/emulator/printer/paper/raster.js';
import { pieceText } from '../../src/emulator/printer/paper/text.js';
import { openGlyphs } from '../../src/glyphs/glyphs.js';
import type { PrinterProfile } from '../../src/ports/device.js';
import type { EncodedTicket } from '../../src/printer/dialect.js';
import { prepareDialect } from '../../src/printer/prepare-dialect.js';
import { readPrinterProfile } from '../../src/world/devices.js';
import { instantBench } from '../emulator/printer/bench.js';
import { readCodes } from '../emulator/printer/symbols/read-codes.js';
import { GOLDEN_TICKET, GOLDEN_TICKET_WITHOUT_PICTURE } from './golden-ticket.js';

const FOLDER = fileURLToPath(new URL('golden/', import.meta.url));
const UPDATE = process.env.PAPERJAM_UPDATE === '1';
const glyphs = openGlyphs();

/** A narrow printer of the same language, where no profile describes one. */
function narrow(profile: PrinterProfile): PrinterProfile {
  return { ...profile, columns: 32, paper: { ...profile.paper, widthMm: 58, printableDots: 384 } };
}

const CASES: readonly (readonly [string, PrinterProfile])[] = [
  ['escpos-80', readPrinterProfile('epson-tm-m30')],
  ['escpos-58', readPrinterProfile('sunmi-58')],
  ['escpos-western-80', { ...readPrinterProfile('epson-tm-m30'), cjk: 'none' }],
  ['star-line-80', readPrinterProfile('star-tsp654ii')],
  ['star-line-58', narrow(readPrinterProfile('star-tsp654ii'))],
  ['star-line-western-80', { ...readPrinterProfile('star-tsp654ii'), cjk: 'none' }],
  ['star-prnt-80', readPrinterProfile('star-mc-print3')],
  ['star-prnt-58', readPrinterProfile('star-mc-print2')],
  ['daruma-80', readPrinterProfile('daruma-dr800')],
  ['daruma-58', narrow(readPrinterProfile('daruma-dr800'))],
  ['tanca-80', readPrinterProfile('tanca-tp-650')],
  ['tanca-58', narrow(readPrinterProfile('tanca-tp-650'))],
  ['brother-80', readPrinterProfile('brother-rj-3150')],
  ['brother-58', readPrinterProfile('brother-td-2120n')],
  ['custom-80', readPrinterProfile('custom-q3x')],
  ['custom-60', readPrinterProfile('custom-tg2460h')],
];

async function encode(profile: PrinterProfile): Promise<EncodedTicket> {
  const ticket = profile.language === 'daruma' ? GOLDEN_TICKET_WITHOUT_PICTURE : GOLDEN_TICKET;
  return (await prepareDialect(profile)).encode(ticket);
}

describe.each(CASES.filter(([, profile]) => isEmulated(profile)))('%s', (name, profile) => {
  test('prints what is kept as a picture, and the codes in it can be read', async () => {
    const { blocks } = await encode(profile);
    const { printer } = instantBench(profile)
      .send(...blocks.map(({ bytes }) => bytes))
      .finish();
    expect(printer.unknown).toEqual([]);
    expect(printer.warnings).toEqual([]);
    const [piece, ...more] = printer.paper.pieces;
    if (piece === undefined) throw new Error('nothing was printed');
    expect(more).toEqual([]);
    const raster = rasterise(piece, glyphs);
    keep(`${name}.txt`, Buffer.from(pieceText(piece)), (kept) => expect(pieceText(piece)).toBe(kept.toString()));
    keep(`${name}.png`, toPng(raster), (kept) => expect(decode(kept)).toEqual(decode(toPng(raster))));
    const codes = await readCodes(toPng(raster, 40));
    expect(codes.map(({ format, text }) => [format, text]).sort()).toEqual([
      ['Code128', 'PJ-20260101'],
      ['EAN13', '6901234567892'],
      ['QRCode', 'https://example.com/票/20260101080000000001'],
    ]);
  });

  test('says how much paper each block moves: together as much as lies there', async () => {
    const { blocks } = await encode(profile);
    const { printer } = instantBench(profile)
      .send(...blocks.map(({ bytes }) => bytes))
      .finish();
    const [piece] = printer.paper.pieces;
    const told = blocks.reduce((sum, { paperMm = 0 }) => sum + paperMm, 0);
    expect(Math.abs(told - (piece?.heightMm ?? 0))).toBeLessThan(1);
    expect(blocks.reduce((sum, { cuts = 0 }) => sum + cuts, 0)).toBe(profile.cutter ? 1 : 0);
  });
});

describe.each(CASES.filter(([, profile]) => !isEmulated(profile)))('%s', (name, profile) => {
  test('is the bytes that are kept', async () => {
    const dump = dumped(await encode(profile), profile);
    keep(`${name}.bytes`, Buffer.from(dump), (kept) => expect(dump).toBe(kept.toString()));
  });
});

test('nothing else is kept', () => {
  const names = CASES.flatMap(([name, profile]) =>
    isEmulated(profile) ? [`${name}.png`, `${name}.txt`] : [`${name}.bytes`],
  );
  expect(readdirSync(FOLDER).sort()).toEqual(names.sort());
});

function keep(name: string, made: Uint8Array, compare: (kept: Buffer) => void): void {
  const path = FOLDER + name;
  if (UPDATE || !existsSync(path)) writeFileSync(path, made);
  compare(readFileSync(path));
}

const BYTES_A_LINE = 50;

/** Each block with its name and its paper; bytes in hex, and beside them what a person can read of them. */
function dumped({ blocks }: EncodedTicket, profile: PrinterProfile): string {
  const charset = profile.cjk === 'gb18030' ? 'gb18030' : profile.language === 'brother' ? 'latin1' : 'cp437';
  return blocks
    .map(({ name, bytes, paperMm = 0, cuts = 0 }) => {
      const head = `${name}: ${bytes.length} bytes, ${Math.round(paperMm * 100) / 100} mm${cuts === 0 ? '' : ', cut'}`;
      const rows = split(bytes).map((row) => {
        const text = iconv.decode(Buffer.from(row), charset).replace(/\p{C}/gu, '·');
        return `  ${Buffer.from(row)
          .toString('hex')
          .replace(/../g, '$& ')
          .padEnd(3 * BYTES_A_LINE)} |${text}|`;
      });
      return [head, ...rows].join('\n');
    })
    .join('\n\n')
    .concat('\n');
}

/** A new row at each ESC, after each line feed, and where a row is full. */
function split(bytes: Uint8Array): Uint8Array[] {
  const rows: Uint8Array[] = [];
  let from = 0;
  for (let at = 1; at <= bytes.length; at++) {
    const full = at - from === BYTES_A_LINE;
    if (at < bytes.length && bytes[at] !== 0x1b && bytes[at - 1] !== 0x0a && !full) continue;
    rows.push(bytes.subarray(from, at));
    from = at;
  }
  return rows;
}
