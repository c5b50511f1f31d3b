import { PaperjamError } from '../../base/errors.js';
import type { Undo } from '../../ports/undo.js';
import { isOfSale, type JournalRecord } from '../../terminal/journal/record.js';
import type { World } from '../../world/world.js';
import { FactsAlong, factsAround } from './facts-at.js';
import type { JournalReader } from './journal-reader.js';
import { recordView, saleView } from './views.js';

/**
 * What a listener hears. `record`: the journal has one more, and its id is the record's number; `sale`: the sale as it
 * stands behind that record, with the id `7.sale`; `screen`: what the display shows, which nobody keeps and which has no id.
 */
export interface FeedEvent {
  readonly id?: string;
  readonly event: 'record' | 'sale' | 'screen';
  readonly data: object;
}

/** So many are read from the journal at a time. */
const BATCH = 1_000;
const ID = /^(\d{1,15})(\.sale)?$/;

/**
 * The events of a terminal for one listener, from now on, or from behind the last that it has heard: each record and each
 * sale exactly once, in order, over any number of reconnections and reboots. A listener who reads slowly is not waited for
 * by the terminal: what he has not read yet stands in the journal, and is read from there.
 */
export class EventFeed {
  readonly #world: World;
  readonly #reader: JournalReader;
  readonly #send: (event: FeedEvent) => boolean;
  readonly #broken: (error: Error) => void;
  readonly #unwatch: Undo;
  /** The last record that was sent, and whether its sale is still to be. */
  #seq: number;
  #owesSale = false;
  /** What was read ahead from the journal. */
  #batch: JournalRecord[] = [];
  #along: FactsAlong | undefined;
  #takes = true;
  #closed = false;

  /** Throws `PJ_REQUEST` for an id that no event of this journal has. */
  static checkId(id: string, reader: JournalReader): void {
    readId(id, reader);
  }

  /**
   * `send` says whether more is taken at once; if not, `goOn` is to be called when it is. Throws `PJ_JOURNAL_CHANGED` when
   * the journal cannot be read; `broken`: that has come to light later, and the feed is closed. The terminal itself is not
   * troubled with it.
   */
  constructor(
    world: World,
    reader: JournalReader,
    lastId: string | undefined,
    { send, broken }: { send(event: FeedEvent): boolean; broken(error: Error): void },
  ) {
    this.#world = world;
    this.#reader = reader;
    this.#send = send;
    this.#broken = broken;
    const last = lastId === undefined ? { seq: reader.lastSeq, sale: true } : readId(lastId, reader);
    this.#seq = last.seq;
    this.#owesSale = !last.sale;
    this.#unwatch = world.watch({
      screen: (screen) => this.#put({ event: 'screen', data: screen }),
      record: (record) => this.#guarded(() => this.#live(record)),
    });
    this.#put({ event: 'screen', data: world.terminal.screen });
    try {
      this.#pump();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  goOn(): void {
    this.#takes = true;
    this.#guarded(() => this.#pump());
  }

  close(): void {
    this.#closed = true;
    this.#unwatch();
  }

  #guarded(tell: () => void): void {
    if (this.#closed) return;
    try {
      tell();
    } catch (error) {
      this.close();
      this.#broken(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** A record of this moment need not be read from the storage, unless others are to be read before it. */
  #live(record: JournalRecord): void {
    const caughtUp = this.#batch.length === 0 && record.seq === this.#seq + 1;
    if (caughtUp && this.#takes && !this.#owesSale) this.#tell(record);
    else this.#pump();
  }

  #pump(): void {
    if (this.#owesSale) {
      this.#owesSale = false;
      const [record] = this.#seq === 0 ? [] : this.#reader.after(this.#seq - 1, 1);
      if (record !== undefined) this.#tellSale(record);
    }
    while (this.#takes && !this.#closed) {
      const record = this.#next();
      if (record === undefined) return;
      this.#tell(record);
    }
  }

  #next(): JournalRecord | undefined {
    if (this.#batch.length === 0) {
      this.#batch = this.#reader.after(this.#seq, BATCH);
      if (this.#batch.length === 0) this.#along = undefined;
      else if (this.#along === undefined && this.#hasOldSales()) this.#along = new FactsAlong(this.#reader, this.#seq);
    }
    return this.#batch.shift();
  }

  /** Of a sale that the terminal does not keep at hand each look would read the whole journal. */
  #hasOldSales(): boolean {
    const atHand = new Set(this.#world.terminal.sales().map(({ saleId }) => saleId));
    return this.#batch.some((record) => isOfSale(record) && !atHand.has(record.saleId));
  }

  #tell(record: JournalRecord): void {
    this.#seq = record.seq;
    this.#put({ id: String(record.seq), event: 'record', data: recordView(record) });
    this.#tellSale(record);
  }

  #tellSale(record: JournalRecord): void {
    if (!isOfSale(record)) return;
    const facts = this.#along?.read(record) ?? factsAround(this.#world, record)?.after;
    if (facts !== undefined) this.#put({ id: `${record.seq}.sale`, event: 'sale', data: saleView(facts) });
  }

  #put(event: FeedEvent): void {
    if (!this.#closed) this.#takes = this.#send(event) && this.#takes;
  }
}

function readId(id: string, reader: JournalReader): { readonly seq: number; readonly sale: boolean } {
  const [whole, digits, sale] = ID.exec(id) ?? [];
  const refuse = (problem: string) => {
    return new PaperjamError('PJ_REQUEST', { what: `last-event-id ${JSON.stringify(id.slice(0, 80))}`, problem });
  };
  if (whole === undefined) throw refuse('no event has such an id; they look like 7 and 7.sale');
  const seq = Number(digits);
  if (seq > reader.lastSeq) throw refuse(`the journal has no such record, its last is ${reader.lastSeq}`);
  return { seq, sale: sale !== undefined };
}
