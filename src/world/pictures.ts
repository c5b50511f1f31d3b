import { PaperjamError } from '../base/errors.js';
import type { PaperPiece } from '../emulator/printer/paper/piece.js';
import { toPng } from '../emulator/printer/paper/png.js';
import { rasterise } from '../emulator/printer/paper/raster.js';
import type { World } from './world.js';

/** The pieces of paper on which a sale's order number stands, oldest first: what anybody would find in the bin. */
export function ticketPieces(world: World, saleId: string): PaperPiece[] {
  const pieces = world.emulatedPrinter?.paper.pieces ?? [];
  return pieces.filter((piece) => piece.lines.some((line) => line.includes(saleId)));
}

/** A piece of paper as a PNG, one bit a dot. */
export function pictureOf(world: World, piece: PaperPiece): Uint8Array {
  return toPng(rasterise(piece, world.glyphs));
}

/**
 * The picture of a sale's paper: the newest piece, or the n-th, counted from 1. Throws `PJ_NO_PAPER` when there is none,
 * or when the printer is a real one, whose paper lies on the counter.
 */
export function ticketPicture(world: World, saleId: string, n?: number): { png: Uint8Array; pieces: number } {
  const fail = (problem: string) => new PaperjamError('PJ_NO_PAPER', { what: `the ticket of ${saleId}`, problem });
  if (world.emulatedPrinter === undefined) throw fail('the printer is a real one, look at its paper');
  const pieces = ticketPieces(world, saleId);
  const piece = pieces[(n ?? pieces.length) - 1];
  if (piece === undefined)
    throw fail(pieces.length === 0 ? 'nothing has been printed' : `it has ${pieces.length} piece(s)`);
  return { png: pictureOf(world, piece), pieces: pieces.length };
}
