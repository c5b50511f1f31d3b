import { SaleBook, type SalePage } from '../terminal/book.js';
import type { SaleFacts } from '../terminal/facts.js';
import { type ProvedJournal, proveJournal } from '../terminal/journal/chain.js';
import { isOfSale, type JournalRecord } from '../terminal/journal/record.js';

/**
 * The journal as far as it was acknowledged: every record that was told to be durable, and those before it. From their
 * lines a process that knows nothing else could make the same sales, so this does: it asks the terminal nothing.
 */
export class JournalSeen {
  #records: JournalRecord[] = [];
  #lines: string[] = [];
  #book = new SaleBook([], () => this.#records);
  readonly #stored: () => StoredJournal | Error;

  constructor(stored: () => StoredJournal | Error) {
    this.#stored = stored;
  }

  get records(): readonly JournalRecord[] {
    return this.#records;
  }

  /** All that was acknowledged, in order. */
  bytes(): Buffer {
    if (this.#lines.length > 1) this.#lines = [this.#lines.join('')];
    return Buffer.from(this.#lines[0] ?? '');
  }

  page(saleId: string): SalePage | undefined {
    return this.#book.find(saleId);
  }

  /** The newest sales, oldest first. */
  sales(): SaleFacts[] {
    return this.#book.sales();
  }

  /**
   * Takes one that is told to be durable. A boot vouches for what it found before its own record: that may be more than
   * was told. The result are records that this one takes the place of: they were durable, and are gone.
   */
  take(record: JournalRecord): JournalRecord[] {
    const place = record.seq - 1;
    if (place > this.#records.length) {
      const stored = this.#stored();
      const known = this.#records.length;
      const found = stored instanceof StoredJournal ? stored.proved.records.slice(known, place) : [];
      for (const one of found) this.#add(one);
    }
    const gone = this.#records.slice(place);
    if (gone.length > 0) this.#forget(place);
    this.#add(record);
    return gone;
  }

  #add(record: JournalRecord): void {
    this.#records.push(record);
    this.#lines.push(lineOf(record));
    // Of a sale whose beginning was lost nothing can be said.
    if (isOfSale(record) && record.kind !== 'sale-opened' && !this.#book.has(record.saleId)) return;
    this.#book.add(record);
  }

  #forget(from: number): void {
    const kept = this.#records.slice(0, from);
    this.#records = [];
    this.#lines = [];
    this.#book = new SaleBook([], () => this.#records);
    for (const record of kept) this.#add(record);
  }
}

/** The journal as it stands in its storage. */
export class StoredJournal {
  readonly bytes: Uint8Array;
  #proved: ProvedJournal | undefined;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** As far as its chain proves it: dear, so only on demand. */
  get proved(): ProvedJournal {
    this.#proved ??= proveJournal(this.bytes, 'journal');
    return this.#proved;
  }
}

/** A record as it stands in the journal: its fields are in the order in which they were written. */
function lineOf(record: JournalRecord): string {
  return `${JSON.stringify(record)}\n`;
}
