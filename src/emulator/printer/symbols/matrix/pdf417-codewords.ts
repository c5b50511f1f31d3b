const TEXT_LATCH = 900;
const BYTE_LATCH = 901;
const NUMERIC_LATCH = 902;
const BYTE_SHIFT = 913;
/** Bytes in full groups of six. */
const BYTE_LATCH_6 = 924;

const MOST_CODEWORDS = 925;
/** Digits, the densest data, that fill them: 44 to 15 codewords. */
const MOST_CHARACTERS = 2_710;
/** Fewer digits are shorter as text. */
const LEAST_DIGITS = 13;
/** Fewer characters of text between bytes are shorter as bytes. */
const LEAST_TEXT = 5;

/** Sub-modes of text: the place in the string is the value. */
const ALPHA = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz ';
const MIXED = '0123456789&\r\t,:#-.$/+%*=^\0 ';
const PUNCTUATION = ';<>@[\\]_`~!\r\t,:\n-.$/"|*()?{}\'';

type SubMode = 'alpha' | 'lower' | 'mixed' | 'punctuation';

const CHARACTERS: Readonly<Record<SubMode, string>> = {
  alpha: ALPHA,
  lower: LOWER,
  mixed: MIXED,
  punctuation: PUNCTUATION,
};

/** How to get from one sub-mode to another (ISO/IEC 15438 table 4). */
const LATCHES: Readonly<Record<SubMode, Readonly<Record<SubMode, readonly number[]>>>> = {
  alpha: { alpha: [], lower: [27], mixed: [28], punctuation: [28, 25] },
  lower: { alpha: [28, 28], lower: [], mixed: [28], punctuation: [28, 25] },
  mixed: { alpha: [28], lower: [27], mixed: [], punctuation: [25] },
  punctuation: { alpha: [29], lower: [29, 27], mixed: [29, 28], punctuation: [] },
};
const PUNCTUATION_SHIFT = 29;
const ALPHA_SHIFT = 27;

/**
 * The data of a PDF417 as codewords, without the length before and the correction behind them; `undefined` when they are
 * more than a symbol holds. Runs of digits, of text and of bytes are each compacted in their own way.
 */
export function pdf417Codewords(data: string): readonly number[] | undefined {
  if (data === last?.data) return last.codewords;
  const codewords = data.length > MOST_CHARACTERS ? undefined : compacted(data);
  last = { data, codewords };
  return codewords;
}

/** The same symbol is asked for its size, printed and drawn. */
let last: { readonly data: string; readonly codewords: readonly number[] | undefined } | undefined;

function compacted(data: string): number[] | undefined {
  const codewords: number[] = [];
  let mode: 'text' | 'bytes' | 'digits' = 'text';
  let subMode: SubMode = 'alpha';
  for (let at = 0; at < data.length; ) {
    if (codewords.length > MOST_CODEWORDS) return undefined;
    const digits = runOf(data, at, isDigit, data.length);
    if (digits >= LEAST_DIGITS) {
      codewords.push(NUMERIC_LATCH);
      addDigits(codewords, data.slice(at, at + digits));
      mode = 'digits';
      at += digits;
      continue;
    }
    const text = textRun(data, at);
    if (text >= LEAST_TEXT || at + text === data.length) {
      if (mode !== 'text') {
        codewords.push(TEXT_LATCH);
        subMode = 'alpha';
      }
      mode = 'text';
      subMode = addText(codewords, data.slice(at, at + text), subMode);
      at += text;
      continue;
    }
    const bytes = byteRun(data, at);
    if (bytes === 1 && mode === 'text') codewords.push(BYTE_SHIFT, data.charCodeAt(at));
    else {
      codewords.push(bytes % 6 === 0 ? BYTE_LATCH_6 : BYTE_LATCH);
      addBytes(codewords, data, at, at + bytes);
      mode = 'bytes';
    }
    at += bytes;
  }
  return codewords.length > MOST_CODEWORDS ? undefined : codewords;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isText = (code: number): boolean =>
  (code >= 0x20 && code <= 0x7e) || code === 0x09 || code === 0x0a || code === 0x0d;

function runOf(data: string, start: number, belongs: (code: number) => boolean, most: number): number {
  let at = start;
  while (at < most && belongs(data.charCodeAt(at))) at++;
  return at - start;
}

/** Characters of text up to the next long run of digits. */
function textRun(data: string, start: number): number {
  let at = start;
  while (at < data.length && isText(data.charCodeAt(at))) {
    const digits = runOf(data, at, isDigit, data.length);
    if (digits >= LEAST_DIGITS) break;
    at += Math.max(digits, 1);
  }
  return at - start;
}

/** Bytes up to the next run of text or digits that is long enough to change for. */
function byteRun(data: string, start: number): number {
  let at = start + 1;
  while (at < data.length) {
    const text = runOf(data, at, isText, Math.min(data.length, at + LEAST_TEXT));
    if (text >= LEAST_TEXT) break;
    at += Math.max(text, 1);
  }
  return Math.min(at, data.length) - start;
}

/** Up to 44 digits, with a 1 before them, are one number to the base 900. */
function addDigits(codewords: number[], digits: string): void {
  for (let at = 0; at < digits.length && codewords.length <= MOST_CODEWORDS; at += 44) {
    let number = BigInt(`1${digits.slice(at, at + 44)}`);
    const group: number[] = [];
    for (; number > 0n; number /= 900n) group.push(Number(number % 900n));
    codewords.push(...group.reverse());
  }
}

/** Six bytes are one number to the base 900; what is left over stands byte by byte. */
function addBytes(codewords: number[], data: string, start: number, end: number): void {
  let at = start;
  for (; end - at >= 6 && codewords.length <= MOST_CODEWORDS; at += 6) {
    let number = 0;
    for (let byte = 0; byte < 6; byte++) number = number * 256 + data.charCodeAt(at + byte);
    const group: number[] = [];
    for (let place = 0; place < 5; place++, number = Math.floor(number / 900)) group.push(number % 900);
    codewords.push(...group.reverse());
  }
  for (; at < end && codewords.length <= MOST_CODEWORDS; at++) codewords.push(data.charCodeAt(at));
}

/** Two values of text to a codeword; an odd one is filled up with a shift to nowhere. */
function addText(codewords: number[], text: string, from: SubMode): SubMode {
  const values: number[] = [];
  let subMode = from;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    const next = text[at + 1];
    const value = CHARACTERS[subMode].indexOf(character);
    if (value >= 0) {
      values.push(value);
      continue;
    }
    const wanted = subModeOf(character);
    const stays = next !== undefined && CHARACTERS[subMode].includes(next);
    if (wanted === 'punctuation' && (stays || next === undefined || !PUNCTUATION.includes(next)))
      values.push(PUNCTUATION_SHIFT, PUNCTUATION.indexOf(character));
    else if (subMode === 'lower' && wanted === 'alpha' && stays) values.push(ALPHA_SHIFT, ALPHA.indexOf(character));
    else {
      values.push(...LATCHES[subMode][wanted], CHARACTERS[wanted].indexOf(character));
      subMode = wanted;
    }
  }
  const odd = values.length % 2 === 1;
  if (odd) values.push(PUNCTUATION_SHIFT);
  for (let at = 0; at < values.length; at += 2) codewords.push((values[at] ?? 0) * 30 + (values[at + 1] ?? 0));
  return odd && subMode === 'punctuation' ? 'alpha' : subMode; // There the same value leads back to capitals.
}

function subModeOf(character: string): SubMode {
  if (ALPHA.includes(character)) return 'alpha';
  if (LOWER.includes(character)) return 'lower';
  return MIXED.includes(character) ? 'mixed' : 'punctuation';
}

/** As the raw input of `bwip-js`. */
export function rawPdf417(data: string): string {
  return (pdf417Codewords(data) ?? []).map((codeword) => `^${String(codeword).padStart(3, '0')}`).join('');
}
