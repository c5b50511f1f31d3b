import { z } from 'zod';
import type { ShelfKind } from '../shelf.js';
import type { Poi } from './poi.js';

/** That a till has given a payment up: in the journal it looks like the cashier's key. */
const ABORT: ShelfKind<{ by: string }> = { name: 'nexo.abort', schema: z.strictObject({ by: z.string() }) };

/** `done` once it is kept: only then may the terminal be told, since its answer will say so. */
export function noteAbort(poi: Poi, saleId: string, by: string, done: (error?: Error) => void): void {
  poi.shelf.put(ABORT, poi.shelfId(saleId), { by }, done);
}

export function wasAborted(poi: Poi, saleId: string): boolean {
  return poi.shelved(ABORT, saleId) !== undefined;
}
