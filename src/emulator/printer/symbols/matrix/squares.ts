import { rawCodewords } from '../barcode/code128.js';
import { bwipModules, type Modules } from '../bwip.js';
import { aztecBits, aztecSize } from './aztec-bits.js';
import { dataMatrixCodewords, dataMatrixSize } from './datamatrix-codewords.js';
import { encodedMatrix, isWithin, type SymbolFamily, TOO_MUCH } from './family.js';

type Options = Readonly<Record<string, string | number | boolean>>;

/** An Aztec code of the size that was reckoned; correction fills what the data leaves. */
export function aztecModules(data: string, { compact, layers = 0 }: Options): Modules | undefined {
  const format = compact ? 'compact' : 'full';
  return bwipModules({ bcid: 'azteccode', text: aztecBits(data), raw: true, format, layers, eclevel: 5 });
}

/** A DataMatrix (ECC 200): square, or rectangular. */
export function dataMatrixModules(data: string, { rectangular, columns = 0, rows = 0 }: Options): Modules | undefined {
  const bcid = rectangular ? 'datamatrixrectangular' : 'datamatrix';
  return bwipModules({ bcid, text: rawCodewords(dataMatrixCodewords(data) ?? []), raw: true, columns, rows });
}

/** cn 53: Functions 566 to 582. */
export const AZTEC: SymbolFamily = {
  name: 'Aztec Code',
  identifier: 0x51,
  mostBytes: 3_832,
  set({ aztec }, fn, params) {
    const n = params[0] ?? 0;
    switch (fn) {
      case 66: {
        const compact = (n & 0xcf) === 1;
        const layers = params[1] ?? 0;
        if ((n & 0xcf) > 1 || !(layers === 0 || (compact ? isWithin(layers, 1, 4) : isWithin(layers, 4, 32))))
          return true;
        aztec.compact = compact;
        aztec.layers = layers;
        return true;
      }
      case 67:
        if (isWithin(n, 2, 16)) aztec.moduleDots = n;
        return true;
      case 69:
        if (isWithin(n, 5, 95)) aztec.correctionPercent = n;
        return true;
      default:
        return false;
    }
  },
  encode({ aztec }, { data }) {
    const { compact, layers, moduleDots, correctionPercent } = aztec;
    const size = aztecSize(aztecBits(data), compact, layers, correctionPercent);
    if (size === undefined) return TOO_MUCH;
    const side = size.side * moduleDots;
    const options = { compact, layers: size.layers };
    return encodedMatrix({ symbology: 'aztec', data, options, moduleDots, widthDots: side, heightDots: side });
  },
};

/** cn 54: Functions 666 to 682. */
export const DATA_MATRIX: SymbolFamily = {
  name: 'DataMatrix',
  identifier: 0x52,
  mostBytes: 3_116,
  set({ dataMatrix }, fn, params) {
    const n = params[0] ?? 0;
    switch (fn) {
      case 66: {
        // A square has one size, told twice; of a rectangle the shorter side is the height, whichever comes first.
        const [one = 0, other = 0] = params.subarray(1);
        if ((n & 0xcf) > 1) return true;
        dataMatrix.rectangular = (n & 0xcf) === 1;
        dataMatrix.rows = dataMatrix.rectangular ? Math.min(one, other) : Math.max(one, other);
        dataMatrix.columns = Math.max(one, other);
        return true;
      }
      case 67:
        if (isWithin(n, 2, 16)) dataMatrix.moduleDots = n;
        return true;
      default:
        return false;
    }
  },
  encode({ dataMatrix }, { data }) {
    const { rectangular, columns, rows, moduleDots } = dataMatrix;
    const codewords = dataMatrixCodewords(data);
    const size = codewords && dataMatrixSize(codewords.length, rectangular, columns, rows);
    if (size === undefined) return TOO_MUCH;
    const options = { rectangular, ...size };
    const widthDots = size.columns * moduleDots;
    const heightDots = size.rows * moduleDots;
    return encodedMatrix({ symbology: 'datamatrix', data, options, moduleDots, widthDots, heightDots });
  },
};
