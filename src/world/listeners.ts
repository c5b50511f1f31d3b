import type { JournalRecord } from '../terminal/journal/record.js';
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

  /** A later boot has found these records: some were durable when the power went, before anybody had heard of them. */
  catchUp(opened: readonly JournalRecord[]): void {
    for (const record of opened) if (record.seq > this.#heardSeq) this.record(record);
  }
}
