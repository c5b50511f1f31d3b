import { z } from 'zod';
import { PaperjamError } from '../../base/errors.js';
import type { Shelf, ShelfKind } from '../shelf.js';
import type { TillAnswer } from '../wire.js';

const KEPT = z.strictObject({
  /** What was asked, as a fingerprint, and in words. */
  of: z.string(),
  what: z.string(),
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
const KIND: ShelfKind<z.infer<typeof KEPT>> = { name: 'api.answer', schema: KEPT };

/** Nobody repeats a request after so many others. */
const MOST_KEPT = 1_000;

export interface Asked {
  readonly of: string;
  /** In words: `POST /v1/sales/…/reprint`. */
  readonly what: string;
}

/** The answers to requests with a key that have had an effect: a repeated one is answered the same, and has no other. */
export class KeptAnswers {
  readonly #shelf: Shelf;
  readonly #keys: Set<string>;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
    this.#keys = new Set(shelf.entries(KIND).map(([key]) => key));
  }

  /** Throws `PJ_KEY_REUSED` when the key was used for something else. */
  find(key: string, { of, what }: Asked): TillAnswer | undefined {
    const kept = this.#shelf.get(KIND, key);
    if (kept === undefined) return undefined;
    if (kept.of !== of) throw new PaperjamError('PJ_KEY_REUSED', { key, before: kept.what, now: what });
    const { status, headers, body } = kept;
    return { status, headers: { ...headers, 'idempotency-replayed': 'true' }, body };
  }

  keep(key: string, { of, what }: Asked, { status, headers = {}, body }: TillAnswer): void {
    this.#shelf.put(KIND, key, { of, what, status, headers, body });
    this.#keys.add(key);
    const [oldest] = this.#keys;
    if (oldest === undefined || this.#keys.size <= MOST_KEPT) return;
    this.#keys.delete(oldest);
    this.#shelf.remove(KIND, oldest);
  }
}
