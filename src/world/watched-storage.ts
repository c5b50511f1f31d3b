import { PaperjamError } from '../base/errors.js';
import type { Moment } from '../ports/faults.js';
import type { RottingStorage, Storage } from '../ports/storage.js';

/** Where it tells of a record. */
export interface JournalMoments {
  readonly awaited: boolean;
  tell(moment: Moment): void;
}

/** The disk under a terminal's storage, which outlives each boot. */
export interface Disk {
  full: boolean;
}

/**
 * The journal's storage as one boot of a terminal sees it: tells of each record that is handed to it, and of each that
 * has become durable; and on a full disk it stores nothing more.
 *
 * Whoever is told may cut the power: then the terminal of this boot is answered nothing any more.
 */
export class WatchedStorage implements Storage {
  readonly #storage: RottingStorage;
  readonly #disk: Disk;
  readonly #moments: JournalMoments;
  #failure: PaperjamError | undefined;
  /** The records that are not known to be durable, oldest first. */
  #waiting: Uint8Array[] = [];
  #over = false;

  constructor(storage: RottingStorage, disk: Disk, moments: JournalMoments) {
    this.#storage = storage;
    this.#disk = disk;
    this.#moments = moments;
  }

  get address(): string {
    return this.#storage.address;
  }

  read(): Uint8Array {
    return this.#storage.read();
  }

  append(bytes: Uint8Array): void {
    if (this.#over || this.#failure !== undefined) return;
    if (this.#disk.full) {
      this.#failure = new PaperjamError('PJ_STORAGE_FULL', { path: this.address, bytes: bytes.length });
      return;
    }
    this.#storage.append(bytes);
    this.#waiting.push(bytes);
    this.#tell(bytes, 'append');
  }

  sync(done: (error?: Error) => void): void {
    if (this.#over) return;
    const failure = this.#failure;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#storage.sync((error) => {
      for (const bytes of error === undefined ? waiting : []) this.#tell(bytes, 'synced');
      if (!this.#over) done(error ?? failure);
    });
  }

  truncate(length: number): void {
    if (this.#over) return;
    this.#storage.truncate(length);
    this.#failure = undefined;
  }

  /** The boot is over: its terminal is answered nothing any more. The storage itself stays as it is. */
  leave(): void {
    this.#over = true;
  }

  close(): void {
    this.#over = true;
    this.#storage.close();
  }

  #tell(bytes: Uint8Array, at: 'append' | 'synced'): void {
    if (this.#over || !this.#moments.awaited) return;
    const kind = kindOf(bytes);
    if (kind !== undefined) this.#moments.tell({ journal: kind, at });
  }
}

/** The kind stands near the beginning of each line. */
function kindOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 160)).toString('latin1');
  return /"kind":"([a-z-]+)"/.exec(head)?.[1];
}
