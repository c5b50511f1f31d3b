import type { Undo } from '../ports/faults.js';
import type { Counter } from '../till/counter.js';
import type { Shop } from '../till/shop.js';
import { isSettled } from '../world/settled.js';

/**
 * What tills have begun at the terminals and what is not over yet, whether or not anybody waits for it: a till that asks
 * from time to time what has become of its sale finds it further on each time.
 */
export class TillWork {
  readonly #open = new Map<string, Counter>();
  readonly #ends: readonly Undo[];

  /** `begun` runs whenever something may have begun, or been taken up again. */
  constructor(shop: Shop, begun: () => void) {
    this.#ends = [...shop.counters.values()].map((counter) =>
      counter.world.watch({
        sale: (facts) => {
          if (facts.till === undefined) return;
          if (isSettled(facts)) this.#open.delete(facts.saleId);
          else this.#open.set(facts.saleId, counter);
          begun();
        },
        screen: begun,
      }),
    );
  }

  /** Not while all that is open waits for a code that nobody is about to show: whoever will show it finds it as it was. */
  get isUnderWay(): boolean {
    for (const [saleId, counter] of this.#open) {
      const { terminal } = counter.world;
      const waits = terminal.foreground === saleId && terminal.state === 'scanning' && !counter.isComingFor(saleId);
      if (!waits) return true;
    }
    return false;
  }

  close(): void {
    for (const end of this.#ends) end();
  }
}
