import type { Timer } from '../../ports/clock.js';
import type { Shelf } from '../shelf.js';
import type { Shop } from '../shop.js';
import type { Bulletin } from './bulletin.js';
import { LOCATION_ID } from './identity.js';
import { newId } from './ids.js';
import { DEVICE_CODES, type DeviceCode, timestamp } from './records.js';

/** A code can be keyed in for so long. */
const LIFE_MS = 5 * 60_000;
/** Here somebody stands at the terminals and keys it in. */
const KEYED_IN_AFTER_MS = 1_000;

/** The codes by which terminals and tills are made known to each other. */
export class DeviceCodes {
  readonly #shop: Shop;
  readonly #shelf: Shelf;
  readonly #bulletin: Bulletin;
  readonly #codes: Map<string, DeviceCode>;
  readonly #timers = new Map<string, Timer>();

  constructor(shop: Shop, shelf: Shelf, bulletin: Bulletin) {
    this.#shop = shop;
    this.#shelf = shelf;
    this.#bulletin = bulletin;
    this.#codes = new Map(shelf.entries(DEVICE_CODES));
    for (const [id, code] of this.#codes) this.#await(id, code);
  }

  get(id: string): DeviceCode | undefined {
    return this.#codes.get(id);
  }

  all(): [id: string, code: DeviceCode][] {
    return [...this.#codes];
  }

  withKey(key: string): string | undefined {
    return this.all().find(([, code]) => code.key === key)?.[0];
  }

  /** The latest code that was keyed in at a terminal. */
  of(terminalId: string): string | undefined {
    return this.all().findLast(([, { paired }]) => paired?.terminalId === terminalId)?.[0];
  }

  create(asked: Pick<DeviceCode, 'key' | 'of' | 'name'>, kept: (id: string, error?: Error) => void): void {
    const { random, clock } = this.#shop;
    let id = newId(random, 13);
    while (this.#codes.has(id)) id = newId(random, 13);
    const code = { ...asked, code: newId(random, 6).toUpperCase(), createdAtMs: clock.now() };
    this.#codes.set(id, code);
    this.#shelf.put(DEVICE_CODES, id, code, (error) => {
      if (error === undefined) this.#await(id, code);
      else this.#codes.delete(id);
      kept(id, error);
    });
  }

  view(id: string, { name, code, createdAtMs, paired }: DeviceCode): Readonly<Record<string, unknown>> {
    return {
      id,
      ...(name === undefined ? {} : { name }),
      code,
      ...(paired === undefined ? {} : { device_id: paired.terminalId, paired_at: timestamp(paired.atMs) }),
      product_type: 'TERMINAL_API',
      location_id: LOCATION_ID,
      status: this.statusOf({ createdAtMs, paired }),
      created_at: timestamp(createdAtMs),
      status_changed_at: timestamp(paired?.atMs ?? createdAtMs),
      pair_by: timestamp(createdAtMs + LIFE_MS),
    };
  }

  statusOf({ createdAtMs, paired }: Pick<DeviceCode, 'createdAtMs' | 'paired'>): 'UNPAIRED' | 'PAIRED' | 'EXPIRED' {
    if (paired !== undefined) return 'PAIRED';
    return this.#shop.clock.now() > createdAtMs + LIFE_MS ? 'EXPIRED' : 'UNPAIRED';
  }

  close(): void {
    for (const timer of this.#timers.values()) this.#shop.clock.clearTimeout(timer);
    this.#timers.clear();
  }

  #await(id: string, code: DeviceCode): void {
    if (this.statusOf(code) !== 'UNPAIRED') return;
    const keyIn = () => {
      this.#timers.delete(id);
      this.#pair(id, code);
    };
    this.#timers.set(id, this.#shop.clock.setTimeout(keyIn, KEYED_IN_AFTER_MS));
  }

  /** At the terminal that has none yet, in their order, or at the first. */
  #pair(id: string, code: DeviceCode): void {
    const { counters, first, clock } = this.#shop;
    const counter = [...counters.values()].find((one) => this.of(one.id) === undefined) ?? first;
    const paired = { ...code, paired: { terminalId: counter.id, atMs: clock.now() } };
    this.#codes.set(id, paired);
    this.#shelf.put(DEVICE_CODES, id, paired, (error) => {
      if (error !== undefined) return;
      this.#bulletin.publish('device.code.paired', 'code', id, { device_code: this.view(id, paired) });
    });
  }
}
