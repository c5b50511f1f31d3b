import { applyEntry, type SaleFacts } from './facts.js';
import type { JournalRecord, SaleEntry } from './journal/record.js';

/** A sale's facts and the records they rest on. */
export interface SalePage {
  readonly facts: SaleFacts;
  readonly records: readonly JournalRecord[];
}

/** How many settled sales are kept at hand; older ones are read from the journal when asked for. */
const KEPT = 2_000;

/** The sales as the durable journal tells them: the newest at hand, in the order in which they were opened. */
export class SaleBook {
  readonly #pages = new Map<string, { facts: SaleFacts; records: JournalRecord[] }>();
  #forgotten = 0;

  add(record: JournalRecord): SalePage | undefined {
    if (record.kind === 'boot') return undefined;
    const page = this.#pages.get(record.saleId);
    const facts = applyEntry(page?.facts, record, Date.parse(record.at));
    if (page !== undefined) {
      page.facts = facts;
      page.records.push(record);
      return page;
    }
    const opened = { facts, records: [record] };
    this.#pages.set(record.saleId, opened);
    if (this.#pages.size > KEPT) this.#forgetOldest();
    return opened;
  }

  page(saleId: string): SalePage | undefined {
    return this.#pages.get(saleId);
  }

  /** The sales at hand, oldest first. */
  sales(): SaleFacts[] {
    return [...this.#pages.values()].map(({ facts }) => facts);
  }

  /** How many older sales only the journal has. */
  get forgotten(): number {
    return this.#forgotten;
  }

  #forgetOldest(): void {
    for (const [saleId, { facts }] of this.#pages) {
      if (facts.payment === 'unknown' || facts.ticket === 'pending') continue;
      this.#pages.delete(saleId);
      this.#forgotten++;
      return;
    }
  }
}

/** The page of one sale, from a whole journal. */
export function pageFrom(records: Iterable<JournalRecord>, saleId: string): SalePage | undefined {
  let facts: SaleFacts | undefined;
  const own: JournalRecord[] = [];
  for (const record of records) {
    if (record.kind === 'boot' || record.saleId !== saleId) continue;
    const entry: SaleEntry = record;
    facts = applyEntry(facts, entry, Date.parse(record.at));
    own.push(record);
  }
  return facts === undefined ? undefined : { facts, records: own };
}
