import type { AuthorizeAnswer, AuthorizeRequest, CancelAnswer, PaymentNotice, QueryAnswer } from '../ports/acquirer.js';
import type { Screen } from '../ports/display.js';
import type { JobResult, PrinterStatus, PrintJob } from '../ports/printer.js';
import type { SaleFacts } from './facts.js';
import type { JournalEntry } from './journal/record.js';

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
  | { readonly type: 'print'; readonly saleId: string; readonly job: PrintJob }
  | { readonly type: 'show'; readonly screen: Screen };

/** What happens to the terminal: people, and the answers of its ports. */
export type TerminalEvent =
  | { readonly type: 'SELL'; readonly facts: SaleFacts }
  | { readonly type: 'SCAN'; readonly code: string }
  /** The cashier gives the sale up. */
  | { readonly type: 'CANCEL' }
  | { readonly type: 'REPRINT'; readonly facts: SaleFacts }
  /** The guard task has found the sale paid after all. */
  | { readonly type: 'FOUND_PAID'; readonly facts: SaleFacts }
  | AnswerEvent
  /** The platform has told something of a sale without having been asked. */
  | { readonly type: 'NOTIFIED'; readonly saleId: string; readonly answer: PaymentNotice }
  | { readonly type: 'PRINTED'; readonly saleId: string; readonly jobId: string; readonly result: JobResult }
  | { readonly type: 'PRINTER_STATUS'; readonly status: PrinterStatus }
  | { readonly type: 'STORAGE_FAILED'; readonly message: string };

export type AnswerEvent =
  | { readonly type: 'AUTHORIZED'; readonly saleId: string; readonly answer: AuthorizeAnswer }
  | { readonly type: 'QUERIED'; readonly saleId: string; readonly answer: QueryAnswer }
  | { readonly type: 'CANCELLED'; readonly saleId: string; readonly answer: CancelAnswer };
