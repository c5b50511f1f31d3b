import type { Wallet } from '../ports/acquirer.js';
import type { JobResult } from '../ports/printer.js';
import type { GiveUp, Payment, SaleEntry } from './journal/record.js';

/**
 * `pending`: printing, or to be printed. `none`: there is nothing to print. `unconfirmed`: all was sent to a printer that
 * cannot say what it did.
 */
export type TicketState = 'none' | 'pending' | 'printed' | 'partial' | 'not-printed' | 'unknown' | 'unconfirmed';

/** One attempt to print a sale's ticket. `copy` 0 is the unmarked original. */
export interface PrintAttempt {
  readonly jobId: string;
  readonly copy: number;
  readonly result: JobResult | undefined;
}

/** The three facts of a sale, never mixed, with what else the journal says of it. Made only by `applyEntry`. */
export interface SaleFacts {
  readonly saleId: string;
  readonly amountFen: number;
  readonly subject: string;
  readonly openedAtMs: number;
  readonly payment: Payment;
  readonly ticket: TicketState;
  readonly delivery: 'none' | 'delivered' | 'lost';
  readonly wallet: Wallet | undefined;
  readonly code: string | undefined;
  readonly tradeNo: string | undefined;
  readonly buyer: string | undefined;
  readonly paidAtMs: number | undefined;
  /** A request to authorise may have left the terminal. */
  readonly sent: boolean;
  /** When that was about to leave. */
  readonly sentAtMs: number | undefined;
  readonly cancelling: GiveUp | undefined;
  readonly unresolved: boolean;
  readonly ticketLeft: boolean;
  readonly prints: readonly PrintAttempt[];
}

/** The facts after one more entry of the sale. `facts` is undefined only before `sale-opened`. */
export function applyEntry(facts: SaleFacts | undefined, entry: SaleEntry, atMs: number): SaleFacts {
  if (entry.kind === 'sale-opened') return opened(entry, atMs);
  if (facts === undefined) throw new Error(`the journal speaks of ${entry.saleId} before it was opened`);
  switch (entry.kind) {
    case 'code-rejected':
    case 'platform-answer':
    case 'notified':
      return facts;
    case 'authorize-intent':
      return { ...facts, sent: true, sentAtMs: atMs, code: entry.code, wallet: entry.wallet };
    case 'cancel-intent':
      return { ...facts, cancelling: entry.why };
    case 'unresolved':
      return { ...facts, unresolved: true };
    case 'payment':
      return {
        ...facts,
        payment: entry.fact,
        ticket: entry.fact === 'paid' ? 'pending' : 'none',
        unresolved: false,
        tradeNo: entry.tradeNo,
        buyer: entry.buyer,
        paidAtMs: entry.paidAtMs,
      };
    case 'print-intent': {
      const attempt: PrintAttempt = { jobId: entry.jobId, copy: entry.copy, result: undefined };
      const prints = [...facts.prints, attempt];
      return { ...facts, prints, ticket: ticketOf(prints), ticketLeft: false };
    }
    case 'print-result': {
      const prints = facts.prints.map((print) =>
        print.jobId === entry.jobId ? { ...print, result: entry.result } : print,
      );
      return { ...facts, prints, ticket: ticketOf(prints) };
    }
    case 'ticket-left':
      return { ...facts, ticketLeft: true };
    case 'delivery':
      return { ...facts, delivery: entry.fact };
  }
}

function opened(entry: Extract<SaleEntry, { kind: 'sale-opened' }>, atMs: number): SaleFacts {
  return {
    saleId: entry.saleId,
    amountFen: entry.amountFen,
    subject: entry.subject,
    openedAtMs: atMs,
    payment: 'unknown', // Open: what will be known is not known yet, and is never taken back later.
    ticket: 'none',
    delivery: 'none',
    wallet: undefined,
    code: undefined,
    tradeNo: undefined,
    buyer: undefined,
    paidAtMs: undefined,
    sent: false,
    sentAtMs: undefined,
    cancelling: undefined,
    unresolved: false,
    ticketLeft: false,
    prints: [],
  };
}

/** A ticket once printed stays printed, whatever becomes of a later copy; else the latest attempt speaks. */
function ticketOf(prints: readonly PrintAttempt[]): TicketState {
  if (prints.some(({ result }) => result?.outcome === 'printed')) return 'printed';
  return prints.at(-1)?.result?.outcome ?? 'pending';
}

/** The number on the mark of the next ticket: 0 for as long as no byte of an original can have reached the printer. */
export function nextCopy(facts: SaleFacts): number {
  return facts.prints.filter(({ result }) => result?.outcome !== 'not-printed').length;
}
