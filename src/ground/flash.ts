import { PaperjamError } from '../base/errors.js';
import type { Clock } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
import type { RottingStorage } from '../ports/storage.js';

export interface FlashOptions {
  /** For people. Default `flash`. */
  readonly address?: string;
  /** How long a sync takes. Default 0: the next event. */
  readonly syncMs?: number;
  /** Bytes that fit. Default: no limit. */
  readonly capacityBytes?: number;
  /** What is on it, synced, in the beginning. Default: nothing. */
  readonly content?: Uint8Array;
}

/**
 * What a power cut leaves of the unsynced bytes. A source of chance: a random number of them. Torn: all but the end of what
 * was appended last, of which something is there, and never all; by chance.
 */
export type KeptByCut = 'nothing' | 'all' | Random | { readonly torn: Random };

const FIRST_BYTES = 1_024;

/**
 * The flash memory of a simulated terminal.
 *
 * Fault model: a power cut (`cut`) keeps every synced byte and any prefix of the others. A sync may be slow, may fail
 * (`failSyncs`, `PJ_STORAGE_FAILED`) or find no room (`PJ_STORAGE_FULL`: the append that did not fit is not stored, not
 * even in part). After a failure nothing more is stored and every sync fails, so that nothing is built upon a hole, until
 * `truncate` says anew where the content ends, or until it is opened anew. A bit can rot anywhere, at any time.
 */
export class Flash implements RottingStorage {
  readonly address: string;
  readonly #clock: Clock;
  readonly #options: FlashOptions;
  #content: Uint8Array;
  #length: number;
  #syncedLength: number;
  /** Where that begins which was appended last. */
  #lastAppendAt = 0;
  #failure: PaperjamError | undefined;
  #failingSyncs = 0;
  /** Off: cut or closed. This object stays so; what it stored is reached through `reopen`. */
  #off = false;
  /** Who asked before the sync under way began, and who is waiting for the next one. */
  #served: ((error?: Error) => void)[] = [];
  #waiting: ((error?: Error) => void)[] = [];
  #syncing = false;
  /** What the sync under way covers, and the failure it began with. */
  #syncLength = 0;
  #syncFailure: PaperjamError | undefined;
  readonly #synced = () => this.#endSync();

  constructor(clock: Clock, options: FlashOptions = {}) {
    this.address = options.address ?? 'flash';
    this.#clock = clock;
    this.#options = options;
    const content = options.content ?? new Uint8Array(0);
    this.#content = new Uint8Array(Math.max(content.length, FIRST_BYTES));
    this.#content.set(content);
    this.#length = content.length;
    this.#syncedLength = content.length;
  }

  get length(): number {
    return this.#length;
  }

  get syncedLength(): number {
    return this.#syncedLength;
  }

  read(): Uint8Array {
    return this.#content.slice(0, this.#length);
  }

  append(bytes: Uint8Array): void {
    if (this.#off || this.#failure !== undefined) return;
    const length = this.#length + bytes.length;
    if (length > (this.#options.capacityBytes ?? Number.POSITIVE_INFINITY)) {
      this.#failure = new PaperjamError('PJ_STORAGE_FULL', { path: this.address, bytes: bytes.length });
      return;
    }
    if (length > this.#content.length) this.#grow(length);
    this.#content.set(bytes, this.#length);
    this.#lastAppendAt = this.#length;
    this.#length = length;
  }

  sync(done: (error?: Error) => void): void {
    if (this.#off) return;
    this.#waiting.push(done);
    if (!this.#syncing) this.#startSync();
  }

  truncate(length: number): void {
    if (this.#off) return;
    this.#length = Math.min(this.#length, length);
    this.#syncedLength = this.#length;
    this.#failure = undefined;
  }

  replace(content: Iterable<Uint8Array>): void {
    if (this.#off) return;
    const bytes = Buffer.concat([...content]);
    if (bytes.length > (this.#options.capacityBytes ?? Number.POSITIVE_INFINITY))
      throw new PaperjamError('PJ_STORAGE_FULL', { path: this.address, bytes: bytes.length });
    this.#content = new Uint8Array(Math.max(bytes.length, FIRST_BYTES));
    this.#content.set(bytes);
    this.#length = bytes.length;
    this.#syncedLength = bytes.length;
    this.#failure = undefined;
  }

  close(): void {
    this.#off = true;
  }

  /**
   * The power goes. Nothing that was asked of this object is answered any more, and it stores nothing: the terminal that
   * held it is dead. Returns how many unsynced bytes were lost.
   */
  cut(kept: KeptByCut): number {
    if (this.#off) return 0;
    this.#off = true;
    const unsynced = this.#length - this.#syncedLength;
    const survives = this.#surviving(kept, unsynced);
    this.#length = this.#syncedLength + survives;
    this.#syncedLength = this.#length;
    return unsynced - survives;
  }

  #surviving(kept: KeptByCut, unsynced: number): number {
    if (kept === 'nothing' || unsynced === 0) return 0;
    if (kept === 'all') return unsynced;
    if (!('torn' in kept)) return kept.int(0, unsynced);
    const before = Math.max(this.#lastAppendAt - this.#syncedLength, 0);
    return kept.torn.int(Math.min(before + 1, unsynced - 1), unsynced - 1);
  }

  /** The same flash for the terminal that boots next. The object that it is called on stays off. */
  reopen(): Flash {
    this.#off = true;
    const next = new Flash(this.#clock, { ...this.#options, content: new Uint8Array(0) });
    next.#content = this.#content;
    next.#length = this.#length;
    next.#syncedLength = this.#length;
    next.#failingSyncs = this.#failingSyncs;
    return next;
  }

  /** Flips one bit (0: the lowest). `false` if there is no such byte. */
  rot(offset: number, bit: number): boolean {
    const byte = this.#content[offset];
    if (offset >= this.#length || byte === undefined) return false;
    this.#content[offset] = byte ^ (1 << (bit & 7));
    return true;
  }

  /** The next `count` syncs fail; 0 ends it. */
  failSyncs(count: number): void {
    this.#failingSyncs = count;
  }

  #startSync(): void {
    this.#syncing = true;
    [this.#served, this.#waiting] = [this.#waiting, this.#served];
    this.#syncLength = this.#length;
    this.#syncFailure = this.#failure;
    this.#clock.setTimeout(this.#synced, this.#options.syncMs ?? 0);
  }

  #endSync(): void {
    if (this.#off) return;
    if (this.#failingSyncs > 0) {
      this.#failingSyncs--;
      const data = { path: this.address, action: 'written', problem: 'the flash reports a write error' };
      this.#failure ??= new PaperjamError('PJ_STORAGE_FAILED', data);
      this.#syncFailure ??= this.#failure;
    }
    const failure = this.#syncFailure;
    if (failure === undefined)
      this.#syncedLength = Math.max(this.#syncedLength, Math.min(this.#syncLength, this.#length));
    for (const done of this.#served) {
      if (this.#off) return; // One of them cut the power.
      done(failure);
    }
    this.#served.length = 0;
    this.#syncing = false;
    if (this.#waiting.length > 0) this.#startSync();
  }

  #grow(length: number): void {
    const larger = new Uint8Array(Math.max(length, 2 * this.#content.length));
    larger.set(this.#content.subarray(0, this.#length));
    this.#content = larger;
  }
}
