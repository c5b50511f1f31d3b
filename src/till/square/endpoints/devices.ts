import type { Answered, Call, Cloud, Endpoint } from '../call.js';
import type { DeviceCodes } from '../device-codes.js';
import { deviceView } from '../device-view.js';
import { notFound, Refusal } from '../errors.js';
import { deviceIdOf, LOCATION_ID, terminalIdOf } from '../identity.js';
import { pageOf } from '../page.js';
import { parse } from '../parse.js';
import { CREATE_DEVICE_CODE, LIST_DEVICE_CODES, LIST_DEVICES } from '../schemas.js';
import { fingerprint } from '../tasks.js';
import { behaviourOf } from '../test-devices.js';
import { keyReused } from './create.js';

const PAGE_MAX = 100;
const other: Endpoint['aim'] = () => ({ kind: 'other' });

export const DEVICE_ENDPOINTS: readonly Endpoint[] = [
  { method: 'GET', path: '/v2/devices', aim: other, handle: list },
  { method: 'GET', path: '/v2/devices/codes', aim: other, handle: listCodes },
  { method: 'POST', path: '/v2/devices/codes', aim: other, handle: createCode },
  { method: 'GET', path: '/v2/devices/codes/:id', aim: other, handle: getCode },
  {
    method: 'GET',
    path: '/v2/devices/:id',
    aim: ({ shop }, id) => ({ kind: 'other', world: shop.counter(terminalIdOf(id))?.world }),
    handle: get,
  },
];

function list(cloud: Cloud, call: Call): Answered {
  const query = parse(LIST_DEVICES, call.input);
  if (query instanceof Refusal) return query;
  const { cursor, limit = PAGE_MAX, sort_order: order = 'DESC', location_id: location = LOCATION_ID } = query;
  const { shop, codes } = cloud;
  const counters = location === LOCATION_ID ? [...shop.counters.values()] : [];
  // None is older than another: they stand in the order of their numbers.
  const listed = counters.map((counter) => ({ id: deviceIdOf(counter.id), atMs: 0, thing: counter }));
  const paged = pageOf(listed, { cursor, limit: Math.min(limit || PAGE_MAX, PAGE_MAX), order });
  if (paged instanceof Refusal) return paged;
  const devices = paged.page.map((counter) => deviceView(counter, shop.clock.now(), codes.of(counter.id)));
  return call.reply({ devices, ...(paged.cursor === undefined ? {} : { cursor: paged.cursor }) });
}

/** A test device is the first terminal, by another name. */
function get({ shop, codes }: Cloud, call: Call): Answered {
  const counter = behaviourOf(call.id, 'checkout') === undefined ? shop.counter(terminalIdOf(call.id)) : shop.first;
  if (counter === undefined) {
    return notFound(`Could not find device matching device_id: ${call.id.slice(0, 80)}`, 'device_id');
  }
  return call.reply({ device: deviceView(counter, shop.clock.now(), codes.of(counter.id)) });
}

function createCode({ codes }: Cloud, call: Call): Answered {
  const body = parse(CREATE_DEVICE_CODE, call.input);
  if (body instanceof Refusal) return body;
  const { idempotency_key: key, device_code: asked } = body;
  if (asked.location_id !== undefined && asked.location_id !== LOCATION_ID) {
    const detail = `Location \`${asked.location_id}\` not found. The one here is ${LOCATION_ID}.`;
    return notFound(detail, 'device_code.location_id');
  }
  const of = fingerprint(asked);
  const before = codes.withKey(key);
  if (before !== undefined) return codes.get(before)?.of === of ? showCode(codes, call, before) : keyReused();
  const { name } = asked;
  codes.create({ key, of, ...(name === undefined ? {} : { name }) }, (id, error) =>
    call.kept(error, () => showCode(codes, call, id)),
  );
  return undefined;
}

function showCode(codes: DeviceCodes, call: Call, id: string): Answered {
  const code = codes.get(id);
  if (code === undefined) return notFound(`Could not find device code with id \`${id.slice(0, 80)}\`.`, 'id');
  return call.reply({ device_code: codes.view(id, code) });
}

function getCode({ codes }: Cloud, call: Call): Answered {
  return showCode(codes, call, call.id);
}

/** Without a status: those that are not expired (API reference, ListDeviceCodes). */
function listCodes({ codes }: Cloud, call: Call): Answered {
  const query = parse(LIST_DEVICE_CODES, call.input);
  if (query instanceof Refusal) return query;
  const { cursor, location_id: location = LOCATION_ID, product_type: product = 'TERMINAL_API', status } = query;
  const here = location === LOCATION_ID && product === 'TERMINAL_API';
  const listed = codes.all().flatMap(([id, code]) => {
    const now = codes.statusOf(code);
    const wanted = status === undefined ? now !== 'EXPIRED' : now === status;
    return here && wanted ? [{ id, atMs: code.createdAtMs, thing: codes.view(id, code) }] : [];
  });
  const paged = pageOf(listed, { cursor, limit: PAGE_MAX, order: 'DESC' });
  if (paged instanceof Refusal) return paged;
  const { page, cursor: next } = paged;
  return call.reply({
    ...(page.length === 0 ? {} : { device_codes: page }),
    ...(next === undefined ? {} : { cursor: next }),
  });
}
