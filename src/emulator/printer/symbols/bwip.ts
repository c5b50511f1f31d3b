import bwip from 'bwip-js';

/** What `bwip-js` is asked for: which encoder, and its text; the rest are the encoder's own options. */
export interface BwipRequest {
  readonly bcid: string;
  readonly text: string;
  readonly [option: string]: string | number | boolean;
}

/** Widths of bars and spaces in turn, from the first bar, in modules. */
export function bwipRuns(request: BwipRequest): readonly number[] | undefined {
  const symbol = encode(request);
  return symbol !== undefined && 'sbs' in symbol ? symbol.sbs : undefined;
}

/** Modules row by row, `columns` each, 1 = dark. */
export interface Modules {
  readonly columns: number;
  /** Height of the whole symbol in modules; fewer rows than that stand in `cells` when rows are higher than a module. */
  readonly heightModules: number;
  readonly cells: readonly number[];
}

export function bwipModules(request: BwipRequest): Modules | undefined {
  const symbol = encode(request);
  if (symbol === undefined || !('pixx' in symbol)) return undefined;
  return { columns: symbol.pixx, heightModules: symbol.pixy, cells: symbol.pixs };
}

/** The dark hexagons of a MaxiCode, numbered row by row, 30 to a row. */
export function bwipHexagons(request: BwipRequest): readonly number[] | undefined {
  const symbol = encode(request);
  return symbol !== undefined && 'pixs' in symbol && !('pixx' in symbol) ? symbol.pixs : undefined;
}

type RawSymbol =
  | { readonly sbs: readonly number[] }
  | { readonly pixs: readonly number[]; readonly pixx: number; readonly pixy: number }
  | { readonly pixs: readonly number[] };

/** `undefined` for data that the encoder refuses: it says so by throwing. */
function encode(request: BwipRequest): RawSymbol | undefined {
  try {
    // The named export `raw` is something else. The typings know options and results only in part.
    return (bwip.raw as unknown as (request: BwipRequest) => RawSymbol[])(request)[0];
  } catch {
    return undefined;
  }
}
