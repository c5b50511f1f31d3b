import { z } from 'zod';
import type { ShelfKind } from '../shelf.js';
import type { Poi } from './poi.js';

/** Of a sealed message that was about money: by which number it was known. */
const NONCE: ShelfKind<{ of: string }> = { name: 'nexo.nonce', schema: z.strictObject({ of: z.string() }) };

/** So many are remembered of messages that are about no money. */
const LATEST_MAX = 10_000;

/**
 * By which sealed messages are known again. Those that are about money are kept for ever, as the sales are: a payment that
 * was refused has left nothing else behind by which its message, sent once more by anybody, would be told from a new one.
 */
export class Nonces {
  readonly #poi: Poi;
  /** Of all messages that were opened, the oldest first. */
  readonly #latest = new Set<string>();

  constructor(poi: Poi) {
    this.#poi = poi;
  }

  has(nonce: string): boolean {
    return this.#latest.has(nonce) || this.#poi.shelved(NONCE, nonce) !== undefined;
  }

  add(nonce: string): void {
    this.#latest.add(nonce);
    const [oldest] = this.#latest;
    if (this.#latest.size > LATEST_MAX && oldest !== undefined) this.#latest.delete(oldest);
  }

  /** `done` once it is kept, or with what went wrong; not if the terminal has lost its power meanwhile. */
  keep(nonce: string, of: string, done: (error?: Error) => void): void {
    const poi = this.#poi;
    let isThere = true;
    const leave = () => {
      isThere = false;
      offLoss();
    };
    const offLoss = poi.counter.onPowerLoss(leave);
    poi.wait((over) => {
      poi.shelf.put(NONCE, poi.shelfId(nonce), { of }, (error) => {
        over();
        offLoss();
        if (isThere) done(error);
      });
      return leave;
    });
  }
}
