import type { MatrixItem, QrItem } from '../../paper/operations.js';
import type { StoredSymbol, SymbolSettings } from '../settings.js';

/** Where a symbol is to be printed. */
export interface SymbolRoom {
  readonly widthDots: number;
  readonly dpi: number;
}

/** A symbol as far as printing has to know it: what to draw later, and its size. */
export interface EncodedSymbol {
  readonly item: MatrixItem | QrItem;
  readonly widthDots: number;
  readonly heightDots: number;
}

/** One kind of symbol of `GS ( k`, by its cn. */
export interface SymbolFamily {
  readonly name: string;
  /** The byte behind 37H in the answer to fn 82. */
  readonly identifier: number;
  /** Most bytes of data that fn 80 takes. */
  readonly mostBytes: number;
  /** Functions other than 80 to 82; `params` come behind fn. `false`: there is no such function. Values out of range are ignored. */
  set(settings: SymbolSettings, fn: number, params: Uint8Array): boolean;
  /** fn 80, behind m, where the data does not begin there. */
  store?(settings: SymbolSettings, params: Uint8Array): StoredSymbol | undefined;
  /** A string is the reason why it cannot be printed. */
  encode(settings: SymbolSettings, stored: StoredSymbol, room: SymbolRoom): EncodedSymbol | string;
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

export function encodedMatrix(item: Omit<MatrixItem, 'kind' | 'x'>): EncodedSymbol {
  const { widthDots, heightDots } = item;
  return { item: { kind: 'matrix', x: 0, ...item }, widthDots, heightDots };
}

export const TOO_MUCH = 'more data than it can hold';
export const NOT_ENCODED = 'data that it cannot hold';

export function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
