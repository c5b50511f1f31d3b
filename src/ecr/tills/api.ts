import { serveApi } from '../api/server.js';
import type { OpenedTill, TillParts } from './parts.js';
import { listenAt, remarkOn } from './ports.js';

/** The own API of all terminals. */
export async function openOwnApi({ shop, shelf, config, busy, left, bug, portOf }: TillParts): Promise<OpenedTill> {
  const { host, token } = config;
  const { served, taken } = await listenAt(portOf('api', config.api.port), (port) =>
    serveApi(shop, { host, port, token, shelf, busy, left, bug }),
  );
  const { url, close } = served;
  return { urls: { api: url }, remarks: remarkOn('control', taken, url), close };
}
