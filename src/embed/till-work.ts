import type { Clock } from '../ports/clock.js';
import type { Undo } from '../ports/faults.js';
import type { Counter } from '../till/counter.js';
import type { Shop } from '../till/shop.js';
import { isSettled } from '../world/settled.js';

/** A terminal that has not moved for so long waits for a person. */
const QUIET_MS = 3_600_000;

/**
 * What tills have begun at the terminals and what is not over yet, whether or not anybody waits for it: a till that asks
 * from time to time what has become of its sale finds it further on each time.
 */
export class TillWork {
  readonly #open = new Map<string, Counter>();
  readonly #ends: readonly Undo[];
  readonly #clock: Clock;
  /** When a till, a sale or a terminal has moved last. */
  #movedAtMs: number;

  /** `begun` runs whenever something may have begun, or been taken up again. */
  constructor(shop: Shop, begun: () => void) {
    this.#clock = shop.clock;
    this.#movedAtMs = shop.clock.now();
    this.#ends = [...shop.counters.values()].map((counter) => {
      let shown: string | undefined;
      return counter.world.watch({
        sale: (facts) => {
          if (facts.till === undefined) return;
          this.moved();
          if (isSettled(facts)) this.#open.delete(facts.saleId);
          else this.#open.set(facts.saleId, counter);
          begun();
        },
        screen: ({ state }) => {
          if (state !== shown) this.moved();
          shown = state;
          begun();
        },
      });
    });
  }

  /** A till has asked for something: time may go on for a while, whatever comes of it. */
  moved(): void {
    this.#movedAtMs = this.#clock.now();
  }

  /**
   * Not while all that is open waits for a code that nobody is about to show (whoever will show it finds it as it was), or
   * stands at a terminal that is out of service; and not for ever while nothing comes of it.
   */
  get isUnderWay(): boolean {
    if (this.#clock.now() - this.#movedAtMs > QUIET_MS) return false;
    for (const [saleId, counter] of this.#open) {
      const { terminal } = counter.world;
      if (terminal.failure !== undefined) continue;
      const waits = terminal.foreground === saleId && terminal.state === 'scanning' && !counter.isComingFor(saleId);
      if (!waits) return true;
    }
    return false;
  }

  close(): void {
    for (const end of this.#ends) end();
  }
}
