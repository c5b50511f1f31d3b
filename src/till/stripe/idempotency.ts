import { createHash } from 'node:crypto';
import type { Clock } from '../../ports/clock.js';
import type { Shelf } from '../shelf.js';
import type { FormObject, FormValue } from './form.js';
import { StripeRefusal } from './refusal.js';
import { type Answered, KINDS } from './store.js';

/** What a request with an idempotency key is, so that the same one can be told from another. */
export interface Keyed {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly params: FormObject;
}

const KEY_MAX = 255;
/** «You can remove keys from the system automatically after they are at least 24 hours old.» */
const KEPT_MS = 24 * 3_600_000;

/**
 * Idempotent requests (docs.stripe.com/api/idempotent_requests): the answer to the first request with a key is kept, and
 * every repeat gets it again, for a day. What was refused before anything was done is not kept.
 */
export class Idempotency {
  readonly #underWay = new Set<string>();
  /** The oldest first. */
  readonly #kept: Map<string, number>;

  constructor(
    readonly shelf: Shelf,
    readonly clock: Clock,
  ) {
    this.#kept = new Map(shelf.entries(KINDS.answered).map(([key, { atMs }]) => [key, atMs]));
  }

  /** The answer that was given before. Throws a `StripeRefusal` when the key stands for another request, or is in use. */
  begin(keyed: Keyed): Answered | undefined {
    const { key, method, path } = keyed;
    if (key.length > KEY_MAX) {
      throw refusal(400, `Idempotency keys can be at most ${KEY_MAX} characters long; this one has ${key.length}.`);
    }
    this.#forgetOld();
    const before = this.shelf.get(KINDS.answered, key);
    if (before === undefined) {
      if (this.#underWay.has(key)) throw inUse(key);
      this.#underWay.add(key);
      return undefined;
    }
    const advice = `Try using a key other than '${key}' if you meant to execute a different request.`;
    if (before.method !== method || before.path !== path) {
      throw refusal(
        400,
        `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${path}' vs '${before.path}'). ${advice}`,
      );
    }
    if (before.of !== fingerprint(keyed)) {
      throw refusal(
        400,
        `Keys for idempotent requests can only be used with the same parameters they were first used with. ${advice}`,
      );
    }
    return before;
  }

  /** It was answered with nothing that is to be kept: the key is free again. */
  forget(key: string): void {
    this.#underWay.delete(key);
  }

  /** `kept` is called once the answer is durable. */
  keep(keyed: Keyed, answer: Omit<Answered, 'method' | 'path' | 'of' | 'atMs'>, kept: (error?: Error) => void): void {
    const { key, method, path } = keyed;
    const atMs = this.clock.now();
    this.#kept.set(key, atMs);
    this.shelf.put(KINDS.answered, key, { method, path, of: fingerprint(keyed), atMs, ...answer }, (error) => {
      this.#underWay.delete(key);
      kept(error);
    });
  }

  #forgetOld(): void {
    const now = this.clock.now();
    for (const [key, atMs] of this.#kept) {
      if (now - atMs < KEPT_MS) return;
      this.#kept.delete(key);
      this.shelf.remove(KINDS.answered, key);
    }
  }
}

function refusal(status: number, message: string, code?: string): StripeRefusal {
  return new StripeRefusal(status, { type: 'idempotency_error', message, ...(code === undefined ? {} : { code }) });
}

function inUse(key: string): StripeRefusal {
  return refusal(
    409,
    `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
    'idempotency_key_in_use',
  );
}

/** What is asked: the same whatever the order in which the parameters were given. */
export function fingerprint({ params }: Keyed): string {
  return createHash('sha256')
    .update(JSON.stringify(inOrder(params)))
    .digest('hex');
}

function inOrder(value: FormValue): unknown {
  if (typeof value === 'string') return value;
  if (isList(value)) return value.map(inOrder);
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, inOrder(inner)]);
}

function isList(value: readonly FormValue[] | FormObject): value is readonly FormValue[] {
  return Array.isArray(value);
}
