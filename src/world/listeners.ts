import type { SalePage } from '../terminal/book.js';
import { isOfSale, type JournalRecord } from '../terminal/journal/record.js';
import type { WorldWatcher } from './leaving.js';

/** Those who hear a terminal over all its boots. */
export class Listeners {
  readonly #watchers = new Set<WorldWatcher>();
  #heardSeq: number;

  /** `opened`: the records that the first boot found, which nobody is told any more. */
  constructor(opened: readonly JournalRecord[]) {
    this.#heardSeq = opened.at(-1)?.seq ?? 0;
  }

  add(watcher: WorldWatcher): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  tell(each: (watcher: WorldWatcher) => void): void {
    for (const watcher of this.#watchers) each(watcher);
  }

  record(record: JournalRecord): void {
    this.#heardSeq = record.seq;
    this.tell((watcher) => watcher.record?.(record));
  }

  /** A later boot has found records that were durable when the power went, before anybody had heard of them. */
  catchUp({ opened, find }: { readonly opened: readonly JournalRecord[]; find(saleId: string): SalePage | undefined }) {
    const unheard = opened.filter(({ seq }) => seq > this.#heardSeq);
    for (const record of unheard) this.record(record);
    // Facts are as all of the records together have made them.
    for (const saleId of new Set(unheard.flatMap((record) => (isOfSale(record) ? [record.saleId] : [])))) {
      const facts = find(saleId)?.facts;
      if (facts !== undefined) this.tell((watcher) => watcher.sale?.(facts));
    }
  }
}
