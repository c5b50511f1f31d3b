import type { PrinterProfile } from '../../ports/device.js';
import type { Language } from '../ticket/language.js';
import { MOST_TIMES } from '../ticket/styles.js';
import { type EscposPieces, escposEncoding } from './prepare-pieces.js';
import { barcodeCommands, LONGEST_COMMAND_BYTES, qrCommands, rasterStripes } from './symbols.js';

/** Lines that carry the last print past the tear bar of a printer without a cutter. */
const TEAR_OFF_LINES = 4;
/** ESC d takes up to 255, but a byte above 0x7F would not pass through every text encoding unchanged. */
const MOST_LINES_A_FEED = 127;
/** As after ESC @ and ESC 2. */
export const LINE_DOTS = 30;
/** ESC @: modes as after power-on. escpos-buffer never sends it. */
export const INITIALIZE = '\x1b@';

/** What the relatives of ESC/POS do otherwise. */
export type EscposDifferences = Pick<Language, 'begin'> &
  Partial<Pick<Language, 'longestCommandBytes' | 'qr' | 'image'>> & {
    /** Cuts where the paper stands, or after feeding to the blade by itself. */
    readonly cutter: Language['cut'];
  };

/** ESC/POS for one model. */
export function escposLanguage(profile: PrinterProfile, pieces: EscposPieces, own: EscposDifferences): Language {
  const { printableDots } = profile.paper;
  const { cutter, ...others } = own;
  const cut = profile.cutter
    ? cutter
    : { commands: escposFeed(TEAR_OFF_LINES), dots: TEAR_OFF_LINES * LINE_DOTS, cuts: 0 };
  return {
    answers: 'escpos',
    longestCommandBytes: LONGEST_COMMAND_BYTES,
    encoding: escposEncoding(profile).encoding,
    lineEnd: pieces.lineEnd,
    lineDots: LINE_DOTS,
    widest: MOST_TIMES,
    highest: MOST_TIMES,
    end: '',
    center: pieces.center,
    left: pieces.left,
    cut,
    // The line end is for models whose ESC @ keeps a line that was begun: a cut works at the beginning of a line only.
    finishPiece: INITIALIZE + pieces.lineEnd + cut.commands,
    style: pieces.style,
    feed: escposFeed,
    qr: (element) => [qrCommands(element, printableDots)],
    barcode: (element) => barcodeCommands(element, printableDots),
    image: (element) => rasterStripes(element, printableDots),
    ...others,
  };
}

export function escposFeed(lines: number): string {
  let commands = '';
  for (let left = lines; left > 0; left -= MOST_LINES_A_FEED) {
    commands += `\x1bd${String.fromCharCode(Math.min(left, MOST_LINES_A_FEED))}`;
  }
  return commands;
}

/** How far the paper goes from the head to the blade. */
export function headToCutterDots({ headToCutterMm = 0, paper }: PrinterProfile): number {
  return Math.round((headToCutterMm * paper.dpi) / 25.4);
}
