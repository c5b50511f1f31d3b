import type { TextStyle, TicketElement } from '../../ports/ticket.js';
import type { Dialect } from '../dialect.js';
import type { StylePiece } from './styles.js';
import type { TextEncoding } from './text-encoding.js';

export type QrElement = Extract<TicketElement, { kind: 'qr' }>;
export type BarcodeElement = Extract<TicketElement, { kind: 'barcode' }>;
export type ImageElement = Extract<TicketElement, { kind: 'image' }>;

/** A symbol, or one stripe of a picture, as the bytes that print it at the beginning of a line. */
export interface PrintedSymbol {
  /** For people: `QR`, `image from row 1`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Paper that it moves. */
  readonly dots: number;
  /** A further stripe of the picture before it: the two may share a block. */
  readonly joins?: true;
}

/**
 * What the encoder of tickets asks of a printer's language. Commands in strings are made of bytes below 0x80, which are
 * the same in every text encoding used here, so that they are encoded together with the text around them.
 */
export interface Language {
  readonly answers: Dialect['answers'];
  readonly longestCommandBytes: number;
  readonly encoding: TextEncoding;
  readonly lineEnd: string;
  /** From one line of text to the next, at normal height. */
  readonly lineDots: number;
  /** The largest sizes of text, in times the normal size. */
  readonly widest: number;
  readonly highest: number;
  /** What the first block begins with: a known state, whatever came before. */
  readonly begin: string;
  /** What must stand behind the last element unless that is a cut. */
  readonly end: string;
  readonly center: string;
  readonly left: string;
  /** Feeds to the blade and cuts, or feeds past the tear bar. */
  readonly cut: { readonly commands: string; readonly dots: number; readonly cuts: number };
  /** Ends a piece of paper that was left unfinished. */
  readonly finishPiece: string;
  /** The sequences around a text of this style; `undefined` for plain text, which needs none. */
  style(style: TextStyle): StylePiece | undefined;
  /** `lines` is a whole number from 1. */
  feed(lines: number): string;
  /** These three throw `PJ_TICKET` for what cannot be printed. */
  qr(element: QrElement): readonly PrintedSymbol[];
  barcode(element: BarcodeElement): PrintedSymbol;
  image(element: ImageElement): readonly PrintedSymbol[];
}
