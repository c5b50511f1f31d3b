import { Attendant } from '../../fixture/playing/attendant.js';
import type { Look } from '../../fixture/playing/look.js';
import type { World } from '../../world/world.js';
import type { DrawnSale, Manners } from './draw.js';

/** How often the next sale is tried while the terminal takes none. */
const SALE_ATTEMPTS_MAX = 60;

/**
 * An attendant who serves customers too: asks one whose code was not read to show it once more, and begins the next sale
 * when the one before is done with.
 */
export class Cashier {
  readonly #world: World;
  readonly #attendant: Attendant;
  readonly #manners: Manners;
  readonly #waiting: DrawnSale[];
  #serving: { readonly saleId: string; readonly sale: DrawnSale; shown: number } | undefined;
  #attempts = 0;
  /** The sale of each customer, in the order in which they came; one that never came to be has no number. */
  readonly served: (string | undefined)[] = [];

  constructor(world: World, sales: readonly DrawnSale[], manners: Manners) {
    this.#world = world;
    this.#waiting = [...sales];
    this.#manners = manners;
    this.#attendant = new Attendant(world, manners, () => this.#showsAgain());
  }

  /** What every ticket looked like, in order; those at which nobody has looked yet are looked at now. */
  looks(saleId: string): Look[] {
    return this.#attendant.looks(saleId);
  }

  /** All customers have been served, and for no ticket there is anything left to do. */
  get done(): boolean {
    return this.#waiting.length === 0 && this.#world.terminal.free && this.#attendant.done;
  }

  /** Somebody at the counter looks up, once a second. */
  look(): void {
    if (this.#attendant.look() === 'nothing') this.#serve();
  }

  #showsAgain(): (() => void) | undefined {
    const serving = this.#serving;
    if (serving === undefined || !this.#manners.showsAgain || serving.shown >= 3) return undefined;
    return () => {
      serving.shown++;
      const { people } = this.#world;
      people.show(people.codeOf(serving.sale.customer));
    };
  }

  #serve(): void {
    const { people } = this.#world;
    const [sale] = this.#waiting;
    if (sale === undefined || !this.#attendant.done) return;
    const { reactsMs } = this.#manners;
    if (!this.#attendant.hasBeen(`customer ${this.#waiting.length}, ${this.#attempts}`, reactsMs)) return;
    const sold = this.#attendant.press(() => {
      const saleId = people.sell(sale.amountFen, { customer: sale.customer });
      this.#serving = { saleId, sale, shown: 1 };
    });
    if (!sold && ++this.#attempts < SALE_ATTEMPTS_MAX) return;
    this.served.push(sold ? this.#serving?.saleId : undefined);
    this.#waiting.shift();
  }
}
