import type { Random } from '../../../ports/random.js';
import { percent } from '../../diagnosis/chance.js';

/** The heaviest weighs so many times as much as the lightest; each doubling is as likely as any other. */
const SPREAD = 1_000;

/**
 * Swarm testing: of what there is to draw, some is off for a whole run and the rest wildly weighted, so that one run is all
 * power cuts and the next all paper, instead of every run a bit of everything.
 */
export class Lottery<T> {
  readonly #tickets: { readonly value: T; readonly upTo: number }[] = [];
  readonly #total: number;

  /** `off`: how many of 100 are left out. One stays in any case. */
  constructor(random: Random, all: readonly T[], off: number) {
    const spare = random.int(0, all.length - 1);
    let total = 0;
    for (const [i, value] of all.entries()) {
      const out = percent(random, off);
      const weight = Math.max(1, Math.round(SPREAD ** (random.int(0, 1_000_000) / 1_000_000)));
      if (out && i !== spare) continue;
      total += weight;
      this.#tickets.push({ value, upTo: total });
    }
    this.#total = total;
  }

  draw(random: Random): T {
    const at = random.int(1, this.#total);
    const ticket = this.#tickets.find(({ upTo }) => at <= upTo);
    if (ticket === undefined) throw new Error('there is something to draw from');
    return ticket.value;
  }
}
