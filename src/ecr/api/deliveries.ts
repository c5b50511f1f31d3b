import type { ServerResponse } from 'node:http';
import type { Terminal } from '../../terminal/terminal.js';
import type { World } from '../../world/world.js';

/** Who the journal says an answer went to. */
const TILL = 'api';

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
  /** Sales whose opening is not durable yet, and whose till has gone already. */
  readonly #deserted = new Set<string>();

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

  close(): void {
    this.#unwatch();
    this.#forget();
  }

  /** The till waits for this answer: when its connection ends before, the answer is lost. */
  expect(saleId: string, answer: ServerResponse): void {
    answer.once('close', () => {
      if (!answer.writableFinished) this.#note(saleId, 'lost');
    });
  }

  /** The answer says how the payment ended: when it has left, the till has been told. */
  tells(saleId: string, answer: ServerResponse): void {
    answer.once('finish', () => this.#note(saleId, 'delivered'));
  }

  #opened(saleId: string): void {
    if (this.#deserted.delete(saleId)) this.#note(saleId, 'lost');
  }

  #note(saleId: string, fact: Delivery): void {
    const { terminal } = this.#world;
    if (terminal !== this.#terminal) this.#forget();
    this.#terminal = terminal;
    const facts = terminal.find(saleId)?.facts;
    if (facts === undefined) {
      this.#deserted.add(saleId);
      return;
    }
    const known = this.#underWay.get(saleId) ?? facts.delivery;
    if (known === 'delivered' || known === fact) return;
    this.#underWay.set(saleId, fact);
    terminal.delivered(saleId, TILL, fact);
  }

  /** A power cut has taken what was not durable. */
  #forget(): void {
    this.#underWay.clear();
    this.#deserted.clear();
  }
}
