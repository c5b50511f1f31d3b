import iconv from 'iconv-lite';
import type { PrinterProfile } from '../../../ports/device.js';
import { gb18030Length } from './gb18030.js';

/** How full-width characters are coded: which bytes begin one, how long it is, and what it is. */
export interface WideCode {
  /** 1 for a byte that does not stand for a half-width character. */
  readonly leads: Uint8Array;
  /** How long the character at `at` is; 0 when its end is not there yet, -1 when no character begins so. */
  length(bytes: Uint8Array, at: number, end: number): number;
  /** The character at `at`; U+FFFD where the code has none. */
  character(bytes: Uint8Array, at: number, length: number): string;
}

export type WideCodeName = Exclude<PrinterProfile['cjk'], 'none'> | 'jis';

interface Shape {
  readonly encoding: string;
  /** First and last byte of what begins a character; all that is not half-width. */
  readonly lead: readonly (readonly [number, number])[];
  readonly trail: readonly (readonly [number, number])[];
  /** From which byte on nothing is half-width, where this is more than the leads. */
  readonly wideFrom?: number;
  /** Added to both bytes before they are decoded. */
  readonly offset?: number;
}

const SHAPES: Readonly<Record<WideCodeName, Shape>> = {
  gb18030: {
    encoding: 'gb18030',
    lead: [[0x81, 0xfe]],
    trail: [
      [0x40, 0x7e],
      [0x80, 0xfe],
    ],
    wideFrom: 0x80,
  },
  big5: {
    encoding: 'big5',
    lead: [[0x81, 0xfe]],
    trail: [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ],
    wideFrom: 0x80,
  },
  'euc-kr': {
    encoding: 'cp949',
    lead: [[0x81, 0xfe]],
    trail: [
      [0x41, 0x5a],
      [0x61, 0x7a],
      [0x81, 0xfe],
    ],
    wideFrom: 0x80,
  },
  // Half-width katakana stand between the leads.
  shift_jis: {
    encoding: 'shift_jis',
    lead: [
      [0x81, 0x9f],
      [0xe0, 0xfc],
    ],
    trail: [
      [0x40, 0x7e],
      [0x80, 0xfc],
    ],
  },
  jis: { encoding: 'eucjp', lead: [[0x21, 0x7e]], trail: [[0x21, 0x7e]], offset: 0x80 },
}; // prettier-ignore

const codes = new Map<WideCodeName, WideCode>();

/** The code of that name; what was decoded once is kept. */
export function wideCode(name: WideCodeName): WideCode {
  let code = codes.get(name);
  if (code === undefined) {
    code = newWideCode(name);
    codes.set(name, code);
  }
  return code;
}

function newWideCode(name: WideCodeName): WideCode {
  const { encoding, lead, trail, wideFrom = 0x100, offset = 0 } = SHAPES[name];
  const leads = marked(lead);
  const trails = marked(trail);
  const notHalf = leads.map((is, byte) => (byte >= wideFrom ? 1 : is));
  /** By `lead * 256 + trail`, filled as they come. */
  const pairs: (string | undefined)[] = new Array(0x10000);
  const pairLength = (bytes: Uint8Array, at: number, end: number) => {
    if (leads[bytes[at] ?? 0] === 0) return -1;
    if (at + 1 >= end) return 0;
    return trails[bytes[at + 1] ?? 0] === 1 ? 2 : -1;
  };
  return {
    leads: notHalf,
    length: name === 'gb18030' ? gb18030Length : pairLength,
    character(bytes, at, length) {
      if (length !== 2) return iconv.decode(Buffer.from(bytes.subarray(at, at + length)), encoding);
      const first = bytes[at] ?? 0;
      const second = bytes[at + 1] ?? 0;
      const known = pairs[first * 256 + second];
      if (known !== undefined) return known;
      const [character = '\ufffd'] = iconv.decode(Buffer.from([first + offset, second + offset]), encoding);
      pairs[first * 256 + second] = character;
      return character;
    },
  };
}

function marked(ranges: readonly (readonly [number, number])[]): Uint8Array {
  const marks = new Uint8Array(256);
  for (const [first, last] of ranges) marks.fill(1, first, last + 1);
  return marks;
}
