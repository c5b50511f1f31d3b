import { isGs1Escape } from './gs1.js';

/** The bar code systems of `GS k`, by m of its second form (65 to 79). */
export type BarcodeName =
  | 'UPC-A'
  | 'UPC-E'
  | 'EAN-13'
  | 'EAN-8'
  | 'Code 39'
  | 'ITF'
  | 'Codabar'
  | 'Code 93'
  | 'Code 128'
  | 'GS1-128'
  | 'GS1 DataBar Omnidirectional'
  | 'GS1 DataBar Truncated'
  | 'GS1 DataBar Limited'
  | 'GS1 DataBar Expanded'
  | 'Code 128 auto';

/** What `GS k` takes as data. */
export interface BarcodeSystem {
  readonly name: BarcodeName;
  /** Number of data bytes, and others between that are wrong all the same. */
  readonly least: number;
  readonly most: number;
  readonly lengths?: readonly number[];
  /** Whether a byte can stand behind those before it; `before` is the byte before, -1 for none. */
  readonly allows: (byte: number, before: number) => boolean;
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isAscii = (byte: number): boolean => byte <= 0x7f;
const oneOf = (characters: string) => {
  const allowed = new Set(Buffer.from(characters, 'latin1'));
  return (byte: number): boolean => allowed.has(byte);
};

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const CODE39 = oneOf(`0123456789${UPPER} $%*+-./`);
const CODABAR = oneOf('0123456789ABCDabcd$+-./:');
const EXPANDED = oneOf(`0123456789${UPPER}${UPPER.toLowerCase()} !"%&'()*+,-./:;<=>?_{`);
const BRACE = 0x7b;

function digits(name: BarcodeName, least: number, most: number, lengths?: readonly number[]): BarcodeSystem {
  return { name, least, most, allows: isDigit, ...(lengths === undefined ? {} : { lengths }) };
}

/** ESC/POS command manual 10.05, p. 340-341; from m = 65. Code 128 has rules of its own: see `code128.ts`. */
export const BARCODE_SYSTEMS: readonly BarcodeSystem[] = [
  digits('UPC-A', 11, 12),
  digits('UPC-E', 6, 12, [6, 7, 8, 11, 12]),
  digits('EAN-13', 12, 13),
  digits('EAN-8', 7, 8),
  { name: 'Code 39', least: 1, most: 255, allows: CODE39 },
  digits('ITF', 2, 255),
  { name: 'Codabar', least: 1, most: 255, allows: CODABAR },
  { name: 'Code 93', least: 1, most: 255, allows: isAscii },
  { name: 'Code 128', least: 2, most: 255, allows: isAscii },
  {
    name: 'GS1-128',
    least: 2,
    most: 255,
    allows: (byte, before) => isAscii(byte) && (before !== BRACE || isGs1Escape(byte)),
  },
  digits('GS1 DataBar Omnidirectional', 13, 13),
  digits('GS1 DataBar Truncated', 13, 13),
  digits('GS1 DataBar Limited', 13, 13),
  { name: 'GS1 DataBar Expanded', least: 2, most: 255, allows: EXPANDED },
  { name: 'Code 128 auto', least: 1, most: 255, allows: () => true },
];
