import { VERSION } from '../../world/version.js';
import type { Counter } from '../counter.js';
import { deviceIdOf, LOCATION_ID, MERCHANT_ID } from './identity.js';
import { timestamp } from './records.js';

/** A terminal as the Devices API shows it. `deviceCodeId`: the code that somebody has keyed in at it. */
export function deviceView(
  counter: Counter,
  nowMs: number,
  deviceCodeId: string | undefined,
): Readonly<Record<string, unknown>> {
  const application = {
    application_type: 'TERMINAL_API',
    version: VERSION,
    session_location: LOCATION_ID,
    ...(deviceCodeId === undefined ? {} : { device_code_id: deviceCodeId }),
  };
  return {
    id: deviceIdOf(counter.id),
    attributes: {
      type: 'TERMINAL',
      manufacturer: 'paperjam',
      model: 'scan-to-pay',
      name: `Terminal ${counter.id}`,
      manufacturers_id: counter.id,
      updated_at: timestamp(nowMs),
      version: VERSION,
      merchant_token: MERCHANT_ID,
    },
    components: [
      { type: 'APPLICATION', application_details: application },
      { type: 'ETHERNET', ethernet_details: { active: counter.power === 'on' } },
    ],
    status: { category: categoryOf(counter) },
  };
}

/** `DeviceStatus`: a terminal whose printer cannot print sells, and wants somebody to look at it. */
function categoryOf({ power, world }: Counter): 'AVAILABLE' | 'NEEDS_ATTENTION' | 'OFFLINE' {
  if (power === 'off') return 'OFFLINE';
  return world.terminal.failure === undefined && world.printer.status().ready ? 'AVAILABLE' : 'NEEDS_ATTENTION';
}

/** What a `PING` brings back. */
export function deviceMetadata(counter: Counter): Readonly<Record<string, unknown>> {
  return {
    serial_number: counter.id,
    app_version: VERSION,
    os_version: VERSION,
    location_id: LOCATION_ID,
    merchant_id: MERCHANT_ID,
    network_connection_type: 'ETHERNET',
    payment_region: 'CN',
  };
}
