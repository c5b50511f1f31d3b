import type { World } from '../../world/world.js';
import type { Exchange, ToldPayment } from '../wire.js';
import type { EventCause } from './events.js';
import type { FormObject } from './form.js';
import { StripeRefusal } from './refusal.js';
import { type Sale, toldOf } from './sales.js';
import type { Telling } from './views/views.js';

/** How a request is answered. */
export interface Said {
  readonly status: number;
  readonly body: string;
  readonly told: readonly ToldPayment[];
  /** Something was done, or would be done once more by a repeat: the same key gets this answer again. */
  readonly keep: boolean;
}

/** One request that was let in, until it is answered: once. */
export class Call {
  readonly #told = new Map<string, ToldPayment>();
  #answered = false;

  constructor(
    readonly params: FormObject,
    /** What stands in the places of the path that the route leaves open. */
    readonly ids: readonly string[],
    readonly cause: EventCause,
    /** Of the ids of what it makes: a repeat finds what the first one has made. Absent without an idempotency key. */
    readonly seed: string | undefined,
    readonly exchange: Exchange,
    /** Puts whole objects where they were asked for. May throw a `StripeRefusal`. */
    private readonly expand: (body: Readonly<Record<string, unknown>>, tell: Telling) => object,
    private readonly say: (said: Said) => void,
  ) {}

  get id(): string {
    return this.ids[0] ?? '';
  }

  /** The idempotency key, if the till gave one. */
  get key(): string | undefined {
    return this.cause.idempotency_key ?? undefined;
  }

  /** Is to be told of each sale whose end stands in the answer. */
  readonly tell = (sale: Sale): void => {
    const told = toldOf(sale);
    if (told !== undefined) this.#told.set(told.saleId, told);
  };

  /** The till waits for this sale. */
  expects(world: World, saleId: string): void {
    this.exchange.expects(world, saleId);
  }

  answer(body: Readonly<Record<string, unknown>>): void {
    if (this.#answered) return;
    let whole: object;
    try {
      whole = this.expand(body, this.tell);
    } catch (error) {
      if (error instanceof StripeRefusal) return void this.refuse(error);
      throw error;
    }
    this.#finish({
      status: 200,
      body: JSON.stringify(whole, undefined, 2),
      told: [...this.#told.values()],
      keep: true,
    });
  }

  refuse({ status, error }: StripeRefusal): void {
    this.#finish({ status, body: JSON.stringify({ error }, undefined, 2), told: [], keep: false });
  }

  #finish(said: Said): void {
    if (this.#answered) return;
    this.#answered = true;
    this.say(said);
  }
}
