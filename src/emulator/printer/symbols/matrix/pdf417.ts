import type { Pdf417Settings } from '../settings.js';
import { type EncodedSymbol, encodedMatrix, isWithin, type SymbolFamily, type SymbolRoom, TOO_MUCH } from './family.js';
import { pdf417Codewords } from './pdf417-codewords.js';

const MOST_CODEWORDS = 928;
const MOST_ROWS = 90;
/** Upper ends of the rounded product of data codewords and ratio, for correction levels 1 to 7; beyond them 8. */
const RATIO_STEPS = [3, 10, 20, 45, 100, 200, 400] as const;

/** cn 48: Functions 065 to 082. */
export const PDF417: SymbolFamily = {
  name: 'PDF417',
  identifier: 0x2f,
  mostBytes: 65_532,
  set({ pdf417 }, fn, params) {
    const n = params[0] ?? 0;
    switch (fn) {
      case 65:
        if (isWithin(n, 0, 30)) pdf417.columns = n;
        return true;
      case 66:
        if (n === 0 || isWithin(n, 3, MOST_ROWS)) pdf417.rows = n;
        return true;
      case 67:
        if (isWithin(n, 2, 8)) pdf417.moduleDots = n;
        return true;
      case 68:
        if (isWithin(n, 2, 8)) pdf417.rowModules = n;
        return true;
      case 69: {
        const value = params[1] ?? 0;
        if (n === 48 && isWithin(value, 48, 56)) pdf417.correction = { level: value - 48 };
        if (n === 49 && isWithin(value, 1, 40)) pdf417.correction = { tenths: value };
        return true;
      }
      case 70:
        if (n <= 1) pdf417.truncated = n === 1;
        return true;
      default:
        return false;
    }
  },
  encode: ({ pdf417 }, { data }, room) => encode(pdf417, data, room),
};

function encode(settings: Pdf417Settings, data: string, room: SymbolRoom): EncodedSymbol | string {
  const count = pdf417Codewords(data)?.length;
  if (count === undefined) return TOO_MUCH;
  const level = correctionLevel(settings.correction, count);
  // The first codeword tells how many there are.
  const size = arranged(1 + count + 2 ** (level + 1), settings, room);
  if (size === undefined) return TOO_MUCH;
  const { moduleDots, rowModules, truncated } = settings;
  return encodedMatrix({
    symbology: 'pdf417',
    data,
    options: { ...size, level, truncated },
    moduleDots,
    widthDots: pdf417Modules(size.columns, truncated) * moduleDots,
    heightDots: size.rows * rowModules * moduleDots,
  });
}

/** Start pattern, row indicators, columns of 17 modules each, stop pattern; a truncated symbol ends behind the data. */
export function pdf417Modules(columns: number, truncated: boolean): number {
  return 17 * columns + (truncated ? 35 : 69);
}

function correctionLevel(correction: Pdf417Settings['correction'], count: number): number {
  if ('level' in correction) return correction.level;
  const product = Math.round((count * correction.tenths) / 10);
  const step = RATIO_STEPS.findIndex((most) => product <= most);
  return step < 0 ? 8 : step + 1;
}

/**
 * Columns and rows for so many codewords. What is left to the printer is chosen about three times as wide as high, in
 * rows of three modules, and narrower where the printing area is.
 */
function arranged(
  codewords: number,
  { columns, rows, moduleDots, truncated }: Pdf417Settings,
  { widthDots }: SymbolRoom,
): { columns: number; rows: number } | undefined {
  const fitting = (count: number) => Math.max(Math.ceil(codewords / count), 3);
  if (columns > 0) return checked(codewords, columns, rows > 0 ? rows : fitting(columns));
  if (rows > 0) return checked(codewords, Math.max(Math.ceil(codewords / rows), 1), rows);
  const widest = Math.min(Math.floor((widthDots / moduleDots - pdf417Modules(0, truncated)) / 17), 30);
  let chosen = Math.min(Math.max(Math.round(Math.sqrt(codewords / 3)), 1), Math.max(widest, 1));
  while (chosen < widest && fitting(chosen) > MOST_ROWS) chosen++;
  return checked(codewords, chosen, fitting(chosen));
}

function checked(codewords: number, columns: number, rows: number): { columns: number; rows: number } | undefined {
  const room = columns * rows;
  return room >= codewords && room <= MOST_CODEWORDS && rows <= MOST_ROWS && columns <= 30
    ? { columns, rows }
    : undefined;
}
