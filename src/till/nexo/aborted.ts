import { z } from 'zod';
import type { ShelfKind } from '../shelf.js';
import type { Poi } from './poi.js';

/** That a till has given a payment up: in the journal it looks like the cashier's key. */
const ABORT: ShelfKind<{ by: string }> = { name: 'nexo.abort', schema: z.strictObject({ by: z.string() }) };

/**
 * Gives a payment up with `abort`, once it is kept that a till did: only then may the terminal be told, since its answer
 * will say so. If `abort` throws nothing was given up, and nothing is kept. `done` hears what went wrong.
 */
export function giveUpFor(
  poi: Poi,
  saleId: string,
  by: string,
  abort: () => void,
  done: (error?: Error) => void,
): void {
  if (wasAborted(poi, saleId)) {
    done(problemOf(abort));
    return;
  }
  poi.aborting.add(saleId);
  const id = poi.shelfId(saleId);
  poi.shelf.put(ABORT, id, { by }, (unkept) => {
    poi.aborting.delete(saleId);
    const problem = unkept ?? problemOf(abort);
    if (problem !== undefined) poi.shelf.remove(ABORT, id);
    done(problem);
  });
}

/** Not as long as it is uncertain whether it can be: what the till is told meanwhile has another reason. */
export function wasAborted(poi: Poi, saleId: string): boolean {
  return !poi.aborting.has(saleId) && poi.shelved(ABORT, saleId) !== undefined;
}

function problemOf(act: () => void): Error | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}
