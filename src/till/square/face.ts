import type { Shop } from '../shop.js';
import type { Exchange, TillAnswer, TillFace, TillLook, TillRequest } from '../wire.js';
import { Bulletin } from './bulletin.js';
import { type Answered, Call, type Cloud, type Endpoint, type SquareOptions } from './call.js';
import { DeviceCodes } from './device-codes.js';
import { Dispatcher } from './dispatcher.js';
import { ACTION_ENDPOINTS } from './endpoints/actions.js';
import { CHECKOUT_ENDPOINTS } from './endpoints/checkouts.js';
import { DEVICE_ENDPOINTS } from './endpoints/devices.js';
import { LOCATION_ENDPOINTS } from './endpoints/locations.js';
import { PAYMENT_ENDPOINTS } from './endpoints/payments.js';
import { REFUND_ENDPOINTS } from './endpoints/plain-refunds.js';
import { TERMINAL_REFUND_ENDPOINTS } from './endpoints/refunds.js';
import { WEBHOOK_ENDPOINTS } from './endpoints/webhooks.js';
import { invalid, notFound, Refusal, unread } from './errors.js';
import { watchPayments } from './payment-events.js';
import { Subscriptions } from './subscriptions.js';
import { Tasks } from './tasks.js';

export { sign as signSquareEvent } from './bulletin.js';
export type { SquareOptions } from './call.js';

const ENDPOINTS: readonly Endpoint[] = [
  ...CHECKOUT_ENDPOINTS,
  ...ACTION_ENDPOINTS,
  ...TERMINAL_REFUND_ENDPOINTS,
  ...PAYMENT_ENDPOINTS,
  ...REFUND_ENDPOINTS,
  ...DEVICE_ENDPOINTS,
  ...LOCATION_ENDPOINTS,
  ...WEBHOOK_ENDPOINTS,
];

/** An endpoint, and what stands in the path where it says `:id`. */
interface Route {
  readonly endpoint: Endpoint;
  readonly id: string;
}

/**
 * Square's APIs as tills of a Square Terminal speak them: Terminal, Payments, Refunds, Devices, Locations and Webhooks. What
 * a till asks for waits in the cloud, which is kept on a shelf, until the terminal takes it up; how a sale ends is said by
 * the terminal's journal alone.
 */
export function createSquareFace(shop: Shop, options: SquareOptions): TillFace {
  const { shelf, hooks, token } = options;
  const bulletin = new Bulletin({ clock: shop.clock, random: shop.random, hooks });
  const tasks = new Tasks(shop, shelf, bulletin);
  const dispatcher = new Dispatcher(shop, tasks);
  const codes = new DeviceCodes(shop, shelf, bulletin);
  const subscriptions = new Subscriptions(shop, shelf, hooks);
  const cloud: Cloud = { shop, options, tasks, dispatcher, bulletin, codes, subscriptions };
  const unwatch = watchPayments(cloud);
  return {
    name: 'square',
    look: (request) => look(cloud, request),
    accept: (exchange) => {
      const { request } = exchange;
      const refusal = unauthorized(request, token) ?? wrongVersion(request) ?? handle(cloud, exchange);
      if (refusal !== undefined) exchange.answer(refusal.answer());
    },
    refuseBusy: (exchange) => exchange.answer(unread(503, 'The service is busy. Try again in a moment.').answer()),
    refuse: (status: number, problem: string): TillAnswer => unread(status, problem).answer(),
    close: () => {
      unwatch();
      dispatcher.close();
      codes.close();
    },
  };
}

function look(cloud: Cloud, request: TillRequest): TillLook {
  const route = routeOf(request);
  if (route === undefined) return { kind: 'other', world: undefined };
  const body = readBody(request);
  const { kind, world } = route.endpoint.aim(cloud, route.id, body instanceof Refusal ? undefined : body);
  return { kind, world, cloud: true };
}

/** What is against it, or nothing: then it is answered, or will be. */
function handle(cloud: Cloud, exchange: Exchange): Answered {
  const { request } = exchange;
  const route = routeOf(request);
  if (route === undefined) {
    const { method, path } = request;
    const detail = `API endpoint for URL path \`${path.slice(0, 200)}\` and HTTP method \`${method}\` is not found.`;
    return notFound(detail);
  }
  const input = request.method === 'POST' || request.method === 'PUT' ? readBody(request) : readQuery(request);
  return input instanceof Refusal ? input : route.endpoint.handle(cloud, new Call(exchange, route.id, input));
}

function routeOf({ method, path }: TillRequest): Route | undefined {
  const segments = path.split('/').map(decoded);
  for (const endpoint of ENDPOINTS) {
    if (endpoint.method !== method) continue;
    const pattern = endpoint.path.split('/');
    const fits = (part: string, at: number) => (part === ':id' ? segments[at] !== '' : part === segments[at]);
    if (pattern.length === segments.length && pattern.every(fits)) {
      const at = pattern.indexOf(':id');
      return { endpoint, id: at === -1 ? '' : (segments[at] ?? '') };
    }
  }
  return undefined;
}

/** As it was sent where it makes no sense. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function readBody({ body }: TillRequest): unknown {
  if (body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    return new Refusal(400, {
      category: 'INVALID_REQUEST_ERROR',
      code: 'EXPECTED_JSON_BODY',
      detail: 'Expected JSON in the request body.',
    });
  }
}

/** Of a parameter that is given twice, the first counts. */
function readQuery({ query }: TillRequest): Readonly<Record<string, string>> {
  return Object.fromEntries([...new URLSearchParams(query)].reverse());
}

function unauthorized({ headers }: TillRequest, token: string | undefined): Refusal | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined && (token === undefined || bearer === token)) return undefined;
  const detail = 'This request could not be authorized.';
  return new Refusal(401, { category: 'AUTHENTICATION_ERROR', code: 'UNAUTHORIZED', detail });
}

/** Any version is spoken with; what is no date is none. */
function wrongVersion({ headers }: TillRequest): Refusal | undefined {
  const version = headers['square-version'];
  if (version === undefined || /^\d{4}-\d{2}-\d{2}$/.test(version)) return undefined;
  return invalid('INVALID_SQUARE_VERSION_FORMAT', 'Square-Version', 'Must be a date: YYYY-MM-DD.');
}
