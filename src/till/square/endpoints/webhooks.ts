import { EVENT_TYPES, type EventType, sign } from '../bulletin.js';
import type { Answered, Call, Cloud, Endpoint } from '../call.js';
import { broken, invalid, notFound, Refusal } from '../errors.js';
import { pageOf } from '../page.js';
import { parse } from '../parse.js';
import { type Subscription, timestamp } from '../records.js';
import { CREATE_SUBSCRIPTION, LIST_SUBSCRIPTIONS, TEST_SUBSCRIPTION, UPDATE_SUBSCRIPTION } from '../schemas.js';
import { subscriptionView } from '../subscriptions.js';
import { fingerprint } from '../tasks.js';
import { keyReused } from './create.js';

const PAGE_MAX = 100;
/** How long the receiver of a test event may take. */
const TEST_MS = 10_000;
/** What the current SDK sends as `Square-Version`. */
const API_VERSION = '2026-09-16';
const other: Endpoint['aim'] = () => ({ kind: 'other' });
const SUBSCRIPTIONS = '/v2/webhooks/subscriptions';

export const WEBHOOK_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v2/webhooks/event-types',
    aim: other,
    handle: (_cloud, call) => {
      const metadata = EVENT_TYPES.map((type) => ({
        event_type: type,
        api_version_introduced: API_VERSION,
        release_status: 'PUBLIC',
      }));
      return call.reply({ event_types: EVENT_TYPES, metadata });
    },
  },
  { method: 'GET', path: SUBSCRIPTIONS, aim: other, handle: list },
  { method: 'POST', path: SUBSCRIPTIONS, aim: other, handle: create },
  {
    method: 'GET',
    path: `${SUBSCRIPTIONS}/:id`,
    aim: other,
    handle: withOne((_cloud, call, subscription) =>
      call.reply({ subscription: subscriptionView(call.id, subscription) }),
    ),
  },
  { method: 'PUT', path: `${SUBSCRIPTIONS}/:id`, aim: other, handle: withOne(update) },
  {
    method: 'DELETE',
    path: `${SUBSCRIPTIONS}/:id`,
    aim: other,
    handle: withOne(({ subscriptions }, call) => {
      subscriptions.remove(call.id);
      return call.reply({});
    }),
  },
  {
    method: 'POST',
    path: `${SUBSCRIPTIONS}/:id/signature-key`,
    aim: other,
    handle: withOne(({ subscriptions }, call, subscription) => {
      subscriptions.rekey(call.id, subscription, (error) =>
        call.kept(error, () => call.reply({ signature_key: subscriptions.get(call.id)?.signatureKey })),
      );
      return undefined;
    }),
  },
  { method: 'POST', path: `${SUBSCRIPTIONS}/:id/test`, aim: other, handle: withOne(test) },
];

function withOne(handle: (cloud: Cloud, call: Call, subscription: Subscription) => Answered): Endpoint['handle'] {
  return (cloud, call) => {
    const subscription = cloud.subscriptions.get(call.id);
    if (subscription !== undefined) return handle(cloud, call, subscription);
    return notFound(`Could not find subscription with id \`${call.id.slice(0, 80)}\`.`, 'subscription_id');
  };
}

function create({ subscriptions }: Cloud, call: Call): Answered {
  const body = parse(CREATE_SUBSCRIPTION, call.input);
  if (body instanceof Refusal) return body;
  const { idempotency_key: key, subscription: asked } = body;
  const unknown = unknownType(asked.event_types);
  if (unknown !== undefined) return unknown;
  const of = fingerprint(asked);
  const show = (id: string) => {
    const made = subscriptions.get(id);
    if (made === undefined) return broken(500, 'INTERNAL_SERVER_ERROR', 'The subscription was deleted meanwhile.');
    return call.reply({ subscription: subscriptionView(id, made) });
  };
  const before = key === undefined ? undefined : subscriptions.withKey(key);
  if (before !== undefined) return subscriptions.get(before)?.of === of ? show(before) : keyReused();
  const fields = {
    name: asked.name,
    enabled: asked.enabled ?? true,
    eventTypes: asked.event_types,
    notificationUrl: asked.notification_url,
    apiVersion: asked.api_version ?? API_VERSION,
  };
  subscriptions.create(fields, { of, ...(key === undefined ? {} : { key }) }, (id, error) =>
    call.kept(error, () => show(id)),
  );
  return undefined;
}

function update({ subscriptions }: Cloud, call: Call, before: Subscription): Answered {
  const body = parse(UPDATE_SUBSCRIPTION, call.input);
  if (body instanceof Refusal) return body;
  const { name, enabled, event_types: eventTypes, notification_url: url } = body.subscription ?? {};
  const unknown = unknownType(eventTypes ?? []);
  if (unknown !== undefined) return unknown;
  const fields = {
    name: name ?? before.name,
    enabled: enabled ?? before.enabled,
    eventTypes: eventTypes ?? before.eventTypes,
    notificationUrl: url ?? before.notificationUrl,
  };
  subscriptions.change(call.id, before, fields, (error) =>
    call.kept(error, () =>
      call.reply({ subscription: subscriptionView(call.id, subscriptions.get(call.id) ?? before) }),
    ),
  );
  return undefined;
}

function list({ subscriptions }: Cloud, call: Call): Answered {
  const query = parse(LIST_SUBSCRIPTIONS, call.input);
  if (query instanceof Refusal) return query;
  const { cursor, limit = PAGE_MAX, sort_order: order = 'ASC', include_disabled: disabled = false } = query;
  const listed = subscriptions.all().flatMap(([id, subscription]) => {
    const thing = subscriptionView(id, subscription);
    return disabled || subscription.enabled ? [{ id, atMs: subscription.createdAtMs, thing }] : [];
  });
  const paged = pageOf(listed, { cursor, limit: Math.min(limit || PAGE_MAX, PAGE_MAX), order });
  if (paged instanceof Refusal) return paged;
  const { page, cursor: next } = paged;
  return call.reply({
    ...(page.length === 0 ? {} : { subscriptions: page }),
    ...(next === undefined ? {} : { cursor: next }),
  });
}

/** Sends one event to this one only, once, and tells what came of it. */
function test({ shop, options, bulletin }: Cloud, call: Call, subscription: Subscription): Answered {
  const body = parse(TEST_SUBSCRIPTION, call.input);
  if (body instanceof Refusal) return body;
  const { notificationUrl: url, signatureKey, eventTypes } = subscription;
  const type = body.event_type ?? eventTypes[0] ?? '';
  if (!isEventType(type) || !eventTypes.includes(type)) {
    const detail = `The subscription has no event type \`${type.slice(0, 80)}\`. It has: ${eventTypes.join(', ')}.`;
    return invalid('INVALID_VALUE', 'event_type', detail);
  }
  const { courier } = options;
  if (courier === undefined) return broken(501, 'NOT_IMPLEMENTED', 'No events are sent from here.');
  const event = bulletin.event(type, type.slice(0, type.lastIndexOf('.')), 'test', {});
  const headers = {
    'content-type': 'application/json',
    ...sign(signatureKey, url, event.body, shop.clock.now(), event.id),
  };
  const undo = courier.post(url, headers, event.body, TEST_MS, (result) => {
    const at = timestamp(shop.clock.now());
    const status = 'status' in result ? { status_code: result.status } : {};
    const told = { notification_url: url, passes_filter: true, payload: JSON.parse(event.body), ...status };
    const tested = { id: event.id, ...told, created_at: at, updated_at: at };
    // The type says one thing, and Square's servers another: both find what they look for.
    call.reply({ subscription_test_result: tested, ...told });
  });
  call.exchange.onGone(undo);
  return undefined;
}

function isEventType(type: string): type is EventType {
  return EVENT_TYPES.some((known) => known === type);
}

function unknownType(types: readonly string[]): Refusal | undefined {
  const unknown = types.find((type) => !isEventType(type));
  if (unknown === undefined) return undefined;
  const detail = `\`${unknown}\` is no event type of this terminal. There are: ${EVENT_TYPES.join(', ')}.`;
  return invalid('INVALID_VALUE', 'subscription.event_types', detail);
}
