import type { SaleFacts } from '../../terminal/facts.js';
import type { Shelf } from '../shelf.js';
import { refundIdOf, saleIdIn } from './ids.js';
import { missing } from './refusal.js';
import type { Sale, Sales } from './sales.js';
import { KINDS, type RefundEntry } from './store.js';

export type RefundStatus = 'pending' | 'succeeded' | 'failed';

/** One time that the money of a sale was asked back. */
export interface Refund {
  readonly id: string;
  readonly sale: Sale;
  readonly nth: number;
  readonly status: RefundStatus;
  readonly entry: Omit<RefundEntry['tries'][number], 'askedBefore'>;
}

/**
 * Refunds, whole ones only: the platform cancels the payment. What was asked stands on the shelf, what became of it in the
 * journal; also what another till has asked is a refund here.
 */
export class Refunds {
  constructor(
    readonly shelf: Shelf,
    readonly sales: Sales,
  ) {}

  /** Throws a `StripeRefusal`. */
  get(id: string): Refund {
    const sale = this.sales.find(saleIdIn(id, 're') ?? '');
    const refund = sale === undefined ? undefined : this.of(sale).find((one) => one.id === id);
    if (refund === undefined) throw missing('refund', id, 'refund');
    return refund;
  }

  /** Of one sale, oldest first: as often as its journal has it asked. What is not in there yet may still be lost. */
  of(sale: Sale): Refund[] {
    const { facts } = sale;
    const tries = this.entry(facts)?.tries ?? [];
    return Array.from({ length: facts.reversalsAsked }, (_, askedBefore): Refund => {
      const nth = askedBefore + 1;
      const inAnotherProtocol = { reason: null, metadata: {}, createdMs: facts.openedAtMs };
      const entry = tries.find((one) => one.askedBefore === askedBefore) ?? inAnotherProtocol;
      // Another is asked for only once the one before was refused.
      const status = nth < facts.reversalsAsked ? 'failed' : statusOf(facts);
      return { id: refundIdOf(facts.saleId, nth), sale, nth, status, entry };
    });
  }

  nth(sale: Sale, nth: number): Refund | undefined {
    return this.of(sale)[nth - 1];
  }

  /** The latest. */
  latest(sale: Sale): Refund | undefined {
    return this.of(sale).at(-1);
  }

  /** Oldest first. */
  all(): Refund[] {
    return this.sales.all().flatMap((sale) => this.of(sale));
  }

  entry({ saleId }: SaleFacts): RefundEntry | undefined {
    return this.shelf.get(KINDS.refund, saleId);
  }

  put(entry: RefundEntry, kept?: (error?: Error) => void): void {
    this.shelf.put(KINDS.refund, entry.saleId, entry, kept);
  }
}

function statusOf({ payment, reversal }: SaleFacts): RefundStatus {
  if (payment === 'reversed') return 'succeeded';
  return reversal === 'refused' ? 'failed' : 'pending';
}
