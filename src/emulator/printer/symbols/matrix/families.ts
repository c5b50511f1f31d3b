import { COMPOSITE } from './composite.js';
import type { SymbolFamily } from './family.js';
import { MAXICODE } from './maxicode.js';
import { PDF417 } from './pdf417.js';
import { QR } from './qr.js';
import { AZTEC, DATA_MATRIX } from './squares.js';
import { STACKED_DATA_BAR } from './stacked.js';

/** The symbols of `GS ( k`, from cn 48. */
export const SYMBOL_FAMILIES: readonly SymbolFamily[] = [
  PDF417,
  QR,
  MAXICODE,
  STACKED_DATA_BAR,
  COMPOSITE,
  AZTEC,
  DATA_MATRIX,
];

const FIRST_CN = 48;

export function symbolFamily(cn: number): SymbolFamily | undefined {
  return SYMBOL_FAMILIES[cn - FIRST_CN];
}
