/** Modes of an Aztec code that last; punctuation is shifted to, one character at a time. */
type Mode = 'upper' | 'lower' | 'mixed' | 'digit';

const UPPER = '\0 ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = '\0 abcdefghijklmnopqrstuvwxyz';
const MIXED = '\0 \x01\x02\x03\x04\x05\x06\x07\b\t\n\v\f\r\x1b\x1c\x1d\x1e\x1f@\\^_`|~\x7f';
const DIGIT = '\0 0123456789,.';
const PUNCTUATION = '\0\r\0\0\0\0!"#$%&\'()*+,-./:;<=>?[]{}';

/** The place in the string is the value (ISO/IEC 24778 table 2); NUL stands for what is no character. */
const CHARACTERS: Readonly<Record<Mode, string>> = { upper: UPPER, lower: LOWER, mixed: MIXED, digit: DIGIT };

/** Values that lead from one mode to another; each has four bits in digit mode, else five. */
const LATCHES: Readonly<Record<Mode, Readonly<Record<Mode, readonly (readonly [bits: number, value: number])[]>>>> = {
  upper: { upper: [], lower: [[5, 28]], mixed: [[5, 29]], digit: [[5, 30]] },
  lower: {
    upper: [
      [5, 30],
      [4, 14],
    ],
    lower: [],
    mixed: [[5, 29]],
    digit: [[5, 30]],
  },
  mixed: {
    upper: [[5, 29]],
    lower: [[5, 28]],
    mixed: [],
    digit: [
      [5, 29],
      [5, 30],
    ],
  },
  digit: {
    upper: [[4, 14]],
    lower: [
      [4, 14],
      [5, 28],
    ],
    mixed: [
      [4, 14],
      [5, 29],
    ],
    digit: [],
  },
};
const UPPER_SHIFT = 28;
const BINARY_SHIFT = 31;
/** Most bytes of one binary shift with the long form of its length. */
const MOST_BINARY = 31 + 2_047;

/** The data of an Aztec code as bits, `0` and `1`, before the stuffing. One character of `data` is one byte. */
export function aztecBits(data: string): string {
  let bits = '';
  const now: { mode: Mode } = { mode: 'upper' };
  const put = (count: number, value: number): void => {
    bits += value.toString(2).padStart(count, '0');
  };
  const latch = (wanted: Mode): void => {
    for (const [count, value] of LATCHES[now.mode][wanted]) put(count, value);
    now.mode = wanted;
  };
  for (let at = 0; at < data.length; ) {
    const character = data[at] ?? '';
    if (!isCharacter(character)) {
      let end = at + 1;
      while (end < data.length && end - at < MOST_BINARY && !isText(data, end)) end++;
      if (now.mode === 'digit') latch('upper');
      put(5, BINARY_SHIFT);
      if (end - at > 31) put(16, end - at - 31);
      else put(5, end - at);
      for (; at < end; at++) put(8, data.charCodeAt(at));
      continue;
    }
    at++;
    const width = now.mode === 'digit' ? 4 : 5;
    const value = valueIn(CHARACTERS[now.mode], character);
    const wanted = modeOf(character);
    if (value > 0) put(width, value);
    else if (wanted === undefined) {
      put(width, 0);
      put(5, valueIn(PUNCTUATION, character));
    } else if (now.mode === 'lower' && wanted === 'upper' && valueIn(UPPER, data[at] ?? '') <= 1) {
      put(5, UPPER_SHIFT);
      put(5, valueIn(UPPER, character));
    } else {
      latch(wanted);
      put(wanted === 'digit' ? 4 : 5, valueIn(CHARACTERS[wanted], character));
    }
  }
  return bits;
}

function valueIn(characters: string, character: string): number {
  return character === '\0' || character === '' ? -1 : characters.indexOf(character);
}

function modeOf(character: string): Mode | undefined {
  if (valueIn(UPPER, character) > 0) return 'upper';
  if (valueIn(LOWER, character) > 0) return 'lower';
  if (character >= '0' && character <= '9') return 'digit';
  // A comma or a point is punctuation, unless the mode is that of digits already.
  return valueIn(PUNCTUATION, character) > 0 ? undefined : 'mixed';
}

function isCharacter(character: string): boolean {
  return modeOf(character) !== 'mixed' || valueIn(MIXED, character) > 0;
}

/** Four characters that need no bytes: enough to leave them. */
function isText(data: string, at: number): boolean {
  for (let place = at; place < Math.min(at + 4, data.length); place++)
    if (!isCharacter(data[place] ?? '')) return false;
  return true;
}

export interface AztecSize {
  readonly layers: number;
  /** Modules on a side. */
  readonly side: number;
}

/** The smallest symbol for the bits, or that of `layers`; `undefined` when they do not fit (ISO/IEC 24778, 7). */
export function aztecSize(bits: string, compact: boolean, layers: number, percent: number): AztecSize | undefined {
  const most = compact ? 4 : 32;
  const least = compact ? 1 : 4; // Full symbols of 1 to 3 layers are readers' commands and smaller as compact ones.
  for (let count = layers || least; count <= (layers || most); count++) {
    const word = count <= 2 ? 6 : count <= 8 ? 8 : count <= 22 ? 10 : 12;
    const words = Math.floor((((compact ? 88 : 112) + 16 * count) * count) / word);
    const data = stuffedWords(bits, word);
    // Compact symbols tell the number of their data words in six bits, full ones in eleven.
    if (data > (compact ? 64 : 2_048) || data + Math.ceil((words * percent) / 100) + 3 > words) continue;
    return { layers: count, side: sideOf(count, compact) };
  }
  return undefined;
}

function sideOf(layers: number, compact: boolean): number {
  if (compact) return 11 + 4 * layers;
  const plain = 14 + 4 * layers;
  return plain + 1 + 2 * Math.floor((plain / 2 - 1) / 15);
}

/** Words after stuffing: one whose bits but the last are all alike has only those, and the opposite bit. */
function stuffedWords(bits: string, word: number): number {
  let words = 0;
  for (let at = 0; at < bits.length; words++) {
    const head = bits.slice(at, at + word - 1).padEnd(word - 1, '1');
    at += head.includes('0') && head.includes('1') ? word : word - 1;
  }
  return words;
}
