import { PaperjamError } from '../base/errors.js';
import { applyEntry, isFinal, type SaleFacts } from './facts.js';
import {
  type BootRecord,
  isOfSale,
  type JournalRecord,
  type SaleEntry,
  type SelfTestRecord,
  type TillRef,
} from './journal/record.js';

/** A record about one sale. */
export type SaleRecord = JournalRecord & SaleEntry;

/** A sale's facts and the records they rest on. */
export interface SalePage {
  readonly facts: SaleFacts;
  readonly records: readonly SaleRecord[];
  /** The boots in which the sale was worked on, and those that found it open. */
  readonly boots: readonly BootRecord[];
  /** What was seen of the latest test page that was looked at, if any ever was. */
  readonly selfTest: SelfTestRecord | undefined;
  /** The journal is damaged behind these records: what came later of the sale is not known. */
  readonly damage?: PaperjamError;
}

/** How many settled sales are kept at hand; older ones are read from the journal when asked for. */
const KEPT = 200;
/** How many of these older ones, the latest that were asked for, stay at hand beside them. */
const RECALLED = 100;

interface OpenPage {
  facts: SaleFacts;
  readonly records: SaleRecord[];
  readonly boots: BootRecord[];
  selfTest: SelfTestRecord | undefined;
}

/** What a journal says that is about no sale, and bears on them all. */
class Surroundings {
  boot: BootRecord | undefined;
  selfTest: SelfTestRecord | undefined;

  note(record: JournalRecord): void {
    if (record.kind === 'boot') this.boot = record;
    if (record.kind === 'self-test' && record.phase === 'seen') this.selfTest = record;
  }
}

/** Adds a record to a page; without one the record is the sale's first. */
function extend(page: OpenPage | undefined, record: SaleRecord, boot: BootRecord | undefined): OpenPage {
  const facts = applyEntry(page?.facts, record, Date.parse(record.at));
  const open = page ?? { facts, records: [], boots: [], selfTest: undefined };
  open.facts = facts;
  open.records.push(record);
  if (boot !== undefined && !open.boots.includes(boot)) open.boots.push(boot);
  return open;
}

/** The sales as the durable journal tells them: the newest at hand, in the order in which they were opened. */
export class SaleBook {
  readonly #pages = new Map<string, OpenPage>();
  readonly #recalled = new Map<string, OpenPage>();
  /** Order numbers of the older sales, which only the journal tells of. */
  readonly #forgotten = new Set<string>();
  /** Of all sales that a till asked for, however old. */
  readonly #ofTills = new Map<string, string>();
  readonly #around = new Surroundings();

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

  #add(record: JournalRecord): OpenPage | undefined {
    this.#around.note(record);
    if (record.kind === 'boot') {
      for (const { saleId } of record.found) this.atHand(saleId)?.boots.push(record);
    }
    if (!isOfSale(record)) return undefined;
    if (record.kind === 'sale-opened' && record.till !== undefined) this.expect(record.till, record.saleId);
    if (record.kind === 'cancel-intent' && this.#forgotten.has(record.saleId)) return this.#reopen(record);
    const known = this.atHand(record.saleId);
    if (known === undefined && this.#forgotten.has(record.saleId)) return undefined;
    const page = extend(known, record, this.#around.boot);
    if (known === undefined) this.#pages.set(record.saleId, page);
    return page;
  }

  /** An old sale whose money is to go back is open again: it stays at hand until that is settled. */
  #reopen(record: SaleRecord): OpenPage | undefined {
    const { saleId } = record;
    const recalled = this.#recalled.get(saleId);
    const page = recalled === undefined ? pageFrom(this.read(), saleId) : extend(recalled, record, this.#around.boot);
    if (page === undefined) return undefined;
    this.#recalled.delete(saleId);
    this.#forgotten.delete(saleId);
    this.#pages.set(saleId, page);
    return page;
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

  atHand(saleId: string): OpenPage | undefined {
    const page = this.#pages.get(saleId) ?? this.#recalled.get(saleId);
    if (page !== undefined) page.selfTest = this.#around.selfTest;
    return page;
  }

  /** A till's key belongs to this sale from here on, though its record may not be durable yet. */
  expect(till: TillRef, saleId: string): void {
    this.#ofTills.set(tillKey(till), saleId);
  }

  /** The sale that a till knows by this key, old or new. */
  ofTill(till: Pick<TillRef, 'face' | 'key'>): string | undefined {
    return this.#ofTills.get(tillKey(till));
  }

  /** The sales at hand, oldest first. */
  sales(): SaleFacts[] {
    const first = ({ records }: OpenPage) => records[0]?.seq ?? 0;
    return [...this.#pages.values()].sort((a, b) => first(a) - first(b)).map(({ facts }) => facts);
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
      if (!isFinal(facts) || facts.ticket === 'pending') continue;
      this.#pages.delete(saleId);
      this.#forgotten.add(saleId);
      if (this.#pages.size <= KEPT) return;
    }
  }
}

function tillKey({ face, key }: Pick<TillRef, 'face' | 'key'>): string {
  return JSON.stringify([face, key]);
}

/** The page of one sale, from a whole journal. */
export function pageFrom(records: Iterable<JournalRecord>, saleId: string): OpenPage | undefined {
  const around = new Surroundings();
  let page: OpenPage | undefined;
  for (const record of records) {
    around.note(record);
    if (record.kind === 'boot') {
      if (record.found.some((found) => found.saleId === saleId)) page?.boots.push(record);
    } else if (isOfSale(record) && record.saleId === saleId) {
      page = extend(page, record, around.boot);
    }
  }
  if (page !== undefined) page.selfTest = around.selfTest;
  return page;
}
