import type { PrinterProfile } from '../../ports/device.js';
import { type EscposDifferences, escposFeed, escposLanguage, headToCutterDots, LINE_DOTS } from '../escpos/language.js';
import { escposEncoding } from '../escpos/prepare-pieces.js';
import { withoutHiddenCommands } from '../escpos/symbols.js';
import type { ImageElement, Language, PrintedSymbol } from '../ticket/language.js';
import { COLUMN_DOTS, columnsOf, pictureStripes, stripe } from '../ticket/picture.js';
import { qrPicture } from '../ticket/qr.js';
import { MOST_TIMES, stylePieces } from '../ticket/styles.js';
import { bytesOf } from './pieces.js';
import type { Sequences } from './prepare-sequences.js';

/** Tanca's printers, as published encoders write to them: ESC/POS in everything that a ticket needs. No manual was at hand. */
export function tancaLanguage(profile: PrinterProfile, sequences: Sequences): Language {
  return relative(profile, sequences, { cutter: cutAtTheBlade(profile, sequences.partialCut) });
}

/**
 * Custom's, from its command manuals (TG1260/TG2460, VKP80II, TG02H: "ESC/POS emulation"). Functions 65 to 67 of their
 * `GS ( k` are others than Epson's, so a QR code goes as a picture; and a picture as columns, since not every model has
 * `GS v 0`.
 */
export function customLanguage(profile: PrinterProfile, sequences: Sequences): Language {
  const { printableDots } = profile.paper;
  const image = (element: ImageElement) => columnStripes(element, printableDots);
  return relative(profile, sequences, {
    cutter: cutAtTheBlade(profile, sequences.fullCut),
    longestCommandBytes: 3 * printableDots + 16,
    qr: (element) => image(qrPicture(element, printableDots)).map((part) => ({ ...part, name: 'QR' })),
    image,
  });
}

function relative(profile: PrinterProfile, sequences: Sequences, own: Omit<EscposDifferences, 'begin'>): Language {
  const { initialize, lineEnd, align, bold, underline, reverse } = sequences;
  const { select } = escposEncoding(profile);
  const style = stylePieces({ align, bold, underline, reverse, size: characterSize }, MOST_TIMES, MOST_TIMES);
  const pieces = { select, lineEnd, center: align.center, left: align.left, style };
  return escposLanguage(profile, pieces, { begin: initialize + select, ...own });
}

/** `GS !`: width in the upper half, height in the lower. The library has them the other way round. */
function characterSize(width: number, height: number): string {
  return `\x1d!${String.fromCharCode(((width - 1) << 4) | (height - 1))}`;
}

/** Their cuts do not feed: the last lines would stay inside. */
function cutAtTheBlade(profile: PrinterProfile, commands: string): Language['cut'] {
  const lines = Math.max(1, Math.ceil(headToCutterDots(profile) / LINE_DOTS));
  return { commands: escposFeed(lines) + commands, dots: lines * LINE_DOTS, cuts: 1 };
}

/** `ESC * 33 nL nH d…` with no space between the lines, as after `ESC 3 0`; `ESC 2` puts it back. */
function columnStripes(element: ImageElement, printableDots: number): PrintedSymbol[] {
  const { widthDots } = element;
  return pictureStripes(element, printableDots, COLUMN_DOTS).map((part) => {
    const head = Uint8Array.of(0x1b, 0x2a, 33, widthDots & 0xff, widthDots >> 8);
    const columns = withoutHiddenCommands(columnsOf(part, widthDots));
    return stripe(part.fromRow, bytesOf('\x1b3\0', head, columns, '\n\x1b2'), COLUMN_DOTS);
  });
}
