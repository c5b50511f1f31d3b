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
  /** Sales whose opening is not durable yet, and whose till has gone already: in which protocol. */
  readonly #deserted = new Map<string, TillFaceName>();

  constructor(world: World) {
    this.#world = world;
    this.#terminal = world.terminal;
    this.#unwatch = world.watch({
      record: (record) => {
        if (record.kind === 'sale-opened') this.#opened(record.saleId);
        if (record.kind === 'delivery' && this.#underWay.get(record.saleId) === record.fact) {
          this.#underWay.delete(record.saleId);
        }
      },
    });
  }

  note(face: TillFaceName, saleId: string, fact: Delivery): void {
    const { terminal } = this.#world;
    if (terminal !== this.#terminal) this.#forget();
    this.#terminal = terminal;
    const facts = terminal.find(saleId)?.facts;
    if (facts === undefined) {
      this.#deserted.set(saleId, face);
      return;
    }
    const known = this.#underWay.get(saleId) ?? facts.delivery;
    if (known === 'delivered' || known === fact) return;
    this.#underWay.set(saleId, fact);
    terminal.delivered(saleId, face, fact);
  }

  close(): void {
    this.#unwatch();
    this.#forget();
  }

  #opened(saleId: string): void {
    const face = this.#deserted.get(saleId);
    if (face !== undefined && this.#deserted.delete(saleId)) this.note(face, saleId, 'lost');
  }

  /** A power cut has taken what was not durable. */
  #forget(): void {
    this.#underWay.clear();
    this.#deserted.clear();
  }
}
