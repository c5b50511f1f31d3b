import type { Hooks } from '../hooks.js';
import type { Shelf } from '../shelf.js';
import type { Shop } from '../shop.js';
import { newId } from './ids.js';
import { SUBSCRIPTIONS, type Subscription, timestamp } from './records.js';

/** What a till can say of a subscription, all of it. */
export type SubscriptionFields = Pick<
  Subscription,
  'name' | 'enabled' | 'eventTypes' | 'notificationUrl' | 'apiVersion'
>;

/** Who is told of what happens. The hooks bring it to those that are enabled. */
export class Subscriptions {
  readonly #shop: Shop;
  readonly #shelf: Shelf;
  readonly #hooks: Hooks | undefined;
  readonly #subscriptions: Map<string, Subscription>;

  constructor(shop: Shop, shelf: Shelf, hooks: Hooks | undefined) {
    this.#shop = shop;
    this.#shelf = shelf;
    this.#hooks = hooks;
    this.#subscriptions = new Map(shelf.entries(SUBSCRIPTIONS));
    for (const [id, subscription] of this.#subscriptions) this.#subscribe(id, subscription);
  }

  get(id: string): Subscription | undefined {
    return this.#subscriptions.get(id);
  }

  all(): [id: string, subscription: Subscription][] {
    return [...this.#subscriptions];
  }

  withKey(key: string): string | undefined {
    return this.all().find(([, subscription]) => subscription.key === key)?.[0];
  }

  create(
    fields: SubscriptionFields,
    asked: Pick<Subscription, 'key' | 'of'>,
    kept: (id: string, error?: Error) => void,
  ): void {
    const { random, clock } = this.#shop;
    let id = `wbhk_${newId(random, 32)}`;
    while (this.#subscriptions.has(id)) id = `wbhk_${newId(random, 32)}`;
    const nowMs = clock.now();
    const made = { ...fields, ...asked, signatureKey: this.#newKey(), createdAtMs: nowMs, updatedAtMs: nowMs };
    this.#keep(id, made, (error) => kept(id, error));
  }

  change(id: string, before: Subscription, fields: Partial<SubscriptionFields>, kept: (error?: Error) => void): void {
    this.#keep(id, { ...before, ...fields, updatedAtMs: this.#shop.clock.now() }, kept);
  }

  /** A new key to sign with. */
  rekey(id: string, before: Subscription, kept: (error?: Error) => void): void {
    this.#keep(id, { ...before, signatureKey: this.#newKey(), updatedAtMs: this.#shop.clock.now() }, kept);
  }

  remove(id: string): void {
    this.#subscriptions.delete(id);
    this.#hooks?.unsubscribe(id);
    this.#shelf.remove(SUBSCRIPTIONS, id);
  }

  #keep(id: string, subscription: Subscription, kept: (error?: Error) => void): void {
    this.#subscriptions.set(id, subscription);
    this.#shelf.put(SUBSCRIPTIONS, id, subscription, (error) => {
      if (error === undefined) this.#subscribe(id, subscription);
      kept(error);
    });
  }

  #subscribe(id: string, { enabled, notificationUrl, signatureKey, eventTypes }: Subscription): void {
    if (enabled) this.#hooks?.subscribe(id, notificationUrl, signatureKey, eventTypes);
    else this.#hooks?.unsubscribe(id);
  }

  #newKey(): string {
    return newId(this.#shop.random, 22);
  }
}

export function subscriptionView(id: string, subscription: Subscription): Readonly<Record<string, unknown>> {
  const { name, enabled, eventTypes, notificationUrl, apiVersion, signatureKey, createdAtMs, updatedAtMs } =
    subscription;
  return {
    id,
    name,
    enabled,
    event_types: eventTypes,
    notification_url: notificationUrl,
    api_version: apiVersion,
    signature_key: signatureKey,
    created_at: timestamp(createdAtMs),
    updated_at: timestamp(updatedAtMs),
  };
}
