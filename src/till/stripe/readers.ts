import type { Counter } from '../counter.js';
import type { Shelf } from '../shelf.js';
import type { Shop } from '../shop.js';
import { idFrom, readerIdOf } from './ids.js';
import { invalid, missing } from './refusal.js';
import { type Action, KINDS, type Location, type ReaderEntry } from './store.js';

/** A terminal as a reader of Stripe's. */
export interface Reader {
  readonly id: string;
  readonly counter: Counter;
  readonly entry: ReaderEntry;
}

/** A simulated reader with a screen and a printer (docs.stripe.com/terminal/payments/setup-reader). */
export const DEVICE_TYPE = 'simulated_verifone_v660p';

/** Readers and the places where they stand. There is one reader for each terminal, from the beginning. */
export class Readers {
  readonly #terminalIds: ReadonlyMap<string, string>;
  /** The place of all readers about which nothing was said. */
  readonly home: string;

  constructor(
    readonly shelf: Shelf,
    readonly shop: Shop,
  ) {
    this.#terminalIds = new Map([...shop.counters.keys()].map((terminalId) => [readerIdOf(terminalId), terminalId]));
    const { name } = shop.first.world.merchant;
    this.home = idFrom('tml', `home of ${name}`, 14);
    if (shelf.get(KINDS.location, this.home) === undefined) {
      this.putLocation({
        id: this.home,
        displayName: name,
        address: { city: null, country: 'CN', line1: null, line2: null, postal_code: null, state: null },
        metadata: {},
        deleted: false,
        createdMs: shop.clock.now(),
      });
    }
  }

  /** Throws a `StripeRefusal`: there is no such reader, or it is not registered any more. */
  get(id: string, param = 'reader'): Reader {
    const reader = this.find(id);
    if (reader === undefined) throw missing('terminal.reader', id, param);
    return reader;
  }

  find(id: string): Reader | undefined {
    const reader = this.#any(id);
    return reader === undefined || reader.entry.deleted ? undefined : reader;
  }

  of(counter: Counter): Reader {
    return this.#made(readerIdOf(counter.id), counter);
  }

  /** Those that are registered, in the order of the terminals. */
  all(): Reader[] {
    return [...this.#terminalIds.keys()].flatMap((id) => this.find(id) ?? []);
  }

  /**
   * The reader of a registration code: a terminal's number; or a `simulated-…` one as in Stripe's test mode, which stands for
   * the first terminal that nobody has registered yet, and then for the first. Throws a `StripeRefusal`.
   */
  byCode(code: string): Reader {
    const readers = [...this.#terminalIds.keys()].flatMap((id) => this.#any(id) ?? []);
    const named = readers.find(({ counter }) => counter.id === code);
    if (named !== undefined) return named;
    const free = readers.find(({ entry }) => entry.deleted || !entry.claimed) ?? readers[0];
    if (/^simulated-[a-z0-9-]+$/.test(code) && free !== undefined) return free;
    const known = [...this.shop.counters.keys()].join(', ');
    throw invalid(
      `The registration code '${code.slice(0, 60)}' is not known. Here it is the number of a terminal (${known}), or a simulated one: simulated-wpe.`,
      { param: 'registration_code' },
    );
  }

  change(id: string, change: Partial<ReaderEntry>, kept?: (error?: Error) => void): void {
    const reader = this.#any(id);
    if (reader !== undefined) this.put({ ...reader.entry, ...change }, kept);
  }

  put(entry: ReaderEntry, kept?: (error?: Error) => void): void {
    this.shelf.put(KINDS.reader, entry.id, entry, kept);
  }

  setAction(id: string, action: Action | null, kept?: (error?: Error) => void): void {
    this.change(id, { action }, kept);
  }

  locationOf({ entry }: Reader): string {
    return entry.location ?? this.home;
  }

  /** Throws a `StripeRefusal`. */
  location(id: string, param = 'location'): Location {
    const location = this.shelf.get(KINDS.location, id);
    if (location === undefined || location.deleted) throw missing('terminal.location', id, param);
    return location;
  }

  locations(): Location[] {
    return this.shelf.all(KINDS.location).filter(({ deleted }) => !deleted);
  }

  putLocation(location: Location, kept?: (error?: Error) => void): void {
    this.shelf.put(KINDS.location, location.id, location, kept);
  }

  #any(id: string): Reader | undefined {
    const counter = this.shop.counter(this.#terminalIds.get(id) ?? '');
    return counter === undefined ? undefined : this.#made(id, counter);
  }

  #made(id: string, counter: Counter): Reader {
    const entry = this.shelf.get(KINDS.reader, id) ?? {
      id,
      metadata: {},
      claimed: false,
      deleted: false,
      action: null,
    };
    return { id, counter, entry };
  }
}

/** Whether a command can reach it. */
export function isOnline({ counter }: Reader): boolean {
  return counter.power === 'on' && counter.world.terminal.failure === undefined;
}
