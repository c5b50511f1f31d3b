import type { PrinterProfile } from '../../ports/device.js';
import type { BarcodeSystem } from '../../ports/ticket.js';
import { type BarWidths, checkBarcode, fitBarcode } from '../ticket/barcode.js';
import type { BarcodeElement, ImageElement, Language, PrintedSymbol, QrElement } from '../ticket/language.js';
import { paddedRows, pictureStripes, stripe } from '../ticket/picture.js';
import { fitQr } from '../ticket/qr.js';
import { stylePieces } from '../ticket/styles.js';
import { CP437, GB18030 } from '../ticket/text-encoding.js';
import { bytesOf, tearOff } from './pieces.js';
import type { Sequences } from './prepare-sequences.js';

/**
 * Star's two languages, from "STAR Line Mode Command Specifications" and "StarPRNT Command Specifications" rev. 2.25. They
 * differ in pictures: Line mode takes stripes of 24 rows, each with a line feed; StarPRNT takes rows as they come.
 */
export type StarLanguage = 'star-line' | 'star-prnt';

/** `ESC z 1`: four millimetres from line to line, which every model has. `ESC 0`: three, the height of a stripe of 24 dots. */
const LINES_OF_4_MM = '\x1bz\x01';
const LINES_OF_3_MM = '\x1b0';
const LINE_DOTS = 32;
const STRIPE_ROWS = 24;
/** `ESC i n1 n2`: height and width, 0 to 5 for 1 to 6 times. */
const MOST_TIMES = 6;
/** `ESC RS a 0`: it says nothing unasked. `ESC RS F 0`: Font A, 12 × 24 dots. */
const SETTINGS = `\x1b\x1ea\0\x1b\x1eF\0${LINES_OF_4_MM}`;
/** `ESC s 0 0`: no space beside full-width characters. A model sold in China boots with GB18030, and nothing selects it. */
const CHINESE = '\x1bs00';
/** `ESC GS t 1`. */
const CODE_PAGE_437 = '\x1b\x1dt\x01';
const LONGEST_PRNT_STRIPE_BYTES = 2_000;

export function starLanguage(language: StarLanguage, profile: PrinterProfile, sequences: Sequences): Language {
  const { printableDots } = profile.paper;
  const { initialize, lineEnd, align } = sequences;
  const chinese = profile.cjk === 'gb18030';
  // `ESC d 3` feeds to the blade by itself.
  const cut = profile.cutter ? { commands: sequences.partialCut, dots: 0, cuts: 1 } : tearOff(lineEnd, LINE_DOTS);
  return {
    answers: 'nothing',
    longestCommandBytes: Math.max(LONGEST_PRNT_STRIPE_BYTES, STRIPE_ROWS * Math.ceil(printableDots / 8)) + 16,
    encoding: chinese ? GB18030 : CP437,
    lineEnd,
    lineDots: LINE_DOTS,
    widest: MOST_TIMES,
    highest: MOST_TIMES,
    begin: initialize + SETTINGS + (chinese ? CHINESE : CODE_PAGE_437),
    end: '',
    center: align.center,
    left: align.left,
    cut,
    finishPiece: initialize + lineEnd + cut.commands,
    // The library has sizes 1 and 2 only, and no size of its own choice.
    style: stylePieces({ ...sequences, size: expanded }, MOST_TIMES, MOST_TIMES),
    feed: (lines) => lineEnd.repeat(lines),
    qr: (element) => [starQr(element, printableDots)],
    barcode: (element) => starBarcode(element, printableDots),
    image: (element) => (language === 'star-line' ? lineStripes : prntStripes)(element, printableDots),
  };
}

function expanded(width: number, height: number): string {
  return `\x1bi${String.fromCharCode(height - 1, width - 1)}`;
}

const QR_LEVEL = { L: 0, M: 1, Q: 2, H: 3 } as const;

/**
 * `ESC GS y`: model 2, level, cell size, data, print. The library leaves out the head of the data command, and counts
 * characters where bytes go.
 */
function starQr(element: QrElement, printableDots: number): PrintedSymbol {
  const { data, level, moduleDots, dots } = fitQr(element, printableDots, { moduleDots: [1, 2, 3, 4, 5, 6, 7, 8] });
  const bytes = bytesOf(
    '\x1b\x1dyS0\x02',
    `\x1b\x1dyS1${String.fromCharCode(QR_LEVEL[level])}`,
    `\x1b\x1dyS2${String.fromCharCode(moduleDots)}`,
    '\x1b\x1dyD1\0',
    Uint8Array.of(data.length & 0xff, data.length >> 8),
    data,
    '\x1b\x1dyP',
  );
  return { name: 'QR', bytes, dots };
}

/** n1 of `ESC b n1 n2 n3 n4 d… RS`. */
const BARCODE_SYSTEM: Readonly<Record<BarcodeSystem, string>> = {
  upca: '1',
  ean8: '2',
  ean13: '3',
  code39: '4',
  itf: '5',
  code128: '6',
  codabar: '8',
};

/** n3, by the system: the printer has names, not numbers of dots. */
interface StarWidths extends BarWidths {
  readonly mode: string;
}
const PLAIN_BARS: readonly [StarWidths, ...StarWidths[]] = [
  { moduleDots: 2, wideDots: 2, mode: '1' },
  { moduleDots: 3, wideDots: 3, mode: '2' },
  { moduleDots: 4, wideDots: 4, mode: '3' },
];
const TWO_WIDTHS: readonly [StarWidths, ...StarWidths[]] = [
  { moduleDots: 2, wideDots: 5, mode: '4' },
  { moduleDots: 3, wideDots: 8, mode: '5' },
  { moduleDots: 4, wideDots: 10, mode: '6' },
];
const ITF_WIDTHS: readonly [StarWidths, ...StarWidths[]] = [
  { moduleDots: 2, wideDots: 5, mode: '1' },
  { moduleDots: 3, wideDots: 9, mode: '8' },
  { moduleDots: 4, wideDots: 10, mode: '2' },
];
const HRI_DOTS = 24;

function widthsOf(system: BarcodeSystem): readonly [StarWidths, ...StarWidths[]] {
  if (system === 'code39' || system === 'codabar') return TWO_WIDTHS;
  return system === 'itf' ? ITF_WIDTHS : PLAIN_BARS;
}

/** n2: 1 without and 2 with characters below; both feed a line. The printer chooses the code sets of Code 128. */
function starBarcode(element: BarcodeElement, printableDots: number): PrintedSymbol {
  const barcode = checkBarcode(element);
  const { mode } = fitBarcode(element, barcode, printableDots, widthsOf(barcode.system));
  const { system, heightDots, hri } = barcode;
  // A per cent sign begins a code of Code 128 that is no character; `%0` is the sign itself.
  const data = system === 'code128' ? barcode.data.replaceAll('%', '%0') : barcode.data;
  const bytes = bytesOf(
    `\x1bb${BARCODE_SYSTEM[system]}${hri ? '2' : '1'}${mode}`,
    Uint8Array.of(heightDots),
    `${data}\x1e`,
  );
  return { name: 'bar code', bytes, dots: heightDots + (hri ? HRI_DOTS : 0) };
}

/** `ESC k n 0 d…`: n bytes for each of 24 rows. */
function lineStripes(element: ImageElement, printableDots: number): PrintedSymbol[] {
  return pictureStripes(element, printableDots, STRIPE_ROWS).map((part) => {
    const { fromRow, rowBytes } = part;
    const rows = paddedRows(part, STRIPE_ROWS);
    const bytes = bytesOf(LINES_OF_3_MM, '\x1bk', Uint8Array.of(rowBytes & 0xff, 0), rows, '\n', LINES_OF_4_MM);
    return stripe(fromRow, bytes, STRIPE_ROWS);
  });
}

/** `ESC GS S 1 xL xH yL yH 0 d…`. */
function prntStripes(element: ImageElement, printableDots: number): PrintedSymbol[] {
  const stripeRows = Math.max(1, Math.floor((8 * LONGEST_PRNT_STRIPE_BYTES) / Math.max(element.widthDots, 8)) || 1);
  return pictureStripes(element, printableDots, stripeRows).map(({ fromRow, rows, ink, rowBytes }) => {
    const size = Uint8Array.of(rowBytes & 0xff, rowBytes >> 8, rows & 0xff, rows >> 8, 0);
    return stripe(fromRow, bytesOf('\x1b\x1dS\x01', size, ink), rows);
  });
}
