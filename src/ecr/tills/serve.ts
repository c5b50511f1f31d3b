import { closeAll } from '../../base/close-all.js';
import { Shelf } from '../../till/shelf.js';
import type { Shop } from '../../till/shop.js';
import type { Face } from '../../world/tills-config.js';
import { createHttpCourier } from '../hooks/courier.js';
import { openOwnApi } from './api.js';
import { openNexo } from './nexo.js';
import { type OpenedTill, type TillParts, type TillsOptions, type TillUrls, USUAL_PORTS } from './parts.js';
import { openSquare } from './square.js';
import { openStripe } from './stripe.js';

export { customOf } from './custom.js';
export type { ServedTills, TillUrls } from './parts.js';

type Opener = (parts: TillParts) => Promise<OpenedTill>;

const OPENERS: Readonly<Record<Face, Opener>> = {
  api: openOwnApi,
  nexo: openNexo,
  square: openSquare,
  stripe: openStripe,
};

/**
 * Serves the protocols that the configuration wants, with these terminals behind all of them. Throws `PJ_PORT_IN_USE` for
 * a port that was named, `PJ_LISTEN`, and `PJ_TOKEN_WANTED` when other machines would reach them and no token is set; then
 * nothing is served.
 */
export async function serveTills(shop: Shop, { ports, storage, ...options }: TillsOptions): Promise<OpenedTill> {
  const { config, bug = (error: Error) => console.error(error) } = options;
  const opened: (OpenedTill & { readonly shelf: Shelf })[] = [];
  const courier = createHttpCourier();
  const close = () =>
    closeAll(
      opened
        .splice(0)
        .reverse()
        .flatMap((one) => [one.close, () => one.shelf.close()]),
    );
  const portOf = (which: keyof TillUrls, named: number | undefined) => ({
    named,
    usual: ports === 'usual' ? USUAL_PORTS[which] : undefined,
  });
  try {
    for (const face of new Set(config.faces)) {
      const shelf = new Shelf(storage(face));
      try {
        opened.push({ ...(await OPENERS[face]({ ...options, shop, shelf, courier, bug, portOf })), shelf });
      } catch (error) {
        shelf.close();
        throw error;
      }
    }
  } catch (error) {
    await close().catch(() => {}); // What has kept it from being served counts.
    throw error;
  }
  const urls: TillUrls = Object.assign({}, ...opened.map((one) => one.urls));
  const caFile = opened.find((one) => one.caFile !== undefined)?.caFile;
  return {
    urls,
    remarks: opened.flatMap(({ remarks }) => remarks),
    close,
    ...(caFile === undefined ? {} : { caFile }),
  };
}
