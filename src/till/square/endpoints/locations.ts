import type { Merchant } from '../../../terminal/context.js';
import type { Answered, Call, Cloud, Endpoint } from '../call.js';
import { notFound } from '../errors.js';
import { LOCATION_ID, MERCHANT_ID } from '../identity.js';

/** All terminals here stand in one place. */
export const LOCATION_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v2/locations',
    aim: () => ({ kind: 'other' }),
    handle: (cloud, call) => call.reply({ locations: [locationView(cloud)] }),
  },
  { method: 'GET', path: '/v2/locations/:id', aim: () => ({ kind: 'other' }), handle: get },
];

/** `main` is whichever location is the main one (API reference, RetrieveLocation). */
function get(cloud: Cloud, call: Call): Answered {
  if (call.id === LOCATION_ID || call.id === 'main') return call.reply({ location: locationView(cloud) });
  return notFound(`Location \`${call.id.slice(0, 80)}\` not found. The one here is ${LOCATION_ID}.`, 'location_id');
}

function locationView({ shop }: Cloud): Readonly<Record<string, unknown>> {
  const { merchant } = shop.first.world;
  return {
    id: LOCATION_ID,
    name: merchant.name,
    business_name: merchant.name,
    merchant_id: MERCHANT_ID,
    status: 'ACTIVE',
    type: 'PHYSICAL',
    country: 'CN',
    currency: 'CNY',
    language_code: 'zh-CN',
    timezone: timezoneOf(merchant),
  };
}

/** The names of `Etc` have their signs the other way round, and whole hours only. */
function timezoneOf({ utcOffsetMinutes }: Merchant): string {
  if (utcOffsetMinutes === 480) return 'Asia/Shanghai';
  const hours = Math.round(utcOffsetMinutes / 60);
  return hours === 0 ? 'Etc/UTC' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}
