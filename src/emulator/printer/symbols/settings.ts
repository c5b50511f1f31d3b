import type { BarcodeItem } from '../paper/operations.js';
import type { QrLevel } from './qr-size.js';

/** What the symbol commands set, and `ESC @` puts back. Dots unless the name says otherwise. */
export interface SymbolSettings {
  readonly barcode: BarcodeSettings;
  readonly qr: { model: 1 | 2 | 'micro'; moduleDots: number; level: QrLevel };
  readonly pdf417: Pdf417Settings;
  /** `GS ( k` <Function 265>. */
  readonly maxicode: { mode: 2 | 3 | 4 | 5 | 6 };
  readonly dataBar: StackSettings;
  readonly composite: StackSettings;
  /** `layers` 0: as many as it takes. `correctionPercent` of the symbol. */
  readonly aztec: { compact: boolean; layers: number; moduleDots: number; correctionPercent: number };
  /** `columns` and `rows` 0: as many as it takes. */
  readonly dataMatrix: { rectangular: boolean; columns: number; rows: number; moduleDots: number };
  /** The symbol storage area: there is one, and whatever is stored last is in it. */
  stored: StoredSymbol | undefined;
}

export interface BarcodeSettings {
  heightDots: number;
  moduleDots: number;
  hri: BarcodeItem['hri'];
  hriStyle: number;
}

export interface Pdf417Settings {
  /** 0: as many as it takes. */
  columns: number;
  rows: number;
  moduleDots: number;
  /** Height of a row, in modules. */
  rowModules: number;
  /** A level from 0 to 8, or a share of the data codewords in tenths. */
  correction: { readonly level: number } | { readonly tenths: number };
  truncated: boolean;
}

/** `mostDots`: how wide an expanded stacked symbol may become. */
export interface StackSettings {
  moduleDots: number;
  mostDots: number;
}

/** The bytes as they were sent, one character each. */
export interface StoredSymbol {
  /** cn of `GS ( k`: which kind of symbol it was stored for. */
  readonly cn: number;
  readonly data: string;
  /** DataBar: which of its kinds. */
  readonly kind?: number;
  /** Composite: its linear and its two-dimensional component, each with its kind. */
  readonly linear?: { readonly kind: number; readonly data: string };
  readonly component?: { readonly kind: number; readonly data: string };
}

export function newSymbolSettings(): SymbolSettings {
  return {
    barcode: { heightDots: 162, moduleDots: 3, hri: undefined, hriStyle: 0 },
    qr: { model: 2, moduleDots: 3, level: 'L' },
    pdf417: { columns: 0, rows: 0, moduleDots: 3, rowModules: 3, correction: { tenths: 1 }, truncated: false },
    maxicode: { mode: 2 },
    dataBar: { moduleDots: 2, mostDots: 141 },
    composite: { moduleDots: 2, mostDots: 141 },
    aztec: { compact: false, layers: 0, moduleDots: 3, correctionPercent: 23 },
    dataMatrix: { rectangular: false, columns: 0, rows: 0, moduleDots: 3 },
    stored: undefined,
  };
}
