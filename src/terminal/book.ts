import { PaperjamError } from '../base/errors.js';
import { applyEntry, type SaleFacts } from './facts.js';
import type { JournalRecord, SaleEntry } from './journal/record.js';

/** A sale's facts and the records they rest on. */
export interface SalePage {
  readonly facts: SaleFacts;
  readonly records: readonly JournalRecord[];
  /** The journal is damaged behind these records: what came later of the sale is not known. */
  readonly damage?: PaperjamError;
}

/** How many settled sales are kept at hand; older ones are read from the journal when asked for. */
const KEPT = 200;
/** How many of these older ones, the latest that were asked for, stay at hand beside them. */
const RECALLED = 100;

interface OpenPage {
  facts: SaleFacts;
  readonly records: JournalRecord[];
}

/** The sales as the durable journal tells them: the newest at hand, in the order in which they were opened. */
export class SaleBook {
  readonly #pages = new Map<string, OpenPage>();
  readonly #recalled = new Map<string, OpenPage>();
  /** Order numbers of the older sales, which only the journal tells of. */
  readonly #forgotten = new Set<string>();

  /**
   * Begins with what stood in the journal, and forgets only at its end, since an old sale may have records of late.
   * `read` gives the whole journal as it stands later.
   */
  constructor(
    opened: Iterable<JournalRecord>,
    private readonly read: () => Iterable<JournalRecord>,
  ) {
    for (const record of opened) this.#add(record);
    this.#trim();
  }

  /** The sale's page, unless it is an old one at which nobody has looked. */
  add(record: JournalRecord): SalePage | undefined {
    const page = this.#add(record);
    this.#trim();
    return page;
  }

  #add(record: JournalRecord): SalePage | undefined {
    if (record.kind === 'boot') return undefined;
    const page = this.#pages.get(record.saleId) ?? this.#recalled.get(record.saleId);
    if (page === undefined && this.#forgotten.has(record.saleId)) return undefined;
    const facts = applyEntry(page?.facts, record, Date.parse(record.at));
    if (page !== undefined) {
      page.facts = facts;
      page.records.push(record);
      return page;
    }
    const opened = { facts, records: [record] };
    this.#pages.set(record.saleId, opened);
    return opened;
  }

  /** Throws `PJ_UNKNOWN_SALE`. */
  page(saleId: string): SalePage {
    const page = this.find(saleId);
    if (page !== undefined) return page;
    const known = this.sales().slice(-3);
    const names = known.map((sale) => sale.saleId).join(', ') || 'none yet';
    throw new PaperjamError('PJ_UNKNOWN_SALE', { saleId, known: names });
  }

  /** The same, or `undefined` when there is no such sale. An old one is read from the journal, and stays at hand for a while. */
  find(saleId: string): SalePage | undefined {
    return this.atHand(saleId) ?? (this.#forgotten.has(saleId) ? this.#recall(saleId) : undefined);
  }

  /** Whether there is such a sale, old or new; looks nothing up. */
  has(saleId: string): boolean {
    return this.#pages.has(saleId) || this.#forgotten.has(saleId);
  }

  atHand(saleId: string): SalePage | undefined {
    return this.#pages.get(saleId) ?? this.#recalled.get(saleId);
  }

  /** The sales at hand, oldest first. */
  sales(): SaleFacts[] {
    return [...this.#pages.values()].map(({ facts }) => facts);
  }

  #recall(saleId: string): SalePage | undefined {
    const page = pageFrom(this.read(), saleId);
    if (page === undefined) return undefined;
    this.#recalled.set(saleId, page);
    const [oldest] = this.#recalled.keys();
    if (oldest !== undefined && this.#recalled.size > RECALLED) this.#recalled.delete(oldest);
    return page;
  }

  #trim(): void {
    if (this.#pages.size <= KEPT) return;
    for (const [saleId, { facts }] of this.#pages) {
      if (facts.payment === 'unknown' || facts.ticket === 'pending') continue;
      this.#pages.delete(saleId);
      this.#forgotten.add(saleId);
      if (this.#pages.size <= KEPT) return;
    }
  }
}

/** The page of one sale, from a whole journal. */
export function pageFrom(records: Iterable<JournalRecord>, saleId: string): OpenPage | undefined {
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
