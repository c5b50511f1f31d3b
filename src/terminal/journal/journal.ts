import type { Clock } from '../../ports/clock.js';
import type { Storage } from '../../ports/storage.js';
import { GENESIS, readJournal, seal } from './chain.js';
import type { JournalEntry, JournalRecord } from './record.js';

/**
 * The terminal's append-only memory: a chain of records in a `Storage`.
 *
 * Opening it reads and checks all of it (`PJ_JOURNAL_CHANGED`), and cuts off a torn tail. An appended record counts only
 * once `sync` has called back without an error.
 */
export class Journal {
  /** What stood in the journal when it was opened. */
  readonly opened: readonly JournalRecord[];
  readonly torn: string | undefined;
  readonly #storage: Storage;
  readonly #clock: Clock;
  #seq: number;
  #prev: string;

  constructor(storage: Storage, clock: Clock) {
    this.#storage = storage;
    this.#clock = clock;
    const { records, goodBytes, torn, unended } = readJournal(storage.read(), storage.address);
    if (torn !== undefined) storage.truncate(goodBytes);
    if (unended) storage.append(Buffer.from('\n')); // Durable with the boot's own record, before anything is done.
    this.opened = records;
    this.torn = torn;
    this.#seq = records.length;
    this.#prev = records.at(-1)?.hash ?? GENESIS;
  }

  /** Adds a record; it may be lost until the next `sync` has called back. */
  append(entry: JournalEntry): JournalRecord {
    const { record, line } = seal(entry, this.#seq + 1, this.#clock.now(), this.#prev);
    this.#storage.append(Buffer.from(line));
    this.#seq = record.seq;
    this.#prev = record.hash;
    return record;
  }

  sync(done: (error?: Error) => void): void {
    this.#storage.sync(done);
  }

  /** The whole journal as it stands in storage, checked again. */
  read(): readonly JournalRecord[] {
    return readJournal(this.#storage.read(), this.#storage.address).records;
  }
}
