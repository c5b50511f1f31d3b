import type { Undo } from '../../ports/undo.js';
import { applyEntry, type SaleFacts } from '../../terminal/facts.js';
import { readJournal } from '../../terminal/journal/chain.js';
import { isOfSale, type JournalRecord } from '../../terminal/journal/record.js';
import { isSealed } from '../../terminal/journal/seal.js';
import type { World } from '../../world/world.js';

const NEWLINE = 0x0a;

/**
 * A terminal's journal as others read it: over all boots, as far as it is durable, and never further. Nothing of it is kept
 * at hand but the order numbers in the order of their sales; the rest is read from the storage when somebody asks.
 */
export class JournalReader {
  readonly #world: World;
  readonly #unwatch: Undo;
  #lastSeq: number;
  readonly #saleIds: string[] = [];
  readonly #places = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
    const { opened } = world.terminal;
    this.#lastSeq = opened.at(-1)?.seq ?? 0;
    for (const record of opened) this.#note(record);
    this.#unwatch = world.watch({
      record: (record) => {
        this.#lastSeq = record.seq;
        this.#note(record);
      },
    });
  }

  /** The sequence number of the last durable record. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** In the order in which the sales were opened. */
  get saleIds(): readonly string[] {
    return this.#saleIds;
  }

  /** Which in that order; `undefined` for none of this terminal. */
  placeOf(saleId: string): number | undefined {
    return this.#places.get(saleId);
  }

  close(): void {
    this.#unwatch();
  }

  /**
   * Up to so many records behind this one that are `wanted`, oldest first. Throws `PJ_JOURNAL_CHANGED` if the journal was
   * changed meanwhile.
   */
  after(seq: number, limit: number, wanted: (record: JournalRecord) => boolean = () => true): JournalRecord[] {
    const found: JournalRecord[] = [];
    for (const record of this.#records(seq)) {
      if (wanted(record)) found.push(record);
      if (found.length === limit) break;
    }
    return found;
  }

  /** The facts of these sales, in their order; `undefined` for one that the journal does not have. */
  facts(saleIds: readonly string[]): (SaleFacts | undefined)[] {
    const { terminal } = this.#world;
    const facts = new Map(terminal.sales().map((one) => [one.saleId, one]));
    const old = new Set(saleIds.filter((saleId) => !facts.has(saleId)));
    if (old.size > 0) {
      for (const record of this.#records(0)) {
        if (isOfSale(record) && old.has(record.saleId)) {
          facts.set(record.saleId, applyEntry(facts.get(record.saleId), record, Date.parse(record.at)));
        }
      }
    }
    return saleIds.map((saleId) => facts.get(saleId));
  }

  /** The durable records behind this one. */
  *#records(after: number): Generator<JournalRecord> {
    const content = this.#world.readJournal();
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    let start = 0;
    for (let seq = 1; seq <= this.#lastSeq; seq++) {
      const newline = bytes.indexOf(NEWLINE, start);
      if (newline < 0) return;
      const line = bytes.subarray(start, newline);
      start = newline + 1;
      if (seq <= after) continue;
      const record = isSealed(line) ? (JSON.parse(line.toString('utf8')) as JournalRecord) : undefined; // `seal` wrote it.
      if (record?.seq !== seq) return yield* this.#mended(seq - 1);
      yield record;
    }
  }

  /** A bit has rotted somewhere: the chain says what stood there, or that it cannot be said. */
  *#mended(after: number): Generator<JournalRecord> {
    for (const record of readJournal(this.#world.readJournal(), `of ${this.#world.merchant.terminalId}`).records) {
      if (record.seq > after && record.seq <= this.#lastSeq) yield record;
    }
  }

  #note(record: JournalRecord): void {
    if (record.kind !== 'sale-opened') return;
    this.#places.set(record.saleId, this.#saleIds.push(record.saleId) - 1);
  }
}
