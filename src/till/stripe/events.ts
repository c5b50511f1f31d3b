import { createHmac } from 'node:crypto';
import type { Clock } from '../../ports/clock.js';
import type { Hooks, Sign } from '../hooks.js';
import type { Shelf } from '../shelf.js';
import { idFrom, seconds } from './ids.js';
import { type Endpoint, type EventEntry, KINDS } from './store.js';

/** The request that an event came of; nobody's when the machine has done it by itself. */
export interface EventCause {
  readonly id: string | null;
  readonly idempotency_key: string | null;
}

/** The latest so many can be looked up. Stripe keeps those of 30 days. */
const MOST_EVENTS = 1_000;

export const BY_ITSELF: EventCause = { id: null, idempotency_key: null };

/** What happened, kept and told: `GET /v1/events`, and webhooks. */
export class Events {
  /** The oldest first. */
  readonly #kept: string[];

  constructor(
    readonly clock: Clock,
    readonly shelf: Shelf,
    readonly hooks: Hooks | undefined,
    readonly apiVersion: string,
  ) {
    this.#kept = shelf.entries(KINDS.event).map(([id]) => id);
  }

  /** `stage` says which time this is that it happens to the object: the same one again is no event. */
  emit(type: string, object: Readonly<Record<string, unknown>>, stage: string, request: EventCause = BY_ITSELF): void {
    const id = idFrom('evt', `${type} ${String(object.id)} ${stage}`);
    if (this.shelf.get(KINDS.event, id) !== undefined) return;
    const entry: EventEntry = { id, type, createdMs: this.clock.now(), object, request, apiVersion: this.apiVersion };
    this.shelf.put(KINDS.event, id, entry);
    this.#kept.push(id);
    if (this.#kept.length > MOST_EVENTS) this.shelf.remove(KINDS.event, this.#kept.shift() ?? '');
    const body = JSON.stringify(this.view(entry), undefined, 2);
    this.hooks?.publish({ id, type, body }, sign);
  }

  /** docs.stripe.com/api/events/object */
  view({ id, type, createdMs, object, request, apiVersion }: EventEntry): Readonly<Record<string, unknown>> {
    const waiting = this.endpoints().filter(({ enabledEvents }) => typesOf(enabledEvents)?.includes(type) ?? true);
    return {
      id,
      object: 'event',
      api_version: apiVersion,
      created: seconds(createdMs),
      data: { object },
      livemode: false,
      pending_webhooks: waiting.length,
      request,
      type,
    };
  }

  endpoints(): Endpoint[] {
    return this.shelf.all(KINDS.endpoint).filter(({ deleted }) => !deleted);
  }

  /** Keeps an endpoint, and delivers to it from now on, or no more. */
  putEndpoint(endpoint: Endpoint, kept?: (error?: Error) => void): void {
    const { id, url, secret, enabledEvents, disabled, deleted } = endpoint;
    if (disabled || deleted) this.hooks?.unsubscribe(id);
    else this.hooks?.subscribe(id, url, secret, typesOf(enabledEvents));
    this.shelf.put(KINDS.endpoint, id, endpoint, kept);
  }
}

/** `undefined`: all. */
function typesOf(enabled: readonly string[]): readonly string[] | undefined {
  return enabled.includes('*') ? undefined : enabled;
}

/** `Stripe-Signature` (docs.stripe.com/webhooks, «Verify manually»): HMAC-SHA256 of time and body, in hex. */
export const sign: Sign = (secret, _url, body, atMs) => {
  const t = seconds(atMs);
  const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
  return { 'stripe-signature': `t=${t},v1=${v1}`, 'content-type': 'application/json; charset=utf-8' };
};
