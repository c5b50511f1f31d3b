import type { Storage } from '../../ports/storage.js';
import type { Courier } from '../../till/courier.js';
import type { Shelf } from '../../till/shelf.js';
import type { Shop } from '../../till/shop.js';
import type { TillsConfig } from '../../world/tills-config.js';
import type { MountOptions } from '../face/mount.js';
import type { WantedPort } from './ports.js';

/** Where each protocol is to be found. */
export interface TillUrls {
  /** The own API, which is also there for whoever controls the terminals. */
  readonly api?: string;
  /** The terminal's own HTTPS, for Adyen's library. */
  readonly nexo?: string;
  /** Adyen's cloud: `/sync` and `/async`. */
  readonly nexoCloud?: string;
  readonly square?: string;
  readonly stripe?: string;
}

export const USUAL_PORTS: Readonly<Record<keyof TillUrls, number>> = {
  api: 7_717,
  nexoCloud: 7_718,
  square: 7_719,
  stripe: 7_720,
  nexo: 8_443,
};

export interface TillsOptions extends Pick<MountOptions, 'busy' | 'left'> {
  readonly config: TillsConfig;
  /** `usual`: where no port is named, the usual one is tried first. `free`: any free one does. */
  readonly ports: 'usual' | 'free';
  /** Where what is no terminal's keeps its own, by its name. */
  storage(name: string): Storage;
  /** Where certificates are kept. */
  folder(): Promise<string>;
  /** Told of errors that are bugs, of which the till learns nothing. Default: standard error. */
  readonly bug?: ((error: Error) => void) | undefined;
}

/** What the opener of a protocol works with. */
export interface TillParts extends Omit<TillsOptions, 'ports' | 'storage'> {
  readonly shop: Shop;
  readonly shelf: Shelf;
  readonly courier: Courier;
  readonly bug: (error: Error) => void;
  portOf(which: keyof TillUrls, named: number | undefined): WantedPort;
}

/** A protocol that is served. */
export interface OpenedTill {
  readonly urls: TillUrls;
  /** In PEM, a file: the authority that signed the certificate it shows. */
  readonly caFile?: string;
  readonly remarks: readonly string[];
  close(): Promise<void>;
}

export type ServedTills = OpenedTill;
