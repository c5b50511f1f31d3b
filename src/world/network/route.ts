import type { Route } from '../../acquirer/alipay/sdk-transport.js';
import type { CertificateProblem } from '../../ports/faults.js';
import { type NetworkProxy, openNetworkProxy, type ProxyParts } from './proxy.js';
import { openTlsDoor, type TlsDoor } from './tls-door.js';

export interface NetworkOptions extends Omit<ProxyParts, 'shown'> {
  /** Whether requests go by the proxy also while nothing fails; otherwise they then go straight on. */
  readonly always: boolean;
}

/** Port 1 of loopback (tcpmux), on which nobody listens: the system itself refuses. */
const REFUSING = 'http://127.0.0.1:1';

/** The real way from the vendor's SDK to the platform, on which faults take hold. */
export interface RealNetwork {
  readonly site: NetworkProxy['site'];
  /** By which way the next exchange has to go. */
  route(): Route | undefined | Promise<Route>;
  close(): Promise<void>;
}

/** Throws `PJ_LISTEN`. */
export async function openRealNetwork({ always, ...parts }: NetworkOptions): Promise<RealNetwork> {
  const doors = new Map<CertificateProblem, Promise<TlsDoor>>();
  const doorOf = (problem: CertificateProblem) => {
    const door = doors.get(problem) ?? openTlsDoor(problem, parts.clock.now());
    doors.set(problem, door);
    return door;
  };
  const shown = (problem: CertificateProblem) => void doorOf(problem).catch(() => {}); // Whoever needs it is told.
  const proxy = await openNetworkProxy({ ...parts, shown });
  const { site } = proxy;
  return {
    site,
    route() {
      const met = site.connect();
      if (met === 'nobody') return { origin: REFUSING };
      if (met !== undefined) return doorOf(met).then(({ url, ca }) => ({ origin: url, trusts: ca }));
      return always || !site.isSound ? { origin: proxy.url } : undefined;
    },
    async close() {
      await proxy.close();
      for (const door of await Promise.allSettled(doors.values())) {
        if (door.status === 'fulfilled') door.value.close();
      }
      doors.clear();
    },
  };
}
