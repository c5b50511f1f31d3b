/** Which of its three tables a Code 128 symbol is in. */
type CodeSet = 'A' | 'B' | 'C';

const START: Readonly<Record<CodeSet, number>> = { A: 103, B: 104, C: 105 };
const SWITCH: Readonly<Record<CodeSet, number>> = { A: 101, B: 100, C: 99 };
const SHIFT = 98;
const FNC1 = 102;
const FNC2 = 97;
const FNC3 = 96;

const BRACE = 0x7b;

/** Symbol characters from the start character to before the check character, and what people read below them. */
export interface Code128 {
  readonly codewords: readonly number[];
  readonly text: string;
  /** Not in the middle of a pair. */
  readonly complete: boolean;
}

/** 11 modules each, the check character's too, and 13 of the stop character. */
export function code128Modules(codewords: readonly number[]): number {
  return (codewords.length + 1) * 11 + 13;
}

/** As the raw input of `bwip-js`. */
export function rawCodewords(codewords: readonly number[]): string {
  return codewords.map((codeword) => `^${String(codeword).padStart(3, '0')}`).join('');
}

/**
 * `GS k 73`: the sender selects the code sets. `{A` `{B` `{C` select, `{S` shifts one character, `{1` to `{4` are the
 * function characters, `{{` is the brace; in code set C each byte from 0 to 99 is two digits. Function, control and
 * selection characters have no face: spaces for the first two, nothing for the last. Returns the index of the first byte
 * that cannot be, from `start`; a pair that is not complete is not wrong yet.
 */
export function scanCode128(bytes: Uint8Array, start: number, end: number): Code128 | number {
  const codewords: number[] = [];
  let text = '';
  let set: CodeSet | undefined;
  let shifted = false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    const current: CodeSet | undefined = shifted ? (set === 'A' ? 'B' : 'A') : set;
    if (byte !== BRACE) {
      const value = current === undefined ? undefined : codeValue(byte, current);
      if (value === undefined) return at;
      codewords.push(value);
      text += current === 'C' ? twoDigits(byte) : face(byte);
      shifted = false;
      continue;
    }
    if (++at >= end) return { codewords, text, complete: false };
    const special = String.fromCharCode(bytes[at] ?? 0);
    if (special === '{' && current === 'B') {
      codewords.push(91);
      text += '{';
      shifted = false;
    } else if (shifted) return at;
    else if (special === 'A' || special === 'B' || special === 'C') {
      if (special === set) return at;
      codewords.push(set === undefined ? START[special] : SWITCH[special]);
      set = special;
    } else if (special === 'S' && (set === 'A' || set === 'B')) {
      codewords.push(SHIFT);
      shifted = true;
    } else {
      const value = set === undefined ? undefined : functionCharacter(special, set);
      if (value === undefined) return at;
      codewords.push(value);
      text += ' ';
    }
  }
  return { codewords, text, complete: !shifted };
}

function codeValue(byte: number, set: CodeSet): number | undefined {
  if (set === 'C') return byte <= 99 ? byte : undefined;
  if (set === 'B') return byte >= 0x20 && byte <= 0x7f ? byte - 32 : undefined;
  if (byte > 0x5f) return undefined;
  return byte < 0x20 ? byte + 64 : byte - 32;
}

function functionCharacter(special: string, set: CodeSet): number | undefined {
  if (special === '1') return FNC1;
  if (set === 'C') return undefined;
  if (special === '2') return FNC2;
  if (special === '3') return FNC3;
  return special === '4' ? SWITCH[set] : undefined;
}

/** `FNC1` and `FNC3` among the bytes of `autoCode128`. */
export const AUTO_FNC1 = 0x100;
export const AUTO_FNC3 = 0x101;

/**
 * The printer selects the code sets: C for four digits and more at either end and six in the middle, A for control
 * characters, B for small letters; bytes from 80 on with FNC4 (`GS k 79`, and GS1-128).
 */
export function autoCode128(data: readonly number[]): number[] {
  const codewords: number[] = [];
  let set: CodeSet | undefined;
  const select = (wanted: CodeSet): void => {
    if (wanted === set) return;
    codewords.push(set === undefined ? START[wanted] : SWITCH[wanted]);
    set = wanted;
  };
  for (let at = 0; at < data.length; ) {
    const value = data[at] ?? 0;
    if (value >= AUTO_FNC1) {
      if (value === AUTO_FNC3 && (set === undefined || set === 'C')) select('B');
      if (set === undefined) select(digitsFrom(data, at + 1) >= 2 ? 'C' : letterSet(data, at + 1));
      codewords.push(value === AUTO_FNC1 ? FNC1 : FNC3);
      at++;
      continue;
    }
    const digits = digitsFrom(data, at);
    const enough = set === 'C' ? 2 : set === undefined || at + digits === data.length ? 4 : 6;
    if (digits >= enough || (set === undefined && digits === 2 && data.length === 2)) {
      // An odd digit goes before the pairs, in letters, unless they are at the start: then it goes behind them.
      if (digits % 2 === 1 && set !== undefined && set !== 'C') codewords.push((data[at++] ?? 0) - 32);
      select('C');
      for (let pairs = digits >> 1; pairs > 0; pairs--, at += 2)
        codewords.push(((data[at] ?? 0) - 48) * 10 + (data[at + 1] ?? 0) - 48);
      continue;
    }
    const low = value & 0x7f;
    if (set === undefined || set === 'C') select(letterSet(data, at));
    if (low < 0x20) select('A');
    else if (low >= 0x60) select('B');
    const letters = set as unknown as 'A' | 'B'; // What `select` has just set, which the compiler does not follow.
    if (value > 0x7f) codewords.push(SWITCH[letters]); // FNC4
    codewords.push(codeValue(low, letters) ?? 0);
    at++;
  }
  return codewords;
}

function digitsFrom(data: readonly number[], start: number): number {
  let at = start;
  while (at < data.length && (data[at] ?? 0) >= 0x30 && (data[at] ?? 0) <= 0x39) at++;
  return at - start;
}

/** A when a control character comes before the first small letter, else B. */
function letterSet(data: readonly number[], start: number): CodeSet {
  for (let at = start; at < data.length; at++) {
    const value = data[at] ?? 0;
    if (value >= AUTO_FNC1) continue;
    if ((value & 0x7f) < 0x20) return 'A';
    if ((value & 0x7f) >= 0x60) return 'B';
  }
  return 'B';
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** Control characters are printed as spaces. */
export function face(byte: number): string {
  return byte < 0x20 || byte >= 0x7f ? ' ' : String.fromCharCode(byte);
}
