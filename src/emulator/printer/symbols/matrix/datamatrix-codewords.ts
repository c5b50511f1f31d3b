const BASE_256 = 231;
const C40_LATCH = 230;
const TEXT_LATCH = 239;
const UNLATCH = 254;
const UPPER_SHIFT = 235;

const SECOND_SET = '!"#$%&\'()*+,-./:;<=>?@[\\]^_';

/** ECC 200: modules across and down, and data codewords (ISO/IEC 16022 table 7). */
type Size = readonly [columns: number, rows: number, codewords: number];

const SQUARES: readonly Size[] = [
  [10, 10, 3],
  [12, 12, 5],
  [14, 14, 8],
  [16, 16, 12],
  [18, 18, 18],
  [20, 20, 22],
  [22, 22, 30],
  [24, 24, 36],
  [26, 26, 44],
  [32, 32, 62],
  [36, 36, 86],
  [40, 40, 114],
  [44, 44, 144],
  [48, 48, 174],
  [52, 52, 204],
  [64, 64, 280],
  [72, 72, 368],
  [80, 80, 456],
  [88, 88, 576],
  [96, 96, 696],
  [104, 104, 816],
  [120, 120, 1_050],
  [132, 132, 1_304],
  [144, 144, 1_558],
];
const RECTANGLES: readonly Size[] = [
  [18, 8, 5],
  [32, 8, 10],
  [26, 12, 16],
  [36, 12, 22],
  [36, 16, 32],
  [48, 16, 49],
];
const MOST_CODEWORDS = 1_558;

export interface DataMatrixSize {
  readonly columns: number;
  readonly rows: number;
}

/** The smallest symbol for so many codewords; `columns` and `rows` 0: any. */
export function dataMatrixSize(
  codewords: number,
  rectangular: boolean,
  columns: number,
  rows: number,
): DataMatrixSize | undefined {
  const size = (rectangular ? RECTANGLES : SQUARES).find(
    ([across, down, most]) =>
      most >= codewords && (columns === 0 || across === columns) && (rows === 0 || down === rows),
  );
  return size === undefined ? undefined : { columns: size[0], rows: size[1] };
}

/** The data as codewords, in the one of four encodations that is shortest for all of it; `undefined`: too much. */
export function dataMatrixCodewords(data: string): readonly number[] | undefined {
  if (data.length > 2 * MOST_CODEWORDS) return undefined;
  let best = ascii(data);
  for (const other of [base256(data), triples(data, false), triples(data, true)])
    if (other !== undefined && other.length < best.length) best = other;
  return best.length > MOST_CODEWORDS ? undefined : best;
}

/** Two digits to a codeword, a character of ASCII to one, another byte to two. */
function ascii(data: string): number[] {
  const codewords: number[] = [];
  for (let at = 0; at < data.length; at++) {
    const code = data.charCodeAt(at);
    if (/^[0-9]{2}$/.test(data.slice(at, at + 2))) codewords.push(130 + Number(data.slice(at++, at + 1)));
    else if (code < 0x80) codewords.push(code + 1);
    else codewords.push(UPPER_SHIFT, code - 127);
  }
  return codewords;
}

function base256(data: string): number[] {
  const { length } = data;
  const bytes = length < 250 ? [length] : [Math.floor(length / 250) + 249, length % 250];
  for (let at = 0; at < length; at++) bytes.push(data.charCodeAt(at));
  // Randomised by the place of the codeword, counted from 1; the first is the latch.
  return [BASE_256, ...bytes.map((byte, at) => (byte + ((149 * (at + 2)) % 255) + 1) % 256)];
}

/** C40, or Text: three values to two codewords; what does not fill three goes behind them in ASCII. */
function triples(data: string, text: boolean): number[] | undefined {
  const values: number[] = [];
  let whole = 0;
  let wholeValues = 0;
  for (let at = 0; at < data.length; at++) {
    const code = data.charCodeAt(at);
    if (code >= 0x80) return undefined;
    values.push(...tripleValues(code, text));
    if (values.length % 3 === 0) {
      whole = at + 1;
      wholeValues = values.length;
    }
  }
  const codewords = [text ? TEXT_LATCH : C40_LATCH];
  for (let at = 0; at < wholeValues; at += 3) {
    const value = 1_600 * (values[at] ?? 0) + 40 * (values[at + 1] ?? 0) + (values[at + 2] ?? 0) + 1;
    codewords.push(value >> 8, value & 0xff);
  }
  return [...codewords, UNLATCH, ...ascii(data.slice(whole))];
}

function tripleValues(code: number, text: boolean): number[] {
  const isUpper = code >= 0x41 && code <= 0x5a;
  const isLower = code >= 0x61 && code <= 0x7a;
  if (code === 0x20) return [3];
  if (code >= 0x30 && code <= 0x39) return [code - 44];
  if (text ? isLower : isUpper) return [(code & 0x1f) + 13];
  if (code < 0x20) return [0, code];
  const second = SECOND_SET.indexOf(String.fromCharCode(code));
  if (second >= 0) return [1, second];
  return [2, isUpper || isLower ? code & 0x1f : code === 0x60 ? 0 : code - 96];
}
