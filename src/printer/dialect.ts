import type { TicketDocument } from '../ports/ticket.js';

/** A piece of a ticket that is sent whole and confirmed by one checkpoint. It ends at a line's end. */
export interface TicketBlock {
  /** For people: `lines 1-7`, `QR`, `lines 22-25, cut`. */
  readonly name: string;
  /** The first and last printed line of text in it, counted from 1; absent when it has none. */
  readonly lines?: readonly [number, number];
  readonly bytes: Uint8Array;
  /** How much paper it moves. Default: a sixth of an inch for each of its lines. */
  readonly paperMm?: number;
  /** Default 0. */
  readonly cuts?: number;
  /** A piece of the document ends with it, by a cut or at the tear bar: the customer's ticket, the merchant's copy. */
  readonly endsPiece?: boolean;
}

export interface EncodedTicket {
  readonly blocks: readonly TicketBlock[];
  /** Printed lines of text in all blocks. */
  readonly lines: number;
}

/** A printer's language, for one model. Encoding is synchronous: what needs waiting for was prepared before. */
export interface Dialect {
  /**
   * What a printer of this language makes of the driver's questions. `nothing`: it would print them, so none is ever sent,
   * and what it printed is never proved.
   */
  readonly answers: 'escpos' | 'nothing';
  /**
   * The ticket as blocks, each to be followed by a checkpoint. The first begins by putting the printer into a known
   * state, whatever came before. Throws `PJ_TICKET` for what this printer cannot print.
   */
  encode(ticket: TicketDocument): EncodedTicket;
  /** Ends a piece of paper that an earlier job left unfinished: feeds it out and cuts it off, or feeds it past the edge. */
  readonly finishPiece: Uint8Array;
  /** Longest command that `encode` makes, in bytes: so many zeros get a parser out of any command cut short. */
  readonly longestCommandBytes: number;
}

/** The line spacing that every thermal printer starts with, about: 30 dots at 180 dpi. */
const LINE_MM = 25.4 / 6;

/** How much paper a block moves, as its encoder says, or by its lines. */
export function paperMmOf({ paperMm, lines }: TicketBlock): number {
  return paperMm ?? (lines === undefined ? 0 : (lines[1] - lines[0] + 1) * LINE_MM);
}

/** How many pieces of a ticket are whole when so many of its blocks have been sent; nothing for none. */
export function piecesIn({ blocks }: EncodedTicket, sent: number): { pieces?: number } {
  const pieces = blocks.slice(0, sent).filter(({ endsPiece }) => endsPiece === true).length;
  return pieces === 0 ? {} : { pieces };
}
