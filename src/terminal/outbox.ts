import type { Effect } from './effects.js';
import type { Journal } from './journal/journal.js';
import type { JournalRecord } from './journal/record.js';

/**
 * Carries effects out in the order in which they were emitted. A journal entry holds back everything behind it until it
 * is durable; entries that stand next to each other share one sync. This is where write-before-act is kept, once for all.
 *
 * When the journal cannot be written, `failed` is told, and from then on nothing is carried out but what the display shows.
 */
export class Outbox {
  readonly #journal: Journal;
  readonly #act: (effect: Exclude<Effect, { type: 'journal' }>) => void;
  readonly #durable: (record: JournalRecord) => void;
  readonly #failed: (error: Error) => void;
  #waiting: Effect[] = [];
  #syncing = false;
  #draining = false;
  #closed = false;
  #broken = false;

  constructor(
    journal: Journal,
    on: {
      act(effect: Exclude<Effect, { type: 'journal' }>): void;
      durable(record: JournalRecord): void;
      failed(error: Error): void;
    },
  ) {
    this.#journal = journal;
    this.#act = on.act;
    this.#durable = on.durable;
    this.#failed = on.failed;
  }

  /** Everything that was put is durable and carried out, or will never be. */
  get isEmpty(): boolean {
    return this.#closed || this.#broken || (!this.#syncing && this.#waiting.length === 0);
  }

  put(effect: Effect): void {
    if (this.#closed || (this.#broken && effect.type !== 'show')) return;
    this.#waiting.push(effect);
    this.#drain();
  }

  /** Forgets what is waiting, as a power cut does. */
  close(): void {
    this.#closed = true;
    this.#waiting = [];
  }

  #drain(): void {
    if (this.#draining) return; // An effect that is being carried out has put another one: the loop below takes it.
    this.#draining = true;
    try {
      while (!this.#syncing && !this.#closed) {
        const effect = this.#waiting.shift();
        if (effect === undefined) break;
        if (effect.type === 'journal') this.#write(effect);
        else this.#act(effect);
      }
    } finally {
      this.#draining = false;
    }
  }

  #write(first: Extract<Effect, { type: 'journal' }>): void {
    const records = [this.#journal.append(first.entry)];
    for (let next = this.#waiting[0]; next?.type === 'journal'; next = this.#waiting[0]) {
      records.push(this.#journal.append(next.entry));
      this.#waiting.shift();
    }
    this.#syncing = true;
    this.#journal.sync((error) => {
      if (this.#closed) return;
      this.#syncing = false;
      if (error !== undefined) {
        this.#broken = true;
        this.#waiting = [];
        this.#failed(error);
        return;
      }
      for (const record of records) this.#durable(record);
      this.#drain();
    });
  }
}
