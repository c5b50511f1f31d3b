import { z } from 'zod';
import type { Call } from '../call.js';
import type { Cloud } from '../cloud.js';
import { seconds } from '../ids.js';
import { choice, expand, flag, list, merged, metadata, paging, parse, words, wordsOrNull } from '../params.js';
import { invalid, missing } from '../refusal.js';
import { type Endpoint, KINDS, type Location } from '../store.js';
import { page } from '../views/list.js';
import { locationView } from '../views/reader.js';
import { notKept } from './intents.js';
import type { Route } from './route.js';

const ADDRESS = z.strictObject({
  city: wordsOrNull().optional(),
  country: wordsOrNull(2).optional(),
  line1: wordsOrNull().optional(),
  line2: wordsOrNull().optional(),
  postal_code: wordsOrNull().optional(),
  state: wordsOrNull().optional(),
});
const PLACE = { phone: words(30).optional(), metadata: metadata().optional(), ...expand };
const NEW_LOCATION = z.strictObject({
  display_name: words(1_000),
  address: ADDRESS.extend({ country: words(2) }),
  ...PLACE,
});
const LOCATION = z.strictObject({ display_name: words(1_000).optional(), address: ADDRESS.optional(), ...PLACE });
const NOTHING = z.strictObject({});

const HOOK = {
  description: wordsOrNull().optional(),
  metadata: metadata().optional(),
  ...expand,
};
const NEW_HOOK = z.strictObject({
  url: words(2_048),
  enabled_events: list(words(100)).min(1),
  api_version: words(60).optional(),
  connect: flag().optional(),
  ...HOOK,
});
const CHANGED_HOOK = z.strictObject({
  url: words(2_048).optional(),
  enabled_events: list(words(100)).min(1).optional(),
  disabled: flag().optional(),
  ...HOOK,
});
const EVENTS = z.strictObject({
  type: words(100).optional(),
  types: list(words(100)).optional(),
  delivery_success: choice('true', 'false').optional(),
  ...paging,
});

/** Places, tokens, events and webhooks: what is about no payment. */
export const PLACE_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1/terminal/locations', kind: 'other', handle: createLocation },
  {
    method: 'GET',
    path: '/v1/terminal/locations',
    kind: 'other',
    handle: ({ readers }, call) => {
      const paged = parse(z.strictObject(paging), call.params);
      call.answer(page('/v1/terminal/locations', readers.locations(), paged, locationView));
    },
  },
  {
    method: 'GET',
    path: '/v1/terminal/locations/:',
    kind: 'other',
    handle: ({ readers }, call) => call.answer(locationView(readers.location(call.id))),
  },
  { method: 'POST', path: '/v1/terminal/locations/:', kind: 'other', handle: updateLocation },
  { method: 'DELETE', path: '/v1/terminal/locations/:', kind: 'other', handle: deleteLocation },
  { method: 'POST', path: '/v1/terminal/connection_tokens', kind: 'other', handle: createToken },
  { method: 'GET', path: '/v1/events', kind: 'other', handle: listEvents },
  {
    method: 'GET',
    path: '/v1/events/:',
    kind: 'other',
    handle: ({ shelf, events }, call) => {
      const event = shelf.get(KINDS.event, call.id);
      if (event === undefined) throw missing('event', call.id);
      call.answer(events.view(event));
    },
  },
  { method: 'POST', path: '/v1/webhook_endpoints', kind: 'other', handle: createHook },
  {
    method: 'GET',
    path: '/v1/webhook_endpoints',
    kind: 'other',
    handle: ({ events }, call) => {
      const paged = parse(z.strictObject(paging), call.params);
      call.answer(page('/v1/webhook_endpoints', events.endpoints(), paged, endpointView));
    },
  },
  {
    method: 'GET',
    path: '/v1/webhook_endpoints/:',
    kind: 'other',
    handle: (cloud, call) => call.answer(endpointView(endpoint(cloud, call.id))),
  },
  { method: 'POST', path: '/v1/webhook_endpoints/:', kind: 'other', handle: updateHook },
  { method: 'DELETE', path: '/v1/webhook_endpoints/:', kind: 'other', handle: deleteHook },
];

function createLocation(cloud: Cloud, call: Call): void {
  const given = parse(NEW_LOCATION, call.params);
  putLocation(cloud, call, {
    id: cloud.newId('tml', call, 14),
    displayName: given.display_name,
    address: { ...NO_ADDRESS, ...set(given.address) },
    ...(given.phone === undefined ? {} : { phone: given.phone }),
    metadata: merged({}, given.metadata),
    deleted: false,
    createdMs: cloud.clock.now(),
  });
}

const NO_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

/** What was given, without what was not. */
function set<Fields extends object>(fields: Fields): { [Name in keyof Fields]: Exclude<Fields[Name], undefined> } {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [Name in keyof Fields]: Exclude<Fields[Name], undefined> }; // Object.entries forgets names.
}

function updateLocation(cloud: Cloud, call: Call): void {
  const given = parse(LOCATION, call.params);
  const before = cloud.readers.location(call.id);
  putLocation(cloud, call, {
    ...before,
    displayName: given.display_name ?? before.displayName,
    address: { ...before.address, ...set(given.address ?? {}) },
    ...(given.phone === undefined ? {} : { phone: given.phone }),
    metadata: merged(before.metadata, given.metadata),
  });
}

function putLocation({ readers }: Cloud, call: Call, location: Location): void {
  readers.putLocation(location, (error) =>
    error === undefined ? call.answer(locationView(location)) : call.refuse(notKept(error)),
  );
}

function deleteLocation({ readers }: Cloud, call: Call): void {
  parse(NOTHING, call.params);
  const location = readers.location(call.id);
  const used = readers.all().some((reader) => readers.locationOf(reader) === location.id);
  if (used) throw invalid('You must delete or move all readers in a location before deleting the location.');
  readers.putLocation({ ...location, deleted: true }, (error) => {
    if (error !== undefined) call.refuse(notKept(error));
    else call.answer({ id: location.id, object: 'terminal.location', deleted: true });
  });
}

function createToken({ readers, random }: Cloud, call: Call): void {
  const { location } = parse(z.strictObject({ location: words().optional(), ...expand }), call.params);
  if (location !== undefined) readers.location(location);
  call.answer({
    object: 'terminal.connection_token',
    ...(location === undefined ? {} : { location }),
    secret: `pst_test_${random.digits(24)}`,
  });
}

function listEvents({ shelf, events }: Cloud, call: Call): void {
  const { type, types, delivery_success: _, ...paged } = parse(EVENTS, call.params);
  const wanted = type === undefined ? types : [type];
  const matches = (name: string) => wanted?.some((one) => fits(one, name)) ?? true;
  const found = shelf.all(KINDS.event).filter((event) => matches(event.type));
  call.answer(page('/v1/events', found, paged, (event) => events.view(event)));
}

/** `charge.*` stands for all of them. */
function fits(wanted: string, type: string): boolean {
  return wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : wanted === type;
}

function endpoint({ events }: Cloud, id: string): Endpoint {
  const found = events.endpoints().find((one) => one.id === id);
  if (found === undefined) throw missing('webhook endpoint', id, 'webhook_endpoint');
  return found;
}

/** docs.stripe.com/api/webhook_endpoints/object. The secret is told once, as it is made. */
function endpointView(of: Endpoint): Readonly<Record<string, unknown>> {
  return {
    id: of.id,
    object: 'webhook_endpoint',
    api_version: of.apiVersion,
    application: null,
    created: seconds(of.createdMs),
    description: of.description,
    enabled_events: of.enabledEvents,
    livemode: false,
    metadata: of.metadata,
    status: of.disabled ? 'disabled' : 'enabled',
    url: of.url,
  };
}

function createHook(cloud: Cloud, call: Call): void {
  const given = parse(NEW_HOOK, call.params);
  checkUrl(given.url);
  const id = cloud.newId('we', call);
  const known = cloud.events.endpoints().find((one) => one.id === id);
  const made: Endpoint = known ?? {
    id,
    url: given.url,
    secret: `whsec_${cloud.random.digits(32)}`,
    enabledEvents: given.enabled_events,
    description: given.description ?? null,
    metadata: merged({}, given.metadata),
    apiVersion: given.api_version ?? null,
    createdMs: cloud.clock.now(),
    disabled: false,
    deleted: false,
  };
  cloud.events.putEndpoint(made, (error) => {
    if (error !== undefined) call.refuse(notKept(error));
    else call.answer({ ...endpointView(made), secret: made.secret });
  });
}

function updateHook(cloud: Cloud, call: Call): void {
  const given = parse(CHANGED_HOOK, call.params);
  const before = endpoint(cloud, call.id);
  if (given.url !== undefined) checkUrl(given.url);
  const now: Endpoint = {
    ...before,
    url: given.url ?? before.url,
    enabledEvents: given.enabled_events ?? before.enabledEvents,
    disabled: given.disabled ?? before.disabled,
    description: given.description === undefined ? before.description : given.description,
    metadata: merged(before.metadata, given.metadata),
  };
  cloud.events.putEndpoint(now, (error) =>
    error === undefined ? call.answer(endpointView(now)) : call.refuse(notKept(error)),
  );
}

function deleteHook(cloud: Cloud, call: Call): void {
  parse(NOTHING, call.params);
  const { id } = endpoint(cloud, call.id);
  cloud.events.putEndpoint({ ...endpoint(cloud, id), deleted: true }, (error) => {
    if (error !== undefined) call.refuse(notKept(error));
    else call.answer({ id, object: 'webhook_endpoint', deleted: true });
  });
}

function checkUrl(url: string): void {
  if (/^https?:\/\/[^\s/]+/.test(url) && URL.canParse(url)) return;
  throw invalid('Invalid URL: An explicit scheme (such as https) must be provided.', {
    code: 'url_invalid',
    param: 'url',
  });
}
