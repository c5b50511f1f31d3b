import { z } from 'zod';
import type { ShelfKind } from '../shelf.js';
import type { Poi } from './poi.js';

const LOGGED_IN = z.strictObject({ sales: z.array(z.string()) });
const KIND: ShelfKind<z.infer<typeof LOGGED_IN>> = { name: 'nexo.logged-in', schema: LOGGED_IN };

/** So many tills of one terminal are remembered, the latest. */
const MOST = 100;

/** The tills that have logged in at a terminal and not out. */
export function loggedIn(poi: Poi): readonly string[] {
  return poi.shelved(KIND, 'sales')?.sales ?? [];
}

/** `done` in any case: nothing depends on whether it is kept. */
export function noteLogin(poi: Poi, saleId: string, isIn: boolean, done: () => void): void {
  const others = loggedIn(poi).filter((other) => other !== saleId);
  const sales = isIn ? [...others, saleId].slice(-MOST) : others;
  poi.shelf.put(KIND, poi.shelfId('sales'), { sales }, () => done());
}
