import type { Clock } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
import type { World } from '../world/world.js';
import { Counter, type Custom } from './counter.js';

export interface ShopOptions {
  /** Who pays when a till asks for money and says nothing of it. Default: one who pays. */
  readonly custom?: Custom | undefined;
}

/** The terminals of one place, by their numbers: what every protocol is spoken with. */
export class Shop {
  readonly clock: Clock;
  /** What protocols leave to chance: identifiers, nonces, secrets. */
  readonly random: Random;
  /** In the order in which they were given. */
  readonly counters: ReadonlyMap<string, Counter>;

  /** One terminal at least; all on one clock, and no two with the same number. */
  constructor(worlds: readonly World[], { custom }: ShopOptions = {}) {
    const [first] = worlds;
    if (first === undefined) throw new Error('a shop has a terminal');
    this.clock = first.clock;
    this.random = first.random.fork('tills');
    this.counters = new Map(worlds.map((world) => [world.merchant.terminalId, new Counter(world, custom)]));
    if (this.counters.size < worlds.length) throw new Error('each terminal of a shop has a number of its own');
  }

  get first(): Counter {
    for (const counter of this.counters.values()) return counter;
    throw new Error('a shop has a terminal');
  }

  counter(terminalId: string): Counter | undefined {
    return this.counters.get(terminalId);
  }

  /** The terminal whose journal has this sale. Its order number begins with the terminal's. */
  whoseSale(saleId: string): Counter | undefined {
    for (const counter of this.counters.values()) {
      if (saleId.startsWith(counter.id) && counter.facts(saleId) !== undefined) return counter;
    }
    return undefined;
  }

  close(): void {
    for (const counter of this.counters.values()) counter.close();
  }
}
