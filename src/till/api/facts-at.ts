import { applyEntry, type SaleFacts } from '../../terminal/facts.js';
import { isOfSale, type JournalRecord, type SaleEntry } from '../../terminal/journal/record.js';
import type { World } from '../../world/world.js';
import type { JournalReader } from './journal-reader.js';

export type SaleRecord = JournalRecord & SaleEntry;

/** A sale as it stood right before a record of it, and right behind. */
export interface FactsAround {
  /** `undefined`: the record opened it. */
  readonly before: SaleFacts | undefined;
  readonly after: SaleFacts;
}

/** Whatever has become of the sale since. `undefined` if the terminal does not know it, which only damage brings about. */
export function factsAround(world: World, record: SaleRecord): FactsAround | undefined {
  const records = world.terminal.find(record.saleId)?.records ?? [];
  let before: SaleFacts | undefined;
  for (const one of records) {
    const after = applyEntry(before, one, Date.parse(one.at));
    if (one.seq === record.seq) return { before, after };
    before = after;
  }
  return undefined;
}

/** The facts of each sale as a journal tells them record by record, for who reads it in its order from somewhere on. */
export class FactsAlong {
  readonly #facts = new Map<string, SaleFacts>();

  /** `behind`: the record after which the reading begins. */
  constructor(reader: JournalReader, behind: number) {
    for (const record of reader.after(0, behind)) if (isOfSale(record)) this.read(record);
  }

  read(record: SaleRecord): SaleFacts {
    const facts = applyEntry(this.#facts.get(record.saleId), record, Date.parse(record.at));
    this.#facts.set(record.saleId, facts);
    return facts;
  }
}
