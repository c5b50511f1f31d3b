import type { PaymentNotice, Wallet } from '../../ports/acquirer.js';
import type { JobResult } from '../../ports/printer.js';
import type { Mend } from './mend.js';

/** The payment, as a fact. `reversed`: it was paid and the money went back. */
export type Payment = 'paid' | 'not-paid' | 'reversed' | 'unknown';

/** What made a payment fact known. */
export type PaymentBy = 'authorize' | 'query' | 'cancel' | 'notify' | 'nothing-sent';

/** Why a sale was given up before the platform had refused it. */
export type GiveUp = 'no-answer' | 'buyer-did-not-confirm' | 'cashier';

/** What a boot found open, one word for each thing that has to be done about it. */
export type Finding = 'never-sent' | 'ask' | 'reverse' | 'guard' | 'print' | 'reprint';

/** What the journal says, without the frame of sequence, time and hashes. One line each; `saleId` is the order number. */
export type JournalEntry =
  | {
      readonly kind: 'boot';
      readonly version: string;
      readonly terminalId: string;
      readonly found: readonly { readonly saleId: string; readonly finding: Finding }[];
      /** A record that a power cut tore: it had never been acknowledged. Kept here as text. */
      readonly torn?: string;
      /** Bits of earlier records that had rotted, and which their hashes put right: byte of the journal, bit of the byte. */
      readonly mended?: readonly Mend[];
    }
  | {
      readonly kind: 'sale-opened';
      readonly saleId: string;
      readonly amountFen: number;
      readonly subject: string;
    }
  | { readonly kind: 'code-rejected'; readonly saleId: string; readonly code: string; readonly problem: string }
  | {
      readonly kind: 'authorize-intent';
      readonly saleId: string;
      readonly amountFen: number;
      readonly code: string;
      readonly wallet: Wallet;
    }
  | {
      readonly kind: 'platform-answer';
      readonly saleId: string;
      readonly call: 'authorize' | 'query' | 'cancel';
      /** The outcome in the acquirer's words, or `no-answer` when the terminal's own time was up. */
      readonly outcome: string;
      readonly code?: string;
      readonly words?: string;
    }
  /** The platform has told something without having been asked; the same `noticeId` is the same notice again. */
  | {
      readonly kind: 'notified';
      readonly saleId: string;
      readonly noticeId: string;
      readonly outcome: PaymentNotice['outcome'];
      readonly tradeNo?: string;
      readonly code?: string;
      readonly words?: string;
    }
  | { readonly kind: 'cancel-intent'; readonly saleId: string; readonly why: GiveUp }
  | {
      readonly kind: 'payment';
      readonly saleId: string;
      readonly fact: Exclude<Payment, 'unknown'>;
      readonly by: PaymentBy;
      readonly tradeNo?: string | undefined;
      readonly buyer?: string | undefined;
      readonly paidAtMs?: number | undefined;
      readonly why?: string;
    }
  /** The foreground has given up asking; the guard task goes on. */
  | { readonly kind: 'unresolved'; readonly saleId: string }
  | {
      readonly kind: 'print-intent';
      readonly saleId: string;
      readonly jobId: string;
      /** 0 for the unmarked original, else the number on the 补打 / COPY mark. */
      readonly copy: number;
    }
  | { readonly kind: 'print-result'; readonly saleId: string; readonly jobId: string; readonly result: JobResult }
  /** The cashier went on without the ticket. */
  | { readonly kind: 'ticket-left'; readonly saleId: string }
  /** Whether the till got the final answer about a sale. */
  | { readonly kind: 'delivery'; readonly saleId: string; readonly to: string; readonly fact: 'delivered' | 'lost' };

/** A line of the journal. `at` is ISO 8601 in UTC; `prev` and `hash` are SHA-256 in hex. */
export type JournalRecord = JournalEntry & {
  readonly seq: number;
  readonly at: string;
  readonly prev: string;
  readonly hash: string;
};

/** The entries that speak of one sale. */
export type SaleEntry = Exclude<JournalEntry, { kind: 'boot' }>;
