import type { Wallet } from '../ports/acquirer.js';
import type { JobResult } from '../ports/printer.js';
import type { GiveUp, LeftWhy, Payment, SaleEntry, Seen, TillRef } from './journal/record.js';

/**
 * `pending`: printing, or to be printed. `none`: there is nothing to print. `unconfirmed`: all was sent to a printer that
 * cannot say what it did. `blank`, `unreadable`: a person looked at the paper and said so. `refused`: the customer wants
 * none. `digital`: given as a digital ticket.
 */
export const TICKET_STATES = [
  'none',
  'pending',
  'printed',
  'partial',
  'not-printed',
  'unknown',
  'unconfirmed',
  'blank',
  'unreadable',
  'refused',
  'digital',
] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** One attempt to print a sale's ticket. `copy` 0 is the unmarked original. */
export interface PrintAttempt {
  readonly jobId: string;
  readonly copy: number;
  readonly result: JobResult | undefined;
  /** What a person saw of it on the paper. */
  readonly seen?: Seen;
}

/** The three facts of a sale, never mixed, with what else the journal says of it. Made only by `applyEntry`. */
export interface SaleFacts {
  readonly saleId: string;
  readonly amountFen: number;
  readonly subject: string;
  readonly openedAtMs: number;
  /** What a till knows it by, if one asked for it. */
  readonly till: TillRef | undefined;
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
  /**
   * Whether its money was to go back on request, at any time after it was paid. `asked`: it goes back as long as the
   * payment is unknown, and has gone back when that is `reversed`. `refused`: the platform would not, and it is paid.
   */
  readonly reversal: 'asked' | 'refused' | undefined;
  /** How often it was asked that the money go back: a refused one can be asked for again. */
  readonly reversalsAsked: number;
  readonly unresolved: boolean;
  readonly ticketLeft: boolean;
  readonly leftWhy: LeftWhy | undefined;
  /** The customer wants no ticket. */
  readonly declined: boolean;
  /** Where the digital ticket was said to be, and when. */
  readonly digital: { readonly url: string; readonly atMs: number } | undefined;
  /**
   * By policy the payment stands only if the ticket comes out so many ms after the first failure. Gone once a person has
   * given the ticket up: that settles the payment, whatever becomes of a ticket that is printed later all the same.
   */
  readonly voidAfterMs: number | undefined;
  /** When the ticket failed to come out for the first time. */
  readonly unprintedSinceMs: number | undefined;
  /** Codes that were read while none was asked for. */
  readonly scansIgnored: number;
  /** Keys that were refused while it was under way. */
  readonly keysRefused: number;
  readonly prints: readonly PrintAttempt[];
  /** The job whose ticket a person has looked at since the latest job began: of that one something was on the paper. */
  readonly lookedAt: string | undefined;
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
      // From here on the money may have gone back: a sale that was paid is not known to be so any more.
      return {
        ...facts,
        cancelling: entry.why,
        payment: 'unknown',
        reversal: entry.why === 'asked' ? 'asked' : facts.reversal,
        reversalsAsked: facts.reversalsAsked + (entry.why === 'asked' ? 1 : 0),
      };
    case 'unresolved':
      return { ...facts, unresolved: true };
    case 'payment':
      return afterPayment(facts, entry);
    case 'print-intent': {
      const attempt: PrintAttempt = { jobId: entry.jobId, copy: entry.copy, result: undefined };
      return judged({
        ...facts,
        prints: [...facts.prints, attempt],
        lookedAt: undefined,
        ticketLeft: false,
        leftWhy: undefined,
        declined: false,
      });
    }
    case 'print-result': {
      const prints = facts.prints.map((print) =>
        print.jobId === entry.jobId ? { ...print, result: entry.result } : print,
      );
      const failed = entry.result.outcome !== 'printed' && entry.result.outcome !== 'unconfirmed';
      const unprintedSinceMs = facts.unprintedSinceMs ?? (failed ? atMs : undefined);
      return judged({ ...facts, prints, unprintedSinceMs });
    }
    case 'ticket-seen': {
      const prints = facts.prints.map((print) =>
        print.jobId === entry.jobId ? { ...print, seen: entry.seen } : print,
      );
      return judged({ ...facts, prints, lookedAt: entry.jobId });
    }
    case 'ticket-declined':
      return judged({ ...facts, declined: true, voidAfterMs: undefined });
    case 'ticket-digital':
      return judged({ ...facts, digital: { url: entry.url, atMs } });
    case 'ticket-left':
      return judged({ ...facts, ticketLeft: true, leftWhy: entry.why ?? 'next-sale', voidAfterMs: undefined });
    case 'scan-ignored':
      return { ...facts, scansIgnored: facts.scansIgnored + 1 };
    case 'key-refused':
      return { ...facts, keysRefused: facts.keysRefused + 1 };
    case 'delivery':
      // What a till has got once, it has: a later answer that is lost takes nothing back.
      return facts.delivery === 'delivered' ? facts : { ...facts, delivery: entry.fact };
  }
}

function opened(entry: Extract<SaleEntry, { kind: 'sale-opened' }>, atMs: number): SaleFacts {
  return {
    saleId: entry.saleId,
    amountFen: entry.amountFen,
    subject: entry.subject,
    openedAtMs: atMs,
    till: entry.till,
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
    reversal: undefined,
    reversalsAsked: 0,
    unresolved: false,
    ticketLeft: false,
    leftWhy: undefined,
    declined: false,
    digital: undefined,
    voidAfterMs: undefined,
    unprintedSinceMs: undefined,
    scansIgnored: 0,
    keysRefused: 0,
    prints: [],
    lookedAt: undefined,
  };
}

function afterPayment(facts: SaleFacts, entry: Extract<SaleEntry, { kind: 'payment' }>): SaleFacts {
  const { fact: payment, voidAfterMs, tradeNo, buyer, paidAtMs } = entry;
  if (payment !== 'paid') {
    const given = facts.prints.length > 0 || facts.digital !== undefined || facts.declined;
    const ticket = given ? facts.ticket : 'none';
    return { ...facts, payment, unresolved: false, voidAfterMs, ticket };
  }
  return judged({
    ...facts,
    payment,
    unresolved: false,
    voidAfterMs,
    cancelling: undefined,
    reversal: facts.reversal === 'asked' ? 'refused' : facts.reversal,
    tradeNo,
    buyer,
    paidAtMs,
  });
}

/** Facts that were just made, with the ticket's state put right: as all that is known of it gives. */
function judged(fresh: { -readonly [Fact in keyof SaleFacts]: SaleFacts[Fact] }): SaleFacts {
  fresh.ticket = ticketOf(fresh);
  return fresh;
}

/**
 * A ticket once printed stays printed, whatever becomes of a later copy; else what was agreed on, or what a person has seen
 * since, or the latest attempt.
 */
function ticketOf({ prints, lookedAt, digital, declined, ticketLeft }: SaleFacts): TicketState {
  if (prints.some((attempt) => stateOfAttempt(attempt) === 'printed')) return 'printed';
  if (digital !== undefined) return 'digital';
  if (declined) return 'refused';
  const latest = prints.find(({ jobId }) => jobId === lookedAt) ?? prints.at(-1);
  if (latest !== undefined) return stateOfAttempt(latest);
  return ticketLeft ? 'not-printed' : 'pending';
}

function stateOfAttempt({ result, seen }: PrintAttempt): TicketState {
  if (seen !== undefined) return seen === 'complete' ? 'printed' : seen;
  return result?.outcome ?? 'pending';
}

/** The number on the mark of the next ticket: 0 for as long as no byte of an original can have reached the printer. */
export function nextCopy(facts: SaleFacts): number {
  return facts.prints.filter(({ result }) => result?.outcome !== 'not-printed').length;
}

/** Whether it is certain that no complete ticket is on the paper: of every attempt at least a part never reached it. */
export function surelyUnprinted({ prints }: SaleFacts): boolean {
  return prints.length > 0 && prints.every((attempt) => attempt.result !== undefined && fellShort(attempt));
}

/** Whether policy may still give the money of this paid sale back. */
export function mayBeVoided(facts: SaleFacts): boolean {
  if (facts.payment !== 'paid' || facts.voidAfterMs === undefined) return false;
  if (facts.digital !== undefined) return false;
  return facts.prints.every((attempt) => attempt.result === undefined || fellShort(attempt));
}

/** Beside a merchant's copy that did not come out whole, the customer's ticket may have. */
function fellShort({ result, seen }: PrintAttempt): boolean {
  if (result?.outcome === 'partial' && (result.pieces ?? 0) > 0) return false;
  return seen !== 'complete' && (result?.outcome === 'not-printed' || result?.outcome === 'partial');
}

/** Whether the payment will not change any more. */
export function isFinal(facts: SaleFacts): boolean {
  return facts.payment !== 'unknown' && !mayBeVoided(facts);
}
