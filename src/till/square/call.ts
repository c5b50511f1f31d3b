import type { TillKind } from '../../ports/till-faults.js';
import type { World } from '../../world/world.js';
import type { Courier } from '../courier.js';
import type { Hooks } from '../hooks.js';
import type { Shelf } from '../shelf.js';
import type { Shop } from '../shop.js';
import type { Exchange, ToldPayment } from '../wire.js';
import type { Bulletin } from './bulletin.js';
import type { DeviceCodes } from './device-codes.js';
import type { Dispatcher } from './dispatcher.js';
import { broken, jsonAnswer, type Refusal } from './errors.js';
import type { Subscriptions } from './subscriptions.js';
import type { Tasks } from './tasks.js';

export interface SquareOptions {
  /** What the cloud keeps: checkouts, actions, refunds, device codes, subscriptions. */
  readonly shelf: Shelf;
  /** The bearer token that is demanded. Default: any. */
  readonly token?: string | undefined;
  /** Brings events to those who have subscribed. Without it there are no webhooks. */
  readonly hooks?: Hooks | undefined;
  /** Brings a test event to one of them, whose answer is wanted at once. */
  readonly courier?: Courier | undefined;
}

/** What every endpoint works with. */
export interface Cloud {
  readonly shop: Shop;
  readonly options: SquareOptions;
  readonly tasks: Tasks;
  readonly dispatcher: Dispatcher;
  readonly bulletin: Bulletin;
  readonly codes: DeviceCodes;
  readonly subscriptions: Subscriptions;
}

/** What is wrong with a request; `undefined`: it has been answered, or will be when something is durable. */
export type Answered = Refusal | undefined;

/** One request to an endpoint, read as far as the endpoint is known. */
export class Call {
  constructor(
    readonly exchange: Exchange,
    /** What stands in the path where the endpoint has a name of its own. */
    readonly id: string,
    /** The parsed body, or the parameters of the query. */
    readonly input: unknown,
  ) {}

  reply(body: Readonly<Record<string, unknown>>, ...told: readonly ToldPayment[]): undefined {
    this.exchange.answer(jsonAnswer(200, body), ...told);
    return undefined;
  }

  /** The answer when something could be kept, or could not: then nobody may build on it. */
  kept(error: Error | undefined, reply: () => Answered): void {
    const failed = error === undefined ? undefined : `It could not be kept: ${error.message}`;
    const refusal = failed === undefined ? reply() : broken(500, 'INTERNAL_SERVER_ERROR', failed);
    if (refusal !== undefined) this.exchange.answer(refusal.answer());
  }
}

/** What a request is about, as far as it can be known beforehand. */
export interface Aim {
  readonly kind: TillKind;
  readonly world?: World | undefined;
}

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `:id` stands for one segment of any content. */
  readonly path: string;
  /** `id` as in the path, `body` as far as it is JSON. */
  aim(cloud: Cloud, id: string, body: unknown): Aim;
  handle(cloud: Cloud, call: Call): Answered;
}
