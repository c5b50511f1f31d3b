import { Remembered } from '../../../../base/remembered.js';
import { mod10 } from '../barcode/ean.js';
import { gs1Elements } from '../barcode/gs1.js';
import { bwipModules, type Modules } from '../bwip.js';
import { encodedMatrix, isWithin, latin1, NOT_ENCODED, type SymbolFamily } from './family.js';

/** Kinds of fn 380 and 480. */
export const STACKED = 72;
export const STACKED_OMNI = 73;
export const EXPANDED_STACKED = 76;

const NAMES = {
  [STACKED]: 'databarstacked',
  [STACKED_OMNI]: 'databarstackedomni',
  [EXPANDED_STACKED]: 'databarexpandedstacked',
} as const;

const remembered = new Remembered<Modules | undefined>();

/** Only the encoder knows the size. `segments` 0: it has none; `tall`: the component above GS1-128 is CC-C. */
export function stackedModules(bcid: string, text: string, segments: number, tall = false): Modules | undefined {
  return remembered.get(`${bcid} ${segments} ${tall} ${text}`, () => {
    const options = { ...(segments === 0 ? {} : { segments }), ...(tall ? { ccversion: 'c' } : {}) };
    return bwipModules({ bcid, text, dontlint: true, ...options });
  });
}

/** cn 51: Functions 367 to 382. */
export const STACKED_DATA_BAR: SymbolFamily = {
  name: 'GS1 DataBar',
  identifier: 0x4f,
  mostBytes: 255,
  set({ dataBar }, fn, params) {
    const n = params[0] ?? 0;
    if (fn === 67) {
      if (isWithin(n, 2, 8)) dataBar.moduleDots = n;
    } else if (fn === 71) {
      const dots = n | ((params[1] ?? 0) << 8);
      if (isWithin(dots, 106, 3_952)) dataBar.mostDots = dots;
    } else return false;
    return true;
  },
  store(_settings, params) {
    const kind = params[0] ?? 0;
    return kind in NAMES ? { cn: 51, kind, data: latin1(params.subarray(1)) } : undefined;
  },
  encode({ dataBar }, { data: sent, kind }, { widthDots: room }) {
    const { moduleDots, mostDots } = dataBar;
    const data = stackedText(kind ?? 0, sent);
    if (data === undefined) return NOT_ENCODED;
    const symbology = NAMES[kind as keyof typeof NAMES];
    const segments = kind === EXPANDED_STACKED ? segmentsIn(Math.min(mostDots, room) / moduleDots) : 0;
    const modules = stackedModules(symbology, data, segments);
    if (modules === undefined) return NOT_ENCODED;
    const widthDots = modules.columns * moduleDots;
    const heightDots = modules.heightModules * moduleDots;
    return encodedMatrix({ symbology, data, options: { segments }, moduleDots, widthDots, heightDots });
  },
};

/** The element string of 13 digits, or of the data of an expanded symbol. */
export function stackedText(kind: number, sent: string): string | undefined {
  if (kind === EXPANDED_STACKED) return gs1Elements(sent)?.elements;
  return /^[0-9]{13}$/.test(sent) ? `(01)${sent}${mod10(sent)}` : undefined;
}

/** Symbol characters in a row of an expanded symbol: pairs of 49 modules, and 4 for the guards. At least one pair. */
export function segmentsIn(modules: number): number {
  return 2 * Math.min(Math.max(Math.floor((modules - 4) / 49), 1), 11);
}

/** Heights of the rows, from above: a separator is one module high, two rows of an expanded symbol have three between. */
export function stackedRows(symbology: string, rows: number): number[] {
  if (symbology === 'databarstacked') return [5, 1, 7];
  if (symbology === 'databarstackedomni') return [33, 1, 1, 1, 33];
  return Array.from({ length: rows }, (_, row) => (row % 4 === 0 ? 34 : 1));
}
