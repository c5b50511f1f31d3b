import iconv from 'iconv-lite';
import type { PrinterProfile } from '../../ports/device.js';

/** How text becomes bytes on one kind of printer, and how wide it comes out. */
export interface TextEncoding {
  /** Its name for iconv-lite and for escpos-buffer. */
  readonly name: 'gb18030' | 'cp437';
  /** The command that selects it, as escpos-buffer is told to send it: `FS &`, or `ESC t 0`. */
  readonly select: string;
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
/** Format characters that have no width of their own; a printer would draw a box for each. */
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]|[\ufe00-\ufe0f]/g;

/**
 * Chinese: covers all of Unicode in one, two or four bytes. Whatever takes more than one byte is drawn in a full-width
 * cell, a `é` or a Cyrillic letter too, so that two columns is the width of everything outside ASCII.
 */
const GB18030: TextEncoding = {
  name: 'gb18030',
  select: '\x1c&',
  clean: (text) => (PLAIN.test(text) ? text : cleaned(text, gb18030Char)),
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
  encode: (text) => iconv.encode(text, 'gb18030'),
};

/** A printer without Chinese: code page 437, every character one column, what it lacks a question mark. */
const CP437: TextEncoding = {
  name: 'cp437',
  select: '\x1bt\0',
  clean: (text) => (PLAIN.test(text) ? text : cleaned(text, cp437Char)),
  width: (text) => text.length,
  charWidth: () => 1,
  encode: (text) => iconv.encode(text, 'cp437'),
};

export function textEncodingOf(profile: Pick<PrinterProfile, 'cjk'>): TextEncoding {
  return profile.cjk === 'gb18030' ? GB18030 : CP437;
}

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
