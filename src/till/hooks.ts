import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Clock } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
import type { Courier } from './courier.js';
import { HookQueue, type Waiting } from './hook-queue.js';
import type { Shelf, ShelfKind } from './shelf.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** From one attempt to the next: quick while it may be a hiccup, patient when the receiver is away. */
export const RETRIES_MS: readonly number[] = [
  SECOND_MS,
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  60 * MINUTE_MS,
];

/** Events that may wait for one subscription: some days of a busy terminal. */
const MOST_WAITING = 10_000;

/** What happened, as subscribers are told it. The same `id` is the same event again. */
export interface HookEvent {
  readonly id: string;
  readonly type: string;
  readonly body: string;
}

/** Makes the headers of one attempt to deliver; a signature with its time is a new one for each attempt. */
export type Sign = (
  secret: string,
  url: string,
  body: string,
  atMs: number,
  eventId: string,
) => Readonly<Record<string, string>>;

export interface HooksParts {
  readonly clock: Clock;
  readonly random: Random;
  /** Keeps who has subscribed and what is not delivered yet. */
  readonly shelf: Shelf;
  readonly courier: Courier;
  /** Whose they are, on a shelf that others use too: `square`. */
  readonly name: string;
  /** From one attempt to the next; the last goes for all that follow. Default `RETRIES_MS`. */
  readonly retriesMs?: readonly number[];
  /** Default 10,000 for each subscription. */
  readonly mostWaiting?: number;
  /**
   * Signs what an earlier run has left, since a function cannot be kept on a shelf. Without it that waits for the first
   * `publish`, and goes out with the same.
   */
  readonly sign?: Sign;
}

export interface HookSubscription {
  readonly id: string;
  readonly url: string;
  /** `undefined`: all. */
  readonly types: readonly string[] | undefined;
  /** Events that are not delivered yet. */
  readonly waiting: number;
  /** Events that were given up since too many waited, over all runs. */
  readonly dropped: number;
  /** Why the latest attempt was not taken, as long as none has been since. */
  readonly lastFailure: string | undefined;
}

const SUBSCRIPTION = z.strictObject({ url: z.string(), secret: z.string(), types: z.array(z.string()).optional() });
const DELIVERY = z.strictObject({ to: z.string(), id: z.string(), type: z.string(), body: z.string() });
const DROPPED = z.strictObject({ count: z.int(), lastId: z.string(), at: z.string() });

type Subscription = z.infer<typeof SUBSCRIPTION>;
type Delivery = z.infer<typeof DELIVERY>;

interface Subscriber extends Subscription {
  readonly queue: HookQueue;
}

/**
 * Ordered, retried deliveries of events to URLs. One after the other for each subscription; one that is not answered with
 * 2xx is repeated after growing pauses until it is, so each event arrives at least once. What is not delivered yet
 * survives a restart. When more wait than there is room for, the oldest is given up, and that is kept on record.
 */
export class Hooks {
  readonly #parts: HooksParts;
  readonly #kinds: {
    readonly subscription: ShelfKind<Subscription>;
    readonly delivery: ShelfKind<Delivery>;
    readonly dropped: ShelfKind<z.infer<typeof DROPPED>>;
  };
  readonly #subscribers = new Map<string, Subscriber>();
  /** What an earlier run has left, until somebody can sign it. */
  #left: readonly { readonly key: string; readonly delivery: Delivery }[];
  #next = 1;

  constructor(parts: HooksParts) {
    const { shelf, name, sign } = parts;
    this.#parts = parts;
    this.#kinds = {
      subscription: { name: `${name}.subscription`, schema: SUBSCRIPTION },
      delivery: { name: `${name}.delivery`, schema: DELIVERY },
      dropped: { name: `${name}.dropped`, schema: DROPPED },
    };
    for (const [id, subscription] of shelf.entries(this.#kinds.subscription)) this.#add(id, subscription);
    this.#left = shelf.entries(this.#kinds.delivery).map(([key, delivery]) => ({ key, delivery }));
    this.#next = 1 + this.#left.reduce((highest, { key }) => Math.max(highest, Number(key)), 0);
    if (sign !== undefined) this.#goOn(sign);
  }

  /** With an id that is there already it changes that one, and what waits goes there from now on. */
  subscribe(id: string, url: string, secret: string, types?: readonly string[]): void {
    const subscription = { url, secret, ...(types === undefined ? {} : { types: [...types] }) };
    const known = this.#subscribers.get(id);
    if (known !== undefined && isDeepStrictEqual(pick(known), subscription)) return;
    this.#parts.shelf.put(this.#kinds.subscription, id, subscription);
    if (known === undefined) this.#add(id, subscription);
    else {
      this.#subscribers.set(id, { ...subscription, queue: known.queue });
      known.queue.redirect(subscription);
    }
  }

  /** What waits for it is forgotten. `false` if there is none. */
  unsubscribe(id: string): boolean {
    const subscriber = this.#subscribers.get(id);
    if (subscriber === undefined) return false;
    const { shelf } = this.#parts;
    this.#subscribers.delete(id);
    for (const { key } of subscriber.queue.waiting) shelf.remove(this.#kinds.delivery, key);
    for (const { key } of this.#left.filter(({ delivery }) => delivery.to === id)) {
      shelf.remove(this.#kinds.delivery, key);
    }
    this.#left = this.#left.filter(({ delivery }) => delivery.to !== id);
    subscriber.queue.close();
    shelf.remove(this.#kinds.dropped, id);
    shelf.remove(this.#kinds.subscription, id);
    return true;
  }

  /** In the order in which they were made. */
  subscriptions(): readonly HookSubscription[] {
    return [...this.#subscribers].map(([id, { url, types, queue }]) => ({
      id,
      url,
      types,
      waiting: queue.waiting.length + this.#left.filter(({ delivery }) => delivery.to === id).length,
      dropped: this.#parts.shelf.get(this.#kinds.dropped, id)?.count ?? 0,
      lastFailure: queue.lastFailure,
    }));
  }

  /**
   * To all who have subscribed to its type. It is on the shelf before it sets out. `heard` is called each time one of them
   * has taken it, in this run; what an earlier run has left is delivered without.
   */
  publish(event: HookEvent, sign: Sign, heard?: () => void): void {
    this.#goOn(sign);
    const { shelf, mostWaiting = MOST_WAITING } = this.#parts;
    for (const [to, { types, queue }] of this.#subscribers) {
      if (types !== undefined && !types.includes(event.type)) continue;
      const key = String(this.#next++);
      const delivery = { to, ...event };
      shelf.put(this.#kinds.delivery, key, delivery);
      queue.add({ ...waiting(key, delivery, sign), heard });
      if (queue.waiting.length > mostWaiting) this.#drop(to, queue);
    }
  }

  /** Nothing sets out any more. What is not delivered yet stays on the shelf. */
  close(): void {
    for (const { queue } of this.#subscribers.values()) queue.close();
  }

  #add(id: string, subscription: Subscription): void {
    const { clock, random, courier, shelf, retriesMs = RETRIES_MS } = this.#parts;
    const taken = ({ key, heard }: Waiting) => {
      shelf.remove(this.#kinds.delivery, key);
      heard?.();
    };
    const queue = new HookQueue({ clock, random, courier, retriesMs, taken }, subscription);
    this.#subscribers.set(id, { ...subscription, queue });
  }

  #goOn(sign: Sign): void {
    const left = this.#left;
    this.#left = [];
    for (const { key, delivery } of left) {
      const queue = this.#subscribers.get(delivery.to)?.queue;
      if (queue === undefined) this.#parts.shelf.remove(this.#kinds.delivery, key);
      else queue.add(waiting(key, delivery, sign));
    }
  }

  #drop(id: string, queue: HookQueue): void {
    const { shelf, clock } = this.#parts;
    const oldest = queue.dropOldest();
    if (oldest === undefined) return;
    const lastId = shelf.get(this.#kinds.delivery, oldest.key)?.id ?? '';
    const count = (shelf.get(this.#kinds.dropped, id)?.count ?? 0) + 1;
    shelf.put(this.#kinds.dropped, id, { count, lastId, at: new Date(clock.now()).toISOString() });
    shelf.remove(this.#kinds.delivery, oldest.key);
  }
}

function waiting(key: string, { id, body }: Delivery, sign: Sign): Waiting {
  return {
    key,
    body,
    headers: (url, secret, atMs) => ({ 'content-type': 'application/json', ...sign(secret, url, body, atMs, id) }),
  };
}

function pick({ url, secret, types }: Subscription): Subscription {
  return { url, secret, ...(types === undefined ? {} : { types }) };
}
