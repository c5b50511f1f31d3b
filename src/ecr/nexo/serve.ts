import { closeAll } from '../../base/close-all.js';
import { Hooks } from '../../till/hooks.js';
import { createNexoFace, type NexoFace } from '../../till/nexo/face.js';
import { basicAuth } from '../../till/nexo/notices.js';
import type { NexoOptions } from '../../till/nexo/options.js';
import type { Shelf } from '../../till/shelf.js';
import type { Shop } from '../../till/shop.js';
import type { Limits } from '../face/limits.js';
import type { MountOptions } from '../face/mount.js';
import { serveFace } from '../face/serve.js';
import { createHttpCourier } from '../hooks/courier.js';
import { terminalCertificate } from './certificates.js';

/** The only port at which Adyen's client libraries look for a terminal. */
const LOCAL_PORT = 8443;
const CLOUD_PORT = 7718;

export interface ServeNexoOptions extends Omit<NexoOptions, 'shelf' | 'hooks'>, Pick<MountOptions, 'busy' | 'left'> {
  readonly shelf: Shelf;
  /** Where the authority of the certificates lies, or is made. */
  readonly folder: string;
  /** Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Of `/nexo/`. Default 8443; 0 takes a free one. */
  readonly port?: number | undefined;
  /** Of `/sync` and `/async`. Default 7718. */
  readonly cloudPort?: number | undefined;
  /** Where event notifications, and the answers to `/async`, go. `secret`: `user:password`, or empty. */
  readonly events?: { readonly url: string; readonly secret?: string | undefined } | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly bug?: ((error: Error) => void) | undefined;
}

export interface ServedNexo {
  /** `https://127.0.0.1:8443`. */
  readonly url: string;
  readonly port: number;
  /** `https://127.0.0.1:7718`, for `terminalApiCloudEndpoint`. */
  readonly cloudUrl: string;
  /** The certificate to hand to tills (`certificatePath`). */
  readonly caFile: string;
  readonly face: NexoFace;
  /** Idempotent. */
  close(): Promise<void>;
}

const SUBSCRIPTION = 'events';

/** The Adyen Terminal API over HTTPS: the terminals themselves, and their cloud. Throws `PJ_TILL_AUTHORITY`, `PJ_PORT_IN_USE`, `PJ_LISTEN`. */
export async function serveNexo(shop: Shop, options: ServeNexoOptions): Promise<ServedNexo> {
  const {
    shelf,
    folder,
    host,
    port = LOCAL_PORT,
    cloudPort = CLOUD_PORT,
    events,
    limits,
    busy,
    left,
    bug,
    ...nexo
  } = options;
  const { tls, caFile } = await terminalCertificate(folder, host === undefined ? [] : [host]);
  const { clock, random } = shop;
  const courier = createHttpCourier();
  const hooks = new Hooks({ clock, random: random.fork('nexo hooks'), shelf, courier, name: 'nexo', sign: basicAuth });
  if (events === undefined) hooks.unsubscribe(SUBSCRIPTION);
  else hooks.subscribe(SUBSCRIPTION, events.url, events.secret ?? '');
  const face = createNexoFace(shop, { ...nexo, shelf, hooks });
  const door = { shop, host, tls, limits, busy, left, bug };
  const opened: { close(): Promise<void> }[] = [];
  const close = () => closeAll([() => face.close(), () => hooks.close(), ...opened.splice(0).map((one) => one.close)]);
  try {
    const local = await serveFace(face, { ...door, what: 'nexo port', port });
    opened.push(local);
    const cloud = await serveFace(face, { ...door, what: 'nexo cloud port', port: cloudPort });
    opened.push(cloud);
    return { url: local.url, port: local.port, cloudUrl: cloud.url, caFile, face, close };
  } catch (error) {
    await close().catch(() => {}); // What has kept it from being served counts.
    throw error;
  }
}
