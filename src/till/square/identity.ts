/** Who is who, as far as everything here belongs to one seller with one location and one application. */
export const APPLICATION_ID = 'sandbox-sq0idb-paperjam';
export const MERCHANT_ID = 'MLPAPERJAM';
export const LOCATION_ID = 'LPAPERJAM';

/** A terminal in the Devices API is `device:T01`; as the `device_id` of a checkout or of a device code it is `T01`. */
const DEVICE_PREFIX = 'device:';

export function deviceIdOf(terminalId: string): string {
  return `${DEVICE_PREFIX}${terminalId}`;
}

export function terminalIdOf(deviceId: string): string {
  return deviceId.startsWith(DEVICE_PREFIX) ? deviceId.slice(DEVICE_PREFIX.length) : deviceId;
}
