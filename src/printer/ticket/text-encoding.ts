import iconv from 'iconv-lite';

/** How text becomes bytes on one kind of printer, and how wide it comes out. */
export interface TextEncoding {
  /** Its name for iconv-lite. */
  readonly name: 'gb18030' | 'cp437' | 'latin1' | 'ascii';
  /** `text` with nothing in it that the printer would take for a command. Line breaks stay. */
  clean(text: string): string;
  /** Columns of Font A that clean text takes. */
  width(text: string): number;
  /** Columns of one character of clean text. */
  charWidth(char: string): number;
  /** Clean text, and commands made of bytes below 0x80, which are the same in every encoding used here. */
  encode(text: string): Uint8Array;
}

const PLAIN = /^[\x20-\x7e\n]*$/;
const PRINTABLE = /^[\x20-\x7e]+$/;
/** Accents that follow the letter they stand on. */
const MARKS = /\p{M}/gu;
/** Format characters that have no width of their own; a printer would draw a box for each. */
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]|[\ufe00-\ufe0f]/g;

/**
 * Chinese: covers all of Unicode in one, two or four bytes. Whatever takes more than one byte is drawn in a full-width
 * cell, a `é` or a Cyrillic letter too, so that two columns is the width of everything outside ASCII.
 */
export const GB18030: TextEncoding = {
  name: 'gb18030',
  clean: (text) => (PLAIN.test(text) ? text : cleanedOnce(text)),
  width(text) {
    let columns = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 0x80) columns += 1;
      else if (unit < 0xdc00 || unit > 0xdfff) columns += 2; // The second half of a surrogate pair adds nothing.
    }
    return columns;
  },
  charWidth: (char) => (char.charCodeAt(0) < 0x80 ? 1 : 2),
  encode: encodeGb18030,
};

/** What was cleaned lately: labels and names come again on every ticket. Begun anew when it has grown to 500. */
const CLEANED = new Map<string, string>();

function cleanedOnce(text: string): string {
  let clean = CLEANED.get(text);
  if (clean !== undefined) return clean;
  clean = cleaned(text, gb18030Char);
  if (CLEANED.size >= 500) CLEANED.clear();
  CLEANED.set(text, clean);
  return clean;
}

/** The two bytes of every character that has two, as a number, filled in as characters are met; 0: not met, or other than two. */
const PAIRS = new Uint16Array(0x1_0000);

/** As iconv-lite encodes it, ten times as fast for what tickets are made of: ASCII, and characters of two bytes. */
function encodeGb18030(text: string): Uint8Array {
  const bytes = Buffer.allocUnsafe(2 * text.length);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      bytes[at++] = unit;
      continue;
    }
    const pair = PAIRS[unit] || learnPair(unit);
    if (pair === 0) return iconv.encode(text, 'gb18030'); // Four bytes, or half of a surrogate pair.
    bytes[at++] = pair >> 8;
    bytes[at++] = pair & 0xff;
  }
  return bytes.subarray(0, at);
}

function learnPair(unit: number): number {
  const [first = 0, second, ...more] = iconv.encode(String.fromCharCode(unit), 'gb18030');
  if (second === undefined || more.length > 0) return 0;
  PAIRS[unit] = (first << 8) | second;
  return PAIRS[unit];
}

/** One byte and one column for a character; `inEncoding` says what stands for each outside ASCII. */
function narrow(name: TextEncoding['name'], inEncoding: (char: string, code: number) => string): TextEncoding {
  return {
    name,
    clean: (text) => (PLAIN.test(text) ? text : cleaned(text, inEncoding)),
    width: (text) => text.length,
    charWidth: () => 1,
    // These two Node has itself.
    encode: (text) => (name === 'cp437' ? iconv.encode(text, name) : Buffer.from(text, 'latin1')),
  };
}

/** Code page 437, which every printer has or can be told to have; what it lacks is a question mark. */
export const CP437 = narrow('cp437', cp437Char);

/**
 * The half of Windows-1252 that is the same in ISO 8859-1. The other half stands where some languages have control codes
 * of eight bits.
 */
export const LATIN1 = narrow('latin1', latin1Char);

/** Where nothing selects a code page: accents are dropped rather than turned into somebody's box drawing. */
export const ASCII = narrow('ascii', asciiChar);

function cleaned(text: string, inEncoding: (char: string, code: number) => string): string {
  let out = '';
  for (const char of text.replace(INVISIBLE, '')) {
    const code = char.codePointAt(0) ?? 0;
    if (code === 0x0a) out += char;
    else if (code === 0x0d) continue;
    else if (code === 0x09 || code === 0xa0) out += ' ';
    else if (code < 0x20 || (code >= 0x7f && code < 0xa0)) out += '?';
    else if (code < 0x80) out += char;
    else if (code >= 0xd800 && code <= 0xdfff)
      out += '?'; // Half of a pair.
    else out += inEncoding(char, code);
  }
  return out;
}

/** U+00A5 would take four bytes that few printers can draw; the full-width yen sign is in every Chinese font. */
function gb18030Char(char: string, code: number): string {
  return code === 0xa5 ? '\uffe5' : char;
}

function cp437Char(char: string, code: number): string {
  if (code === 0xffe5) return '\u00a5';
  if (code > 0xffff) return '?';
  return iconv.encode(char, 'cp437')[0] === 0x3f ? '?' : char;
}

function latin1Char(char: string, code: number): string {
  if (code === 0xffe5) return '\u00a5';
  return code >= 0xa0 && code <= 0xff ? char : asciiChar(char);
}

/** The base letters of what is made of letters and marks: `é` as `e`, `ﬁ` as `fi`, a full-width `：` as `:`. */
function asciiChar(char: string): string {
  if (char === '\u00a5' || char === '\uffe5') return 'Y';
  const base = char.normalize('NFKD').replace(MARKS, '');
  return base === '' || PRINTABLE.test(base) ? base : '?';
}
