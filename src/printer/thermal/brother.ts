import { PaperjamError } from '../../base/errors.js';
import type { PrinterProfile } from '../../ports/device.js';
import type { BarcodeSystem } from '../../ports/ticket.js';
import { type BarWidths, checkBarcode, fitBarcode } from '../ticket/barcode.js';
import type { BarcodeElement, ImageElement, Language, PrintedSymbol, QrElement } from '../ticket/language.js';
import { COLUMN_DOTS, columnsOf, pictureStripes, stripe } from '../ticket/picture.js';
import { fitQr, LONGEST_QR_BYTES } from '../ticket/qr.js';
import { NO_STYLE, stylePieces } from '../ticket/styles.js';
import { LATIN1 } from '../ticket/text-encoding.js';
import { bytesOf } from './pieces.js';
import type { Sequences } from './prepare-sequences.js';

/** `ESC 3 n`, n dots from line to line: 32 as shipped, 24 for stripes that join. */
const LINE_DOTS = 32;
const TEXT_LINES = `\x1b3${String.fromCharCode(LINE_DOTS)}`;
const STRIPE_LINES = `\x1b3${String.fromCharCode(COLUMN_DOTS)}`;
/**
 * `ESC t 2`: Western European characters. `ESC k 1`: Letter Gothic Bold, best in fixed pitch. `ESC X 0 24 0`: 24 dots high.
 * `ESC p 0`, `ESC g`: fixed pitch, 15 to the inch, the narrowest.
 */
const SETTINGS = `\x1bt\x02\x1bk\x01\x1bX\0\x18\0\x1bp\0\x1bg${TEXT_LINES}`;
/** Form feed: the page is printed. Without one, what stands in the buffer waits. */
const FORM_FEED = '\f';
/** `ESC W`. There is no double height; the sizes of `ESC X` change both ways and keep the pitch, so they would overlap. */
const WIDEST = 2;

/** Brother's ESC/P, from "Software Developer's Manual, ESC/P Command Reference", TD-2020/2120N/2130N and RJ-3050/3150. */
export function brotherLanguage(profile: PrinterProfile, sequences: Sequences): Language {
  const { printableDots } = profile.paper;
  const { initialize, lineEnd, align, bold, underline } = sequences;
  // `ESC i C 1` says how the page is to end, and the form feed ends it.
  const cut = profile.cutter
    ? { commands: sequences.fullCut + FORM_FEED, dots: 0, cuts: 1 }
    : { commands: FORM_FEED, dots: 0, cuts: 0 };
  return {
    answers: 'nothing',
    longestCommandBytes: Math.max(LONGEST_QR_BYTES, 3 * printableDots) + 32,
    encoding: LATIN1,
    lineEnd,
    lineDots: LINE_DOTS,
    widest: WIDEST,
    highest: 1,
    begin: initialize + SETTINGS,
    end: FORM_FEED,
    center: align.center,
    left: align.left,
    cut,
    finishPiece: initialize + cut.commands,
    style: stylePieces({ align, bold, underline, reverse: NO_STYLE, size: doubleWidth }, WIDEST, 1),
    feed: (lines) => lineEnd.repeat(lines),
    qr: (element) => [brotherQr(element, printableDots)],
    barcode: (element) => brotherBarcode(element, printableDots),
    image: (element) => columnStripes(element, printableDots),
  };
}

function doubleWidth(width: number): string {
  return `\x1bW${String.fromCharCode(width - 1)}`;
}

const QR_LEVEL = { L: 1, M: 2, Q: 3, H: 4 } as const;

/**
 * `ESC i Q`: cell, model 2, four bytes for codes in parts, level, and manual input as binary with its length in digits.
 * Automatic input would look for Shift JIS in UTF-8. The library knows level M only and needs a cell size.
 */
function brotherQr(element: QrElement, printableDots: number): PrintedSymbol {
  const { data, level, moduleDots, dots } = fitQr(element, printableDots, { moduleDots: [3, 4, 5, 6, 8, 10] });
  const parameters = Uint8Array.of(moduleDots, 2, 0, 0, 0, 0, QR_LEVEL[level], 1);
  const bytes = bytesOf('\x1biQ', parameters, `B${String(data.length).padStart(4, '0')}`, data, '\\\\\\', '\n');
  return { name: 'QR', bytes, dots: dots + LINE_DOTS };
}

/** t of `ESC i t… B d… \`. */
const BARCODE_SYSTEM: Readonly<Record<BarcodeSystem, string>> = {
  code39: '0',
  itf: '1',
  ean13: '5',
  ean8: '5',
  upca: '5',
  codabar: '9',
  code128: 'a',
};

/** w of the same: extra small, small, medium, large. */
interface BrotherWidths extends BarWidths {
  readonly w: string;
}
const BAR_WIDTHS: readonly [BrotherWidths, ...BrotherWidths[]] = [
  { moduleDots: 2, wideDots: 5, w: '0' },
  { moduleDots: 3, wideDots: 8, w: '1' },
  { moduleDots: 4, wideDots: 10, w: '2' },
  { moduleDots: 5, wideDots: 13, w: '3' },
];
const LEAST_BAR_DOTS = 48;
const HRI_DOTS = 24;

/** r: characters below; h: height in two bytes; z1: wide bars of 2.5 narrow ones. A Code 128 ends with three backslashes. */
function brotherBarcode(element: BarcodeElement, printableDots: number): PrintedSymbol {
  const barcode = checkBarcode(element);
  const { w } = fitBarcode(element, barcode, printableDots, BAR_WIDTHS);
  const { system, data, hri } = barcode;
  if (data.includes('\\')) {
    const problem = `the ${system} bar code holds a backslash, which ends it here`;
    throw new PaperjamError('PJ_TICKET', { problem, allowed: 'all other characters' });
  }
  const heightDots = Math.max(LEAST_BAR_DOTS, barcode.heightDots);
  const bytes = bytesOf(
    `\x1bit${BARCODE_SYSTEM[system]}r${hri ? 1 : 0}h`,
    Uint8Array.of(heightDots, 0),
    `w${w}z1B${data}${system === 'code128' ? '\\\\\\' : '\\'}\n`,
  );
  return { name: 'bar code', bytes, dots: heightDots + (hri ? HRI_DOTS : 0) + LINE_DOTS };
}

/** More bit images than this on a page are left out. */
const MOST_STRIPES = 63;

/** `ESC * 39 nL nH d…`: 24 dots high, one dot of the head for each. The library's 72 has one byte for the width. */
function columnStripes(element: ImageElement, printableDots: number): PrintedSymbol[] {
  const { widthDots } = element;
  const stripes = pictureStripes(element, printableDots, COLUMN_DOTS);
  if (stripes.length > MOST_STRIPES) {
    throw new PaperjamError('PJ_TICKET', {
      problem: `the picture is ${element.heightDots} dots high`,
      allowed: `up to ${MOST_STRIPES * COLUMN_DOTS}`,
    });
  }
  return stripes.map((part) => {
    const head = Uint8Array.of(0x1b, 0x2a, 39, widthDots & 0xff, widthDots >> 8);
    const bytes = bytesOf(STRIPE_LINES, head, columnsOf(part, widthDots), '\n', TEXT_LINES);
    return stripe(part.fromRow, bytes, COLUMN_DOTS);
  });
}
