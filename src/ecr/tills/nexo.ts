import { PaperjamError } from '../../base/errors.js';
import type { Shop } from '../../till/shop.js';
import { type ServedNexo, type ServeNexoOptions, serveNexo } from '../nexo/serve.js';
import { customOf } from './custom.js';
import { wantToken } from './face.js';
import type { OpenedTill, TillParts } from './parts.js';
import { remarkOn, type WantedPort } from './ports.js';

/** Whoever uses Adyen's library as it is finds the terminal at its usual port, or not at all. */
const LIBRARY = ", where Adyen's library does not look: free that port, and start again";

/** The Adyen Terminal API: the terminals' own HTTPS, and the cloud before them. */
export async function openNexo(parts: TillParts): Promise<OpenedTill> {
  const { shop, shelf, config, busy, left, bug, portOf } = parts;
  const { host, token, nexo } = config;
  const { passphrase, keyIdentifier, keyVersion, testAmounts, eventUrl, eventCredentials } = nexo;
  wantToken(host, token);
  const ports = { port: portOf('nexo', nexo.port), cloudPort: portOf('nexoCloud', nexo.cloudPort) };
  const { served, taken } = await listenAtBoth(shop, ports, {
    shelf,
    folder: await parts.folder(),
    host,
    apiKey: token,
    key: passphrase === undefined ? undefined : { passphrase, keyIdentifier, keyVersion },
    testAmounts,
    custom: customOf(config),
    events: eventUrl === undefined ? undefined : { url: eventUrl, secret: eventCredentials },
    busy,
    left,
    bug,
  });

  const takenOf = ({ usual }: WantedPort) => (usual !== undefined && taken.has(usual) ? usual : undefined);
  return {
    urls: { nexo: served.url, nexoCloud: served.cloudUrl },
    caFile: served.caFile,
    remarks: [
      ...remarkOn('nexo', takenOf(ports.port), served.url, LIBRARY),
      ...remarkOn("nexo's cloud", takenOf(ports.cloudPort), served.cloudUrl),
    ],
    close: served.close,
  };
}

interface BothPorts {
  readonly port: WantedPort;
  readonly cloudPort: WantedPort;
}

/** Each at its own port; where a usual one is in use, at a free one. `taken`: the usual ports that are in use. */
async function listenAtBoth(
  shop: Shop,
  wanted: BothPorts,
  options: Omit<ServeNexoOptions, 'port' | 'cloudPort'>,
): Promise<{ readonly served: ServedNexo; readonly taken: ReadonlySet<number> }> {
  const taken = new Set<number>();
  const at = ({ named, usual = 0 }: WantedPort) => named ?? (taken.has(usual) ? 0 : usual);
  const mayMove = (port: number) =>
    !taken.has(port) && Object.values(wanted).some(({ named, usual }) => named === undefined && usual === port);
  for (;;) {
    try {
      const both = { port: at(wanted.port), cloudPort: at(wanted.cloudPort) };
      return { served: await serveNexo(shop, { ...options, ...both }), taken };
    } catch (error) {
      const port = error instanceof PaperjamError && error.code === 'PJ_PORT_IN_USE' ? Number(error.data.port) : 0;
      if (!mayMove(port)) throw error;
      taken.add(port);
    }
  }
}
