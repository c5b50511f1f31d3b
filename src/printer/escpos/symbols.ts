import type { BarcodeSystem } from '../../ports/ticket.js';
import { type BarWidths, type CheckedBarcode, checkBarcode, fitBarcode } from '../ticket/barcode.js';
import { type Code128Step, code128Steps } from '../ticket/code128.js';
import type { BarcodeElement, ImageElement, PrintedSymbol, QrElement } from '../ticket/language.js';
import { pictureStripes, stripe } from '../ticket/picture.js';
import { fitQr, LONGEST_QR_BYTES } from '../ticket/qr.js';

/** Longest stripe of a picture: with the longest QR content it bounds the longest command. */
const LONGEST_STRIPE_BYTES = 1_000;
export const LONGEST_COMMAND_BYTES = Math.max(LONGEST_QR_BYTES, LONGEST_STRIPE_BYTES) + 16;

const DLE = 0x10;
/** EOT, ENQ and DC4: behind a DLE each is obeyed at once. */
const REAL_TIME: readonly number[] = [0x04, 0x05, 0x14];

const QR_LEVEL = { L: 48, M: 49, Q: 50, H: 51 } as const;
const QR_MODULES = { moduleDots: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] } as const;

/**
 * `GS ( k`: model 2, module size, error correction, store, print. Content is UTF-8, its length counted in bytes.
 * escpos-buffer is not asked: it cuts Chinese to low bytes and knows level L only.
 */
export function qrCommands(element: QrElement, printableDots: number): PrintedSymbol {
  const { data, level, moduleDots, dots } = fitQr(element, printableDots, QR_MODULES);
  const length = data.length + 3;
  const bytes = Buffer.concat([
    Uint8Array.of(0x1d, 0x28, 0x6b, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00),
    Uint8Array.of(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x43, moduleDots),
    Uint8Array.of(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x45, QR_LEVEL[level]),
    Uint8Array.of(0x1d, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30),
    data,
    Uint8Array.of(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x51, 0x30),
  ]);
  return { name: 'QR', bytes, dots };
}

/** m of `GS k m n d…`, the form that counts its data (ESC/POS command manual 10.05, p. 340). */
const BARCODE_SYSTEM: Readonly<Record<BarcodeSystem, number>> = {
  upca: 65,
  ean13: 67,
  ean8: 68,
  code39: 69,
  itf: 70,
  codabar: 71,
  code128: 73,
};

/** Dots of narrow and wide bars by `GS w` 2 to 6, at 203 dpi; at 180 dpi the wide ones are no wider. */
const BAR_WIDTHS: readonly [BarWidths, ...BarWidths[]] = [
  { moduleDots: 2, wideDots: 5 },
  { moduleDots: 3, wideDots: 8 },
  { moduleDots: 4, wideDots: 10 },
  { moduleDots: 5, wideDots: 13 },
  { moduleDots: 6, wideDots: 15 },
];

/** A line of characters below the bars. */
const HRI_DOTS = 24;

/** `GS h`, `GS w`, `GS H`, `GS f` and `GS k`. escpos-buffer has no bar codes. */
export function barcodeCommands(element: BarcodeElement, printableDots: number): PrintedSymbol {
  const barcode = checkBarcode(element);
  const steps = barcode.system === 'code128' ? code128(barcode.data) : undefined;
  const codes = steps === undefined ? 0 : steps.length + 1; // The first change of set is the start; one more to check.
  const { moduleDots } = fitBarcode(element, barcode, printableDots, BAR_WIDTHS, codes);
  const { heightDots, hri } = barcode;
  const data = steps === undefined ? digitsOf(barcode) : code128Data(steps);
  const bytes = Buffer.concat([
    Uint8Array.of(0x1d, 0x68, heightDots, 0x1d, 0x77, moduleDots, 0x1d, 0x48, hri ? 2 : 0, 0x1d, 0x66, 0),
    Uint8Array.of(0x1d, 0x6b, BARCODE_SYSTEM[barcode.system], data.length),
    data,
  ]);
  return { name: 'bar code', bytes, dots: heightDots + (hri ? HRI_DOTS : 0) };
}

function digitsOf({ data, checkDigit }: CheckedBarcode): Uint8Array {
  return Buffer.from(data + checkDigit, 'latin1');
}

/** `1604` in set C is DLE EOT, which the printer would obey: such data does without set C. */
function code128(data: string): Code128Step[] {
  const steps = code128Steps(data);
  const hidden = steps.some((step, at) => {
    const next = steps[at + 1];
    return 'pair' in step && step.pair === DLE && next !== undefined && 'pair' in next && REAL_TIME.includes(next.pair);
  });
  return hidden ? code128Steps(data, false) : steps;
}

/** `{B` and `{C` change the code set; in set C a byte is the value of two digits; `{{` is a brace. */
function code128Data(steps: readonly Code128Step[]): Uint8Array {
  const bytes: number[] = [];
  for (const step of steps) {
    if ('set' in step) bytes.push(0x7b, step.set.charCodeAt(0));
    else if ('pair' in step) bytes.push(step.pair);
    else if (step.char === '{') bytes.push(0x7b, 0x7b);
    else bytes.push(step.char.charCodeAt(0));
  }
  return Uint8Array.from(bytes);
}

/** `GS v 0` for a picture, in stripes that join without a gap. */
export function rasterStripes(element: ImageElement, printableDots: number): PrintedSymbol[] {
  const stripeRows = Math.max(1, Math.floor(LONGEST_STRIPE_BYTES / Math.ceil(element.widthDots / 8)) || 1);
  return pictureStripes(element, printableDots, stripeRows).map(({ fromRow, rows, ink, rowBytes }) => {
    const head = Uint8Array.of(0x1d, 0x76, 0x30, 0x00, rowBytes & 0xff, rowBytes >> 8, rows & 0xff, rows >> 8);
    const bytes = Buffer.concat([head, withoutHiddenCommands(ink)]);
    return stripe(fromRow, bytes, rows);
  });
}

/**
 * The printer obeys real-time commands wherever they stand, in the middle of a picture too: DLE EOT would answer unasked,
 * DLE ENQ or DLE DC4 clear the buffer. So a DLE in front of one gets one dot more, which nobody sees.
 */
export function withoutHiddenCommands(data: Uint8Array): Uint8Array {
  let safe: Uint8Array | undefined;
  for (let at = data.indexOf(DLE); at >= 0; at = data.indexOf(DLE, at + 1)) {
    if (!REAL_TIME.includes(data[at + 1] ?? 0)) continue;
    safe ??= Uint8Array.from(data);
    safe[at] = 0x30;
  }
  return safe ?? data;
}
