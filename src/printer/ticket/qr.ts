import bwipjs from 'bwip-js';
import { PaperjamError } from '../../base/errors.js';
import { Remembered } from '../../base/remembered.js';
import type { ImageElement, QrElement } from './language.js';

/** Longest QR content: bounds the longest command, and so the flush of a stuck parser. */
export const LONGEST_QR_BYTES = 1_000;

/** Bytes that a QR code of version 1, 2, … holds in byte mode (ISO/IEC 18004, table 7), up to 1,000. */
const CAPACITY_BYTES = {
  L: [17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425, 458, 520, 586, 644, 718, 792, 858, 929, 1003],
  M: [
    14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911,
    997, 1059,
  ],
  Q: [
    11, 20, 32, 46, 60, 74, 86, 108, 130, 151, 177, 203, 241, 258, 292, 322, 364, 394, 442, 482, 509, 565, 611, 661,
    715, 751, 805, 868, 908, 982, 1030,
  ],
  H: [
    7, 14, 24, 34, 44, 58, 64, 84, 98, 119, 137, 155, 177, 194, 220, 250, 280, 310, 338, 382, 403, 439, 461, 511, 535,
    593, 625, 658, 698, 742, 790, 842, 898, 958, 983, 1051,
  ],
} as const;

const DEFAULT_MODULE_DOTS = 6;
const UTF8 = new TextEncoder();

/** Modules along one side of the smallest QR code that holds so many bytes. The printer may do with fewer, never more. */
export function qrModules(bytes: number, level: keyof typeof CAPACITY_BYTES): number {
  const version = CAPACITY_BYTES[level].findIndex((capacity) => capacity >= bytes) + 1;
  return 17 + 4 * version;
}

/** What a language's own QR command takes. `moduleDots` in ascending order. */
export interface QrLimits {
  readonly moduleDots: readonly number[];
  readonly mostBytes?: number;
}

/** A QR code that has been looked at: it fits the paper, and the command. */
export interface FittedQr {
  /** UTF-8. */
  readonly data: Uint8Array;
  readonly level: keyof typeof CAPACITY_BYTES;
  readonly moduleDots: number;
  /** Its width and its height. */
  readonly dots: number;
}

/** The module shrinks where the code would be wider than the paper, since a printer leaves such a code out. */
export function fitQr(element: QrElement, printableDots: number, limits: QrLimits): FittedQr {
  const data = qrData(element, limits.mostBytes ?? LONGEST_QR_BYTES);
  const level = element.level ?? 'M';
  const modules = qrModules(data.length, level);
  const wanted = Math.trunc(element.moduleDots ?? DEFAULT_MODULE_DOTS) || DEFAULT_MODULE_DOTS;
  const [least = 1] = limits.moduleDots;
  const moduleDots = limits.moduleDots.findLast((dots) => dots <= wanted && dots * modules <= printableDots) ?? least;
  const dots = moduleDots * modules;
  if (dots <= printableDots) return { data, level, moduleDots, dots };
  throw new PaperjamError('PJ_TICKET', {
    problem: `the QR code of ${data.length} bytes is ${dots} dots wide`,
    allowed: `up to ${printableDots} dots`,
  });
}

function qrData({ data }: QrElement, mostBytes: number): Uint8Array {
  const bytes = UTF8.encode(data);
  if (bytes.length === 0 || bytes.length > mostBytes) {
    throw new PaperjamError('PJ_TICKET', {
      problem: `the QR code holds ${bytes.length} bytes`,
      allowed: `1 to ${mostBytes} bytes of UTF-8`,
    });
  }
  if (bytes.includes(0x10)) {
    // Inside the stream it could be the beginning of a real-time command.
    throw new PaperjamError('PJ_TICKET', { problem: 'the QR code holds the character U+0010', allowed: 'all others' });
  }
  return bytes;
}

interface Modules {
  /** Row by row, 1 = ink. */
  readonly pixs: readonly number[];
  /** On a side. */
  readonly pixx: number;
}

const drawn = new Remembered<Modules>();

function draw(data: string, level: FittedQr['level']): Modules {
  const [made] = bwipjs.raw('qrcode', Buffer.from(data).toString('latin1'), `eclevel=${level} binarytext`);
  if (made === undefined || !('pixs' in made)) throw new Error('bwip-js made no QR code');
  return made;
}

/** The code as a picture, for a language whose QR command cannot be trusted. */
export function qrPicture(element: QrElement, printableDots: number): ImageElement {
  const { level, moduleDots } = fitQr(element, printableDots, { moduleDots: [1, 2, 3, 4, 5, 6, 7, 8] });
  const { pixs, pixx: modules } = drawn.get(`${level} ${element.data}`, () => draw(element.data, level));
  const widthDots = modules * moduleDots;
  const rowBytes = Math.ceil(widthDots / 8);
  const rows = new Uint8Array(rowBytes * widthDots);
  for (let y = 0; y < widthDots; y++) {
    const line = Math.floor(y / moduleDots) * modules;
    for (let x = 0; x < widthDots; x++) {
      const ink = pixs[line + Math.floor(x / moduleDots)] === 1;
      if (ink) rows[y * rowBytes + (x >> 3)] = (rows[y * rowBytes + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { kind: 'image', widthDots, heightDots: widthDots, rows };
}
