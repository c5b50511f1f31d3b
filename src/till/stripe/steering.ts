import type { Undo } from '../../ports/faults.js';
import type { Shop } from '../shop.js';
import type { Steer } from './store.js';

/** What the platform's methods are to refuse, by what a test card is about. */
const METHODS: Readonly<Record<Steer['of'], string>> = { payment: 'alipay.trade.pay', refund: 'alipay.trade.cancel' };

/**
 * Test cards and test amounts: the emulated platform refuses these orders, with its own sub codes, and all that follows is
 * the machine's own doing. A platform that is not emulated is left alone.
 */
export class Steering {
  readonly #steers = new Map<string, Steer>();
  readonly #undos: Undo[] = [];

  constructor(shop: Shop) {
    for (const { world } of shop.counters.values()) {
      const undo = world.platform?.site.onRequest(({ method, orderNo }) => {
        const steer = orderNo === undefined ? undefined : this.#steers.get(orderNo);
        if (steer === undefined || METHODS[steer.of] !== method) return {};
        return { refuse: { subCode: steer.subCode, words: steer.words } };
      });
      if (undo !== undefined) this.#undos.push(undo);
    }
  }

  set(saleId: string, steer: Steer | undefined): void {
    if (steer !== undefined) this.#steers.set(saleId, steer);
  }

  /** The sale has an end: only what is to become of a refund is still wanted. */
  forget(saleId: string): void {
    if (this.#steers.get(saleId)?.of === 'payment') this.#steers.delete(saleId);
  }

  close(): void {
    for (const undo of this.#undos) undo();
  }
}
