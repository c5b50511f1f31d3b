import { PaperjamError } from '../../base/errors.js';
import type { PrinterProfile } from '../../ports/device.js';
import type { BarcodeSystem } from '../../ports/ticket.js';
import { type BarWidths, checkBarcode, fitBarcode } from '../ticket/barcode.js';
import type { BarcodeElement, Language, PrintedSymbol, QrElement } from '../ticket/language.js';
import { fitQr } from '../ticket/qr.js';
import { NO_STYLE, stylePieces } from '../ticket/styles.js';
import { ASCII } from '../ticket/text-encoding.js';
import { bytesOf, tearOff } from './pieces.js';
import type { Sequences } from './prepare-sequences.js';

/** As the printer is shipped. */
const LINE_DOTS = 30;
/** `ESC W n` and `ESC w n`: there is double width and double height, and nothing more. */
const MOST_TIMES = 2;
/** Lines from the head to the blade: `ESC m` cuts where the paper stands. */
const LINES_TO_THE_BLADE = 4;
const MOST_QR_BYTES = 700;

/**
 * Daruma's language of the DR700 and DR800, from "Manual da Impressora DR700" rev. 06. The code page is set at the printer
 * (its configuration byte), not in the stream, so text is held to ASCII. Of pictures it prints only those that were stored
 * in it. Reverse printing is unknown to it.
 */
export function darumaLanguage(profile: PrinterProfile, sequences: Sequences): Language {
  const { printableDots } = profile.paper;
  const { initialize, lineEnd, align, bold, underline } = sequences;
  const toBlade = LINES_TO_THE_BLADE * LINE_DOTS;
  const cut = profile.cutter
    ? { commands: lineEnd.repeat(LINES_TO_THE_BLADE) + sequences.fullCut, dots: toBlade, cuts: 1 }
    : tearOff(lineEnd, LINE_DOTS);
  return {
    answers: 'nothing',
    longestCommandBytes: MOST_QR_BYTES + 16,
    encoding: ASCII,
    lineEnd,
    lineDots: LINE_DOTS,
    widest: MOST_TIMES,
    highest: MOST_TIMES,
    begin: initialize,
    end: '',
    center: align.center,
    left: align.left,
    cut,
    finishPiece: initialize + lineEnd + cut.commands,
    style: stylePieces({ align, bold, underline, reverse: NO_STYLE, size: doubled }, MOST_TIMES, MOST_TIMES),
    feed: (lines) => lineEnd.repeat(lines),
    qr: (element) => [darumaQr(element, printableDots)],
    barcode: (element) => darumaBarcode(element, printableDots),
    image() {
      throw new PaperjamError('PJ_TICKET', {
        problem: 'it holds a picture, and a Daruma prints only pictures that were stored in it',
        allowed: 'text, QR codes and bar codes',
      });
    },
  };
}

/** The library's double width, `ESC SO NUL`, ends with the line, and it has no way back from double height. */
function doubled(width: number, height: number): string {
  return `\x1bW${String.fromCharCode(width - 1)}\x1bw${String.fromCharCode(height - 1)}`;
}

/** There is no L; M holds as much of everything that a receipt has. */
const QR_LEVEL = { L: 'M', M: 'M', Q: 'Q', H: 'H' } as const;

/** `ESC 81 nL nH size level d…`: the two lengths count size and level too. The library has no QR code for it. */
function darumaQr(element: QrElement, printableDots: number): PrintedSymbol {
  const level = QR_LEVEL[element.level ?? 'M'];
  const limits = { moduleDots: [3, 4, 5, 6, 7], mostBytes: MOST_QR_BYTES };
  const { data, moduleDots, dots } = fitQr({ ...element, level }, printableDots, limits);
  const length = data.length + 2;
  const head = Uint8Array.of(0x1b, 0x81, length & 0xff, length >> 8, moduleDots);
  return { name: 'QR', bytes: bytesOf(head, level, data), dots };
}

/** The first byte of `ESC b type width height hri d… NUL`. */
const BARCODE_SYSTEM: Readonly<Record<BarcodeSystem, number>> = {
  ean13: 1,
  ean8: 2,
  itf: 4,
  code128: 5,
  code39: 6,
  upca: 8,
  codabar: 9,
};
const BAR_WIDTHS: readonly [BarWidths, ...BarWidths[]] = [
  { moduleDots: 2, wideDots: 6 },
  { moduleDots: 3, wideDots: 9 },
  { moduleDots: 4, wideDots: 12 },
  { moduleDots: 5, wideDots: 15 },
];
const LEAST_BAR_DOTS = 50;
const MOST_BAR_DOTS = 200;
const HRI_DOTS = 24;

function darumaBarcode(element: BarcodeElement, printableDots: number): PrintedSymbol {
  const barcode = checkBarcode(element);
  const { moduleDots } = fitBarcode(element, barcode, printableDots, BAR_WIDTHS);
  const { system, data, hri } = barcode;
  const heightDots = Math.max(LEAST_BAR_DOTS, Math.min(barcode.heightDots, MOST_BAR_DOTS));
  const head = Uint8Array.of(0x1b, 0x62, BARCODE_SYSTEM[system], moduleDots, heightDots, hri ? 1 : 0);
  return { name: 'bar code', bytes: bytesOf(head, `${data}\0`), dots: heightDots + (hri ? HRI_DOTS : 0) };
}
