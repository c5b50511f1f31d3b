import type { TillFaceName } from '../ports/till-faults.js';
import type { Terminal } from '../terminal/terminal.js';
import type { World } from '../world/world.js';

type Delivery = 'delivered' | 'lost';

/**
 * The third fact: whether the till has been told how a payment ended. Each change is noted in the journal once, and what
 * was delivered stays delivered.
 */
export class Deliveries {
  readonly #world: World;
  #terminal: Terminal;
  readonly #unwatch: () => void;
  /** Given to the journal, and not durable yet. */
  readonly #underWay = new Map<string, Delivery>();
  /** What is to be noted of a sale as soon as that can be: its opening is not durable yet, or the terminal has no power. */
  readonly #later = new Map<
    string,
    { readonly face: TillFaceName; readonly fact: Delivery; readonly terminal: Terminal }
  >();

  constructor(world: World) {
    this.#world = world;
    this.#terminal = world.terminal;
    this.#unwatch = world.watch({
      record: (record) => {
        if (record.kind === 'sale-opened') this.#noteNow(record.saleId);
        if (record.kind === 'boot') for (const saleId of [...this.#later.keys()]) this.#noteNow(saleId);
        if (record.kind === 'delivery' && this.#underWay.get(record.saleId) === record.fact) {
          this.#underWay.delete(record.saleId);
        }
      },
    });
  }

  note(face: TillFaceName, saleId: string, fact: Delivery): void {
    const { terminal } = this.#world;
    if (terminal !== this.#terminal) this.#underWay.clear(); // A power cut has taken what was not durable.
    this.#terminal = terminal;
    const facts = terminal.find(saleId)?.facts;
    if (facts === undefined || terminal.state === 'off') {
      const before = this.#later.get(saleId)?.fact;
      if (before !== 'delivered') this.#later.set(saleId, { face, fact, terminal });
      return;
    }
    const known = this.#underWay.get(saleId) ?? facts.delivery;
    if (known === 'delivered' || known === fact) return;
    this.#underWay.set(saleId, fact);
    terminal.delivered(saleId, face, fact);
  }

  close(): void {
    this.#unwatch();
    this.#underWay.clear();
    this.#later.clear();
  }

  /** A sale of an earlier boot that is not there now was lost with the power, and its note with it. */
  #noteNow(saleId: string): void {
    const later = this.#later.get(saleId);
    const { terminal } = this.#world;
    const isThere = terminal.find(saleId) !== undefined;
    if (later === undefined || (!isThere && later.terminal === terminal)) return;
    this.#later.delete(saleId);
    if (isThere) this.note(later.face, saleId, later.fact);
  }
}
