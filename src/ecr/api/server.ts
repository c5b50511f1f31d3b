import { randomBytes } from 'node:crypto';
import { closeAll } from '../../base/close-all.js';
import { PaperjamError } from '../../base/errors.js';
import { forgettingStorage } from '../../ground/forgetting-storage.js';
import { type ApiFace, createApiFace } from '../../till/api/face.js';
import { pathsOf } from '../../till/api/route.js';
import { Shelf } from '../../till/shelf.js';
import { Shop } from '../../till/shop.js';
import type { World } from '../../world/world.js';
import { isLoopback } from '../face/door.js';
import { type MountOptions, mountFace } from '../face/mount.js';
import { createHttpCourier } from '../hooks/courier.js';
import { type AppOptions, type ServedApp, serveApp } from './app.js';
import { descriptionRoutes } from './description-routes.js';
import { digitalRoute } from './digital.js';
import { eventsRoute } from './events.js';
import { EVIDENCE_ROUTE } from './evidence.js';
import { healthRoutes } from './health.js';
import { noticesRoute, takeNoticeForms } from './notices.js';
import { type OwnRoute, serveOwn } from './own-route.js';
import { PICTURE_ROUTE } from './picture.js';
import { sendProblem } from './problems.js';

/** Whoever can reach it can sell: beyond this machine it asks for a token. */
export interface ApiOptions extends Omit<AppOptions, 'what'>, Pick<MountOptions, 'busy' | 'left'> {
  /** Keeps webhooks, and which requests had their effect, over restarts. Default: as long as it is served. */
  readonly shelf?: Shelf | undefined;
}

export interface ServedApi extends ServedApp {
  /** Every address at which something is answered: `/v1/sales/:id`. */
  readonly addresses: readonly string[];
}

/**
 * The own API of one terminal, or of several. Throws `PJ_PORT_IN_USE`, `PJ_LISTEN`, and `PJ_TOKEN_WANTED` when other
 * machines would reach it and no token is set.
 */
export async function serveApi(of: World | Shop, options: ApiOptions = {}): Promise<ServedApi> {
  const { host = '127.0.0.1', token, busy, left, bug = (error: Error) => console.error(error) } = options;
  if (!isLoopback(host) && token === undefined) throw new PaperjamError('PJ_TOKEN_WANTED', { host });
  const shop = of instanceof Shop ? of : new Shop([of]);
  const shelf = options.shelf ?? new Shelf(forgettingStorage(shop.clock, 'memory'));
  const courier = createHttpCourier();
  const face = createApiFace(shop, { shelf, courier, secretBytes: () => randomBytes(32), bug });
  const own = ownRoutes(shop, face, bug);
  const described = [...face.routes, ...own];
  const describing = descriptionRoutes(described, token !== undefined);
  const served = await serveApp({ what: 'control API', ...options, bug }, (app, sockets, limits) => {
    takeNoticeForms(app);
    mountFace(app, face, {
      shop,
      sockets,
      readMs: limits.arrivalMs,
      at: ['/v1/*'],
      busy,
      left,
      bug,
      refuse: (error, request, reply) => void sendProblem(error, request, reply, bug),
    });
    serveOwn(app, shop, [...own, ...describing]);
  });
  return {
    ...served,
    addresses: [...described, ...describing].flatMap(pathsOf),
    close: () => closeAll([served.close, () => face.close(), () => (shop === of ? undefined : shop.close())]),
  };
}

function ownRoutes(shop: Shop, face: ApiFace, bug: (error: Error) => void): readonly OwnRoute[] {
  return [
    PICTURE_ROUTE,
    EVIDENCE_ROUTE,
    eventsRoute(face, bug),
    noticesRoute(shop),
    digitalRoute(shop),
    ...healthRoutes(shop),
  ];
}
