import { z } from 'zod';
import { proveJournal } from '../../terminal/journal/chain.js';
import type { World } from '../../world/world.js';
import type { Shelf, ShelfKind } from '../shelf.js';

/** Money of one kind in one period, as nexo names the kinds. */
export interface Total {
  readonly type: 'Debit' | 'ReverseDebit' | 'Declined';
  readonly count: number;
  readonly amountFen: number;
}

const PERIOD = z.strictObject({
  /** The last record of the journal that belongs to it. */
  seq: z.int(),
  totals: z.array(
    z.strictObject({ type: z.enum(['Debit', 'ReverseDebit', 'Declined']), count: z.int(), amountFen: z.int() }),
  ),
});
export type Period = z.infer<typeof PERIOD>;

/** Adyen's terminals begin there. */
const FIRST = 1000;

/**
 * What a terminal has taken since it was last reconciled, read from its journal whenever somebody asks: sales by the record
 * that made them paid, declined or reversed, whoever asked for them. Only where a period ended is kept beside.
 */
export class Totals {
  readonly #kind: ShelfKind<Period>;

  constructor(
    poiId: string,
    private readonly world: World,
    private readonly shelf: Shelf,
  ) {
    this.#kind = { name: `nexo.period.${poiId}`, schema: PERIOD };
  }

  /** The period under way. */
  get current(): string {
    return String(FIRST + this.#periods().length);
  }

  /** The period to which a record belongs. */
  periodOf(seq: number): string {
    const periods = this.#periods();
    const index = periods.findIndex((period) => seq <= period.seq);
    return String(FIRST + (index === -1 ? periods.length : index));
  }

  /** Since the last reconciliation. */
  sinceLast(): Total[] {
    return this.#added(this.#lastSeq(), Number.POSITIVE_INFINITY);
  }

  period(id: string): Period | undefined {
    return this.shelf.get(this.#kind, id);
  }

  /** Ends the period. `done` once that is kept. */
  close(done: (error: Error | undefined, ended: { readonly id: string; readonly totals: Total[] }) => void): void {
    const id = this.current;
    const seq = proveJournal(this.world.readJournal(), '').records.at(-1)?.seq ?? 0;
    const totals = this.#added(this.#lastSeq(), seq);
    this.shelf.put(this.#kind, id, { seq, totals }, (error) => done(error, { id, totals }));
  }

  #periods(): Period[] {
    return this.shelf.all(this.#kind);
  }

  #lastSeq(): number {
    return this.#periods().at(-1)?.seq ?? 0;
  }

  #added(afterSeq: number, untilSeq: number): Total[] {
    const { records } = proveJournal(this.world.readJournal(), '');
    const amounts = new Map<string, number>();
    const sums = new Map<Total['type'], { count: number; amountFen: number }>();
    for (const record of records) {
      if (record.kind === 'sale-opened') amounts.set(record.saleId, record.amountFen);
      if (record.kind !== 'payment' || record.seq <= afterSeq || record.seq > untilSeq) continue;
      const type = TYPES[record.fact];
      const sum = sums.get(type) ?? { count: 0, amountFen: 0 };
      sums.set(type, { count: sum.count + 1, amountFen: sum.amountFen + (amounts.get(record.saleId) ?? 0) });
    }
    return ORDER.flatMap((type) => {
      const sum = sums.get(type);
      return sum === undefined ? [] : [{ type, ...sum }];
    });
  }
}

const ORDER = ['Debit', 'ReverseDebit', 'Declined'] as const;
const TYPES = { paid: 'Debit', reversed: 'ReverseDebit', 'not-paid': 'Declined' } as const;
