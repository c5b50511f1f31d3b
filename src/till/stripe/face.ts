import { createHash } from 'node:crypto';
import type { Hooks } from '../hooks.js';
import type { Shelf } from '../shelf.js';
import type { Shop } from '../shop.js';
import type { Exchange, TillAnswer, TillFace, TillLook, TillRequest } from '../wire.js';
import { keyRefusal } from './auth.js';
import { Call, type Said } from './call.js';
import { Cloud, refusalFor } from './cloud.js';
import { type FormObject, parseForm } from './form.js';
import { fingerprint, Idempotency, type Keyed } from './idempotency.js';
import { idFrom } from './ids.js';
import { invalid, readerTrouble, type StripeError, StripeRefusal } from './refusal.js';
import { CHARGE_ROUTES } from './routes/charges.js';
import { HELPER_ROUTES } from './routes/helpers.js';
import { INTENT_ROUTES, notKept } from './routes/intents.js';
import { PLACE_ROUTES } from './routes/places.js';
import { PRINT_ROUTES } from './routes/prints.js';
import { READER_ROUTES } from './routes/readers.js';
import type { Route } from './routes/route.js';
import { SCREEN_ROUTES } from './routes/screens.js';
import { FACE } from './sales.js';
import { Settlement } from './settlement.js';
import { expanded } from './views/expand.js';

export { sign as signStripeEvent } from './events.js';

export interface StripeOptions {
  /** Where the cloud's objects are kept. */
  readonly shelf: Shelf;
  /** Delivers webhooks. Without it endpoints can be made, and nothing is delivered. */
  readonly hooks?: Hooks | undefined;
  /** Secret keys that may call. Default: every key of test mode, `sk_test_…`. */
  readonly keys?: readonly string[] | undefined;
}

/** The version whose objects these are; what a client asks for is echoed. */
export const API_VERSION = '2026-10-28.endive';

const ROUTES: readonly Route[] = [
  ...INTENT_ROUTES,
  ...CHARGE_ROUTES,
  ...READER_ROUTES,
  ...SCREEN_ROUTES,
  ...PRINT_ROUTES,
  ...HELPER_ROUTES,
  ...PLACE_ROUTES,
];

/** Stripe's API for server-driven terminals, with the machines of this shop behind it. */
export function createStripeFace(shop: Shop, options: StripeOptions): TillFace {
  return new StripeFace(shop, options);
}

interface Found {
  readonly route: Route;
  readonly ids: readonly string[];
}

class StripeFace implements TillFace {
  readonly name = FACE;
  readonly #cloud: Cloud;
  readonly #settlement: Settlement;
  readonly #idempotency: Idempotency;
  readonly #keys: readonly string[] | undefined;
  #closed = false;

  constructor(shop: Shop, { shelf, hooks, keys }: StripeOptions) {
    this.#cloud = new Cloud({ shop, shelf, hooks, apiVersion: API_VERSION });
    this.#settlement = new Settlement(this.#cloud);
    this.#idempotency = new Idempotency(shelf, shop.clock);
    this.#keys = keys;
  }

  look(request: TillRequest): TillLook {
    const found = find(request);
    if (found === undefined) return { kind: 'other', world: undefined, cloud: true };
    const { route, ids } = found;
    const world = route.world?.(this.#cloud, ids, paramsForLook(request, route));
    return { kind: route.kind, world, cloud: true };
  }

  accept(exchange: Exchange): void {
    const { request } = exchange;
    const requestId = idFrom('req', this.#cloud.random.digits(32), 14);
    const say = (said: Said, more: Record<string, string> = {}) => {
      if (!this.#closed)
        exchange.answer(answerOf(said, { ...headersOf(request), 'request-id': requestId, ...more }), ...said.told);
    };
    try {
      this.#let(exchange, requestId, say);
    } catch (error) {
      say(refused(refusalFor(error)));
    }
  }

  refuseBusy(exchange: Exchange): void {
    const requestId = idFrom('req', this.#cloud.random.digits(32), 14);
    const headers = { ...headersOf(exchange.request), 'request-id': requestId };
    exchange.answer(answerOf(refused(readerTrouble('terminal_reader_busy')), headers));
  }

  refuse(status: number, problem: string): TillAnswer {
    const type: StripeError['type'] = status >= 500 ? 'api_error' : 'invalid_request_error';
    const error: StripeError = { type, message: problem, ...(status === 429 ? { code: 'rate_limit' } : {}) };
    return answerOf(refused(new StripeRefusal(status, error)), {});
  }

  close(): void {
    this.#closed = true;
    this.#settlement.close();
    this.#cloud.close();
  }

  /** Lets a request in, or throws why not. */
  #let(exchange: Exchange, requestId: string, say: (said: Said, headers?: Record<string, string>) => void): void {
    const { request } = exchange;
    const { headers, method, path } = request;
    const unknown = keyRefusal(headers.authorization, this.#keys);
    if (unknown !== undefined) throw unknown;
    checkVersion(headers['stripe-version']);
    const found = find(request);
    if (found === undefined) throw noSuchAddress(request);
    const params = paramsOf(request, found.route);
    const idempotencyKey = method === 'POST' ? headers['idempotency-key'] : undefined;
    const key = idempotencyKey === undefined || idempotencyKey === '' ? undefined : idempotencyKey;
    const keyed: Keyed | undefined = key === undefined ? undefined : { key, method, path, params };
    const before = keyed === undefined ? undefined : this.#idempotency.begin(keyed);
    if (before !== undefined) {
      const told = before.told.flatMap(({ saleId, payment }) => {
        const sale = this.#cloud.sales.find(saleId);
        // What has changed since, by a refund, is not told anew.
        return sale?.facts.payment === payment ? [{ world: sale.counter.world, saleId, payment }] : [];
      });
      const again = { 'idempotent-replayed': 'true', 'original-request': before.requestId };
      return void say({ status: before.status, body: before.body, told, keep: false }, again);
    }
    const end = (said: Said) => this.#end(keyed, requestId, said, say);
    const cause = { id: requestId, idempotency_key: key ?? null };
    const seed = keyed === undefined ? undefined : `${keyed.key} ${fingerprint(keyed)}`;
    const call = new Call(
      params,
      found.ids,
      cause,
      seed,
      exchange,
      (body, tell) => expanded(body, wantedOf(params), this.#cloud.views.whole(tell)),
      end,
    );
    try {
      found.route.handle(this.#cloud, call);
    } catch (error) {
      call.refuse(refusalFor(error));
    }
  }

  /** With an idempotency key the answer is kept before it is given, so that a repeat cannot get another one. */
  #end(keyed: Keyed | undefined, requestId: string, said: Said, say: (said: Said) => void): void {
    if (keyed === undefined) return void say(said);
    if (!said.keep) {
      this.#idempotency.forget(keyed.key);
      return void say(said);
    }
    const told = said.told.map(({ saleId, payment }) => ({ saleId, payment }));
    this.#idempotency.keep(keyed, { status: said.status, body: said.body, requestId, told }, (error) =>
      say(error === undefined ? said : refused(notKept(error))),
    );
  }
}

function find({ method, path }: TillRequest): Found | undefined {
  const steps = path.split('/');
  for (const route of ROUTES) {
    const pattern = route.path.split('/');
    if (route.method !== method || pattern.length !== steps.length) continue;
    if (!pattern.every((step, index) => (step === ':' ? steps[index] !== '' : step === steps[index]))) continue;
    const ids = steps.filter((_, index) => pattern[index] === ':').map(decoded);
    return { route, ids };
  }
  return undefined;
}

/** An id with a broken escape is one that there is not. */
function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function paramsOf({ method, query, headers, body, bytes }: TillRequest, { files = false }: Route): FormObject {
  if (method !== 'POST') return parseForm(query);
  // What the files are is all that tells such a request from another.
  if (files && bytes !== undefined)
    return { ...parseForm(query), '': createHash('sha256').update(bytes).digest('hex') };
  const type = headers['content-type'] ?? '';
  if (body !== '' && !/^application\/x-www-form-urlencoded\b/i.test(type)) {
    throw invalid(
      `Invalid request (check that your POST content type is application/x-www-form-urlencoded; it is ${type === '' ? 'not given' : type.slice(0, 60)}).`,
    );
  }
  return { ...parseForm(query), ...parseForm(body) };
}

/** The same for a glance at what it is about: what cannot be read is about nothing. */
function paramsForLook(request: TillRequest, route: Route): FormObject {
  try {
    return paramsOf(request, route);
  } catch (error) {
    if (error instanceof StripeRefusal) return {};
    throw error;
  }
}

/** `expand[]`, once its shape is known to be right: a handler has checked it. */
function wantedOf({ expand }: FormObject): string[] {
  return Array.isArray(expand) ? expand.filter((path) => typeof path === 'string') : [];
}

function checkVersion(version: string | undefined): void {
  if (version === undefined || /^\d{4}-\d{2}-\d{2}(?:\.[a-z]+)?(?:;.*)?$/.test(version)) return;
  throw invalid(`Invalid Stripe API version: ${version.slice(0, 60)}. Allowed is a date, as ${API_VERSION}.`);
}

function noSuchAddress({ method, path }: TillRequest): StripeRefusal {
  return new StripeRefusal(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path.slice(0, 200)}). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code. Please see https://docs.stripe.com/.`,
  });
}

function refused({ status, error }: StripeRefusal): Said {
  return { status, body: JSON.stringify({ error }, undefined, 2), told: [], keep: false };
}

function headersOf({ headers }: TillRequest): Record<string, string> {
  const key = headers['idempotency-key'];
  return {
    'stripe-version': headers['stripe-version'] ?? API_VERSION,
    ...(key === undefined || key === '' ? {} : { 'idempotency-key': key }),
  };
}

function answerOf({ status, body }: Said, headers: Record<string, string>): TillAnswer {
  // A client repeats what was refused because another request is under way, and nothing else that was answered.
  const retry: Record<string, string> = status === 409 ? { 'stripe-should-retry': 'true' } : {};
  return { status, headers: { 'content-type': 'application/json', ...retry, ...headers }, body };
}
