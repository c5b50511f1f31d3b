import { PaperjamError } from '../../base/errors.js';
import type { TicketElement } from '../../ports/ticket.js';

export type QrElement = Extract<TicketElement, { kind: 'qr' }>;
export type ImageElement = Extract<TicketElement, { kind: 'image' }>;

/** Longest QR content and longest stripe of a picture: bounds the longest command, and so the flush of a stuck parser. */
export const LONGEST_DATA_BYTES = 1_000;

/** Bytes that a QR code of version 1, 2, … holds in byte mode (ISO/IEC 18004, table 7), up to 1,000. */
const QR_CAPACITY_BYTES = {
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

const QR_LEVEL = { L: 48, M: 49, Q: 50, H: 51 } as const;

/** Modules along one side of the smallest QR code that holds so many bytes. The printer may do with fewer, never more. */
export function qrModules(bytes: number, level: keyof typeof QR_LEVEL): number {
  const version = QR_CAPACITY_BYTES[level].findIndex((capacity) => capacity >= bytes) + 1;
  return 17 + 4 * version;
}

/**
 * `GS ( k`: model 2, module size, error correction, store, print. Content is UTF-8, its length counted in bytes.
 * The module shrinks where the code would be wider than the paper, since a printer leaves such a code out.
 * escpos-buffer is not asked: it cuts Chinese to low bytes and knows level L only.
 */
export function qrCommands(element: QrElement, printableDots: number): Uint8Array {
  const data = new TextEncoder().encode(element.data);
  if (data.length === 0 || data.length > LONGEST_DATA_BYTES) {
    throw new PaperjamError('PJ_TICKET', {
      problem: `the QR code holds ${data.length} bytes`,
      allowed: `1 to ${LONGEST_DATA_BYTES} bytes of UTF-8`,
    });
  }
  if (data.includes(0x10)) {
    // Inside the stream it could be the beginning of a real-time command.
    throw new PaperjamError('PJ_TICKET', { problem: 'the QR code holds the character U+0010', allowed: 'all others' });
  }
  const level = element.level ?? 'M';
  const moduleDots = moduleDotsOf(element, data.length, printableDots);
  const length = data.length + 3;
  return Buffer.concat([
    Uint8Array.of(0x1d, 0x28, 0x6b, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00),
    Uint8Array.of(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x43, moduleDots),
    Uint8Array.of(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x45, QR_LEVEL[level]),
    Uint8Array.of(0x1d, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30),
    data,
    Uint8Array.of(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x51, 0x30),
  ]);
}

function moduleDotsOf({ moduleDots, level = 'M' }: QrElement, bytes: number, printableDots: number): number {
  const widest = Math.floor(printableDots / qrModules(bytes, level));
  return Math.max(1, Math.min(Math.trunc(moduleDots ?? 6), 16, widest));
}

/** The height of a QR code, at most. */
export function qrDots(element: QrElement, printableDots: number): number {
  const bytes = new TextEncoder().encode(element.data).length;
  return qrModules(bytes, element.level ?? 'M') * moduleDotsOf(element, bytes, printableDots);
}

/** `GS v 0` for a picture, in stripes that join without a gap. */
export function rasterStripes(
  element: ImageElement,
  printableDots: number,
): { fromRow: number; rows: number; bytes: Uint8Array }[] {
  const rowBytes = Math.ceil(element.widthDots / 8);
  checkImage(element, rowBytes, printableDots);
  const stripeRows = Math.max(1, Math.floor(LONGEST_DATA_BYTES / rowBytes));
  const stripes: { fromRow: number; rows: number; bytes: Uint8Array }[] = [];
  for (let row = 0; row < element.heightDots; row += stripeRows) {
    const rows = Math.min(stripeRows, element.heightDots - row);
    const ink = element.rows.subarray(row * rowBytes, (row + rows) * rowBytes);
    const head = Uint8Array.of(0x1d, 0x76, 0x30, 0x00, rowBytes & 0xff, rowBytes >> 8, rows & 0xff, rows >> 8);
    stripes.push({ fromRow: row + 1, rows, bytes: Buffer.concat([head, withoutHiddenCommands(ink)]) });
  }
  return stripes;
}

function checkImage(element: ImageElement, rowBytes: number, printableDots: number): void {
  const { widthDots, heightDots, rows } = element;
  const whole = Number.isInteger(widthDots) && Number.isInteger(heightDots) && widthDots > 0 && heightDots > 0;
  if (!whole || widthDots > printableDots) {
    throw new PaperjamError('PJ_TICKET', {
      problem: `the picture is ${widthDots} × ${heightDots} dots`,
      allowed: `1 to ${printableDots} dots wide, at least 1 high`,
    });
  }
  if (rows.length !== rowBytes * heightDots) {
    throw new PaperjamError('PJ_TICKET', {
      problem: `the picture has ${rows.length} bytes`,
      allowed: `${rowBytes} bytes for each of its ${heightDots} rows`,
    });
  }
}

/**
 * The printer obeys real-time commands wherever they stand, in the middle of a picture too: DLE EOT would answer unasked,
 * DLE ENQ or DLE DC4 clear the buffer. So a DLE in front of one gets one dot more, which nobody sees.
 */
function withoutHiddenCommands(data: Uint8Array): Uint8Array {
  let safe: Uint8Array | undefined;
  for (let at = data.indexOf(0x10); at >= 0; at = data.indexOf(0x10, at + 1)) {
    const next = data[at + 1];
    if (next !== 0x04 && next !== 0x05 && next !== 0x14) continue;
    safe ??= Uint8Array.from(data);
    safe[at] = 0x30;
  }
  return safe ?? data;
}
