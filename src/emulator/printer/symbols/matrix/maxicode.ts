import { Remembered } from '../../../../base/remembered.js';
import { bwipHexagons } from '../bwip.js';
import { encodedMatrix, isWithin, NOT_ENCODED, type SymbolFamily } from './family.js';

/** Hexagons in a row, and rows. */
export const MAXICODE_COLUMNS = 30;
export const MAXICODE_ROWS = 33;

const remembered = new Remembered<readonly number[] | undefined>();

/** cn 50: Functions 265 to 282. Its size is fixed: hexagons 0.88 mm apart, rows 0.76 mm. */
export const MAXICODE: SymbolFamily = {
  name: 'MaxiCode',
  identifier: 0x37,
  mostBytes: 138,
  set({ maxicode }, fn, params) {
    if (fn !== 65) return false;
    const mode = (params[0] ?? 0) - 48;
    if (isWithin(mode, 2, 6)) maxicode.mode = mode as typeof maxicode.mode; // Within the range just tested.
    return true;
  },
  encode({ maxicode }, { data }, { dpi }) {
    if (hexagons(data, maxicode.mode) === undefined) return NOT_ENCODED;
    const moduleDots = Math.max(Math.round((0.88 * dpi) / 25.4), 3);
    return encodedMatrix({
      symbology: 'maxicode',
      data,
      options: { mode: maxicode.mode },
      moduleDots,
      widthDots: MAXICODE_COLUMNS * moduleDots,
      heightDots: (MAXICODE_ROWS - 1) * rowDots(moduleDots) + hexagonDots(moduleDots),
    });
  },
};

/** From row to row: the hexagons lie in the gaps of the row above. */
export function rowDots(moduleDots: number): number {
  return Math.round(moduleDots * 0.866);
}

/** Height of a hexagon. */
export function hexagonDots(moduleDots: number): number {
  return Math.round(moduleDots * 1.155);
}

/** The dark hexagons, numbered row by row; only the encoder knows whether data and mode agree. */
export function hexagons(data: string, mode: number): readonly number[] | undefined {
  return remembered.get(`${mode} ${data}`, () =>
    bwipHexagons({ bcid: 'maxicode', text: data, mode, binarytext: true }),
  );
}
