import type { AuthorizeAnswer, AuthorizeRequest, CancelAnswer, PaymentNotice, QueryAnswer } from '../ports/acquirer.js';
import type { Screen } from '../ports/display.js';
import type { DriverCounters, JobResult, PrinterStatus, PrintJob } from '../ports/printer.js';
import type { TicketDocument } from '../ports/ticket.js';
import type { SaleFacts } from './facts.js';
import type { JournalEntry, PrinterEvidence, RefusedKey, SaleEntry } from './journal/record.js';
import type { Words } from './screens.js';

/**
 * What the machine wants done in the world. Effects are carried out in the order in which they were emitted, and a
 * `journal` effect holds back all that follow it until its record is durable: so the intent is always written before
 * the act, and a fact before anybody is told of it.
 */
export type Effect =
  | { readonly type: 'journal'; readonly entry: JournalEntry }
  | { readonly type: 'authorize'; readonly request: AuthorizeRequest }
  | { readonly type: 'query'; readonly saleId: string }
  | { readonly type: 'cancel'; readonly saleId: string }
  | { readonly type: 'print'; readonly job: PrintJob }
  | { readonly type: 'show'; readonly screen: Screen };

/** What happens to the terminal: people, and the answers of its ports. */
export type TerminalEvent =
  | { readonly type: 'SELL'; readonly facts: SaleFacts }
  | { readonly type: 'SCAN'; readonly code: string }
  /** The cashier gives the sale up. */
  | { readonly type: 'CANCEL' }
  | { readonly type: 'REPRINT'; readonly facts: SaleFacts }
  /** The money of a paid sale is to go back. */
  | { readonly type: 'REVERSE'; readonly facts: SaleFacts }
  /** The guard task has settled the sale. */
  | { readonly type: 'SETTLED'; readonly facts: SaleFacts }
  /** The guard task has found the sale paid after all, and it is without its ticket. */
  | { readonly type: 'FOUND_PAID'; readonly facts: SaleFacts }
  | AnswerEvent
  /** The platform has told something of a sale without having been asked. */
  | { readonly type: 'NOTIFIED'; readonly saleId: string; readonly answer: PaymentNotice }
  | {
      readonly type: 'PRINTED';
      readonly jobId: string;
      readonly result: JobResult;
      readonly printer?: PrinterEvidence;
      /** The driver's, when a test page has ended. */
      readonly counters?: DriverCounters;
    }
  /** A person has told something about a ticket. */
  | { readonly type: 'TOLD'; readonly entry: ToldEntry }
  /** The ticket is to be given as a digital one. */
  | { readonly type: 'DIGITAL'; readonly facts: SaleFacts }
  /** The customer wants the ticket that the display asks about. */
  | { readonly type: 'PRINT_NOW' }
  | { readonly type: 'SELF_TEST'; readonly jobId: string }
  /** A page that is no sale's ticket is to be printed. */
  | { readonly type: 'PAGE'; readonly jobId: string; readonly document: TicketDocument }
  /** A till wants these words on the display while nothing is under way, or none any more. */
  | { readonly type: 'TEXT'; readonly text: Words | undefined }
  /** Something was asked for that has to wait for the sale under way; `key`: what, if it bears on a sale. */
  | { readonly type: 'BUSY'; readonly key?: RefusedKey }
  /** A sale was asked for that policy forbids without paper. */
  | { readonly type: 'NO_PAPER' }
  | { readonly type: 'PRINTER_STATUS'; readonly status: PrinterStatus }
  | { readonly type: 'STORAGE_FAILED' };

/** `afterMs`: from the question to the answer. */
export type AnswerEvent = { readonly saleId: string; readonly afterMs?: number } & (
  | { readonly type: 'AUTHORIZED'; readonly answer: AuthorizeAnswer }
  | { readonly type: 'QUERIED'; readonly answer: QueryAnswer }
  | { readonly type: 'CANCELLED'; readonly answer: CancelAnswer }
);

/** What people tell of a ticket, as it goes into the journal. */
export type ToldEntry = Extract<SaleEntry, { readonly kind: 'ticket-seen' | 'ticket-declined' | 'ticket-left' }>;
