import { PaperjamError } from '../../base/errors.js';
import type { Clock } from '../../ports/clock.js';
import type { Storage } from '../../ports/storage.js';
import { GENESIS, type ProvedJournal, proveJournal, readJournal, seal } from './chain.js';
import type { Mend } from './mend.js';
import type { JournalEntry, JournalRecord } from './record.js';

/**
 * The terminal's append-only memory: a chain of records in a `Storage`.
 *
 * Opening it reads and checks all of it, and cuts off a torn tail. An appended record counts only once `sync` has called
 * back without an error.
 *
 * A journal that is damaged is evidence, and nothing is built on it. `refuse`: opening throws (`PJ_JOURNAL_CHANGED`).
 * `read`: what the chain proves can be read, nothing is changed, and nothing can be added.
 */
export class Journal {
  /** What stood in the journal when it was opened. */
  readonly opened: readonly JournalRecord[];
  readonly torn: string | undefined;
  /** Rotten bits of before, which the chain has put right. */
  readonly mended: readonly Mend[];
  /** Why it can only be read. */
  readonly damage: PaperjamError | undefined;
  readonly #storage: Storage;
  readonly #clock: Clock;
  #seq: number;
  #prev: string;

  constructor(storage: Storage, clock: Clock, damaged: 'refuse' | 'read' = 'refuse') {
    this.#storage = storage;
    this.#clock = clock;
    const { records, goodBytes, torn, unended, mended, damage } = prove(storage);
    if (damage !== undefined && damaged === 'refuse') throw damage;
    if (torn !== undefined) storage.truncate(goodBytes);
    if (unended && damage === undefined) storage.append(Buffer.from('\n')); // Durable with the boot's own record, before anything is done.
    this.opened = records;
    this.torn = torn;
    this.mended = mended;
    this.damage = damage;
    this.#seq = records.length;
    this.#prev = records.at(-1)?.hash ?? GENESIS;
  }

  /** Adds a record; it may be lost until the next `sync` has called back. */
  append(entry: JournalEntry): JournalRecord {
    if (this.damage !== undefined) throw this.damage;
    const { record, line } = seal(entry, this.#seq + 1, this.#clock.now(), this.#prev);
    this.#storage.append(Buffer.from(line));
    this.#seq = record.seq;
    this.#prev = record.hash;
    return record;
  }

  sync(done: (error?: Error) => void): void {
    this.#storage.sync(done);
  }

  /** The whole journal as it stands in storage, checked again; of a damaged one, what was proved when it was opened. */
  read(): readonly JournalRecord[] {
    if (this.damage !== undefined) return this.opened;
    return readJournal(this.#storage.read(), this.#storage.address).records;
  }
}

/** A storage that cannot even be read proves nothing. */
function prove(storage: Storage): ProvedJournal {
  try {
    return proveJournal(storage.read(), storage.address);
  } catch (error) {
    if (!(error instanceof PaperjamError)) throw error;
    return { records: [], goodBytes: 0, torn: undefined, unended: false, mended: [], damage: error };
  }
}
