import { PaperjamError } from '../../base/errors.js';
import type { Counter } from '../counter.js';
import type { Shop } from '../shop.js';

/** The terminal that a path names; else the one whose sale it names; else the first. Throws `PJ_NOT_FOUND`. */
export function counterOf(shop: Shop, { terminal, id }: Readonly<Record<string, string>>): Counter {
  if (terminal === undefined) return (id === undefined ? undefined : shop.whoseSale(id)) ?? shop.first;
  const counter = shop.counter(terminal);
  if (counter !== undefined) return counter;
  const what = `terminal ${terminal.slice(0, 64)} (known: ${[...shop.counters.keys()].join(', ')})`;
  throw new PaperjamError('PJ_NOT_FOUND', { what });
}
