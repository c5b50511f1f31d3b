import { AUTO_FNC1, AUTO_FNC3, autoCode128, face } from './code128.js';
import { mod10 } from './ean.js';

/** What `{` and the byte behind it stand for. */
const ESCAPED: Readonly<Record<string, number>> = {
  '1': AUTO_FNC1,
  '3': AUTO_FNC3,
  '(': 0x28,
  ')': 0x29,
  '*': 0x2a,
  '{': 0x7b,
};

export function isGs1Escape(byte: number): boolean {
  return ESCAPED[String.fromCharCode(byte)] !== undefined;
}

/**
 * `GS k 74` (ESC/POS command manual 10.05, p. 348-349): parentheses and spaces are for people only, `*` becomes the check
 * digit of the data since the application identifier, `{1` `{3` are function characters, `{(` `{)` `{*` `{{` the
 * characters themselves. The start character, FNC1 behind it and the code sets are the printer's.
 */
export function gs1Code128(bytes: Uint8Array): { codewords: number[]; text: string } | undefined {
  const data: number[] = [AUTO_FNC1];
  let text = '';
  /** Digits since the identifier, which ends at `)`, or is taken for two digits. */
  let element = '';
  let bracketed = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const character = String.fromCharCode(byte);
    if (character === '(' || character === ')' || character === ' ') {
      text += character;
      if (character !== ' ') element = '';
      if (character === ')') bracketed = true;
    } else if (character === '*') {
      const digits = bracketed ? element : element.slice(2);
      if (!/^[0-9]+$/.test(digits)) return undefined;
      const check = mod10(digits);
      data.push(check.charCodeAt(0));
      text += check;
      element = '';
    } else if (character === '{') {
      const value = ESCAPED[String.fromCharCode(bytes[++at] ?? 0)];
      if (value === undefined) return undefined;
      data.push(value);
      text += value >= AUTO_FNC1 ? ' ' : String.fromCharCode(value);
      element = value >= AUTO_FNC1 ? '' : element + String.fromCharCode(value);
    } else {
      data.push(byte);
      text += face(byte);
      element += character;
    }
  }
  return { codewords: autoCode128(data), text };
}

/** Digits of an application identifier, by its first two. */
function identifierLength(start: string): number {
  if (/^(23|24|25|4[0-2]|71)/.test(start)) return 3;
  if (/^(3[1-69]|43|70|72|8)/.test(start)) return 4;
  return 2;
}

/** Element strings of fixed length, identifier included, which need no FNC1 behind them (GS1 General Specifications 7.8.4). */
const FIXED_LENGTH: Readonly<Record<string, number>> = {
  '00': 20,
  '01': 16,
  '02': 16,
  '03': 16,
  '04': 18,
  '11': 8,
  '12': 8,
  '13': 8,
  '14': 8,
  '15': 8,
  '16': 8,
  '17': 8,
  '18': 8,
  '19': 8,
  '20': 4,
  '31': 10,
  '32': 10,
  '33': 10,
  '34': 10,
  '35': 10,
  '36': 10,
  '41': 16,
};

/**
 * Data of GS1 DataBar Expanded, in which parentheses may stand around identifiers or not, as element strings with them,
 * and as people read it; `undefined` when it does not come apart.
 */
export function gs1Elements(data: string): { elements: string; text: string } | undefined {
  let plain = '';
  let text = '';
  for (let at = 0; at < data.length; at++) {
    const character = data[at] ?? '';
    if (character === '(' || character === ')') text += character;
    else if (character === '{') {
      const special = data[++at] ?? '';
      if (special === '1') {
        plain += '\x1d';
        text += ' ';
      } else if (special === '(' || special === ')') {
        plain += special;
        text += special;
      } else return undefined;
    } else {
      plain += character;
      text += character;
    }
  }
  const bracketed = /^(\([0-9]{2,4}\)[^()]+)+$/.test(data) && !data.includes('{');
  const elements = bracketed ? data : withIdentifiers(plain);
  return elements === undefined ? undefined : { elements, text };
}

function withIdentifiers(plain: string): string | undefined {
  let elements = '';
  for (let at = 0; at < plain.length; ) {
    if (plain[at] === '\x1d') {
      at++;
      continue;
    }
    const identifier = plain.slice(at, at + identifierLength(plain.slice(at, at + 2)));
    if (!/^[0-9]{2,4}$/.test(identifier)) return undefined;
    const fixed = FIXED_LENGTH[identifier.slice(0, 2)];
    const separator = plain.indexOf('\x1d', at);
    const limit = separator < 0 ? plain.length : separator;
    const end = fixed === undefined ? limit : Math.min(at + fixed, limit);
    const value = plain.slice(at + identifier.length, end);
    if (value === '') return undefined;
    elements += `(${identifier})${value}`;
    at = end;
  }
  return elements === '' ? undefined : elements;
}
