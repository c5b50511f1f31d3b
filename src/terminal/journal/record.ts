import type { PaymentNotice, PlatformWords, Wallet } from '../../ports/acquirer.js';
import type { DriverCounters, JobResult, PrinterFault, PrinterLife } from '../../ports/printer.js';
import type { Mend } from './mend.js';

/** The payment, as a fact. `reversed`: it was paid and the money went back. */
export const PAYMENTS = ['paid', 'not-paid', 'reversed', 'unknown'] as const;
export type Payment = (typeof PAYMENTS)[number];

/** What made a payment fact known. */
export type PaymentBy = 'authorize' | 'query' | 'cancel' | 'notify' | 'nothing-sent';

/**
 * What a till knows a sale by, so that whoever asks again gets the sale that there is. It stands in the record with which
 * the sale is opened: durable before anybody is asked for money, and known again behind any power cut.
 */
export interface TillRef {
  /** The protocol that it was asked in: `api`, `nexo`, `square`, `stripe`. */
  readonly face: string;
  /** What the till may repeat: an idempotency key, a SaleID with its ServiceID, the number of a checkout. 1 to 200 characters. */
  readonly key: string;
  /** A fingerprint of what was asked: the same key with another one is another request, and a mistake of the till. */
  readonly of?: string;
}

/**
 * Why a sale was given up before the platform had refused it. `unprinted`, `asked`: it was paid, and its money is to go
 * back, by policy since its ticket surely did not come out, or because a till or the cashier wants it so.
 */
export type GiveUp = 'no-answer' | 'buyer-did-not-confirm' | 'cashier' | 'unprinted' | 'asked';

/**
 * What a boot found open, one word for each thing that has to be done about it. `left`: nothing more is to be printed, and
 * nobody knows what became of the ticket that was being printed.
 */
export type Finding = 'never-sent' | 'ask' | 'reverse' | 'guard' | 'left' | 'print' | 'reprint' | 'digital';

/** What a person who looked at a ticket saw of it. */
export const SEEN = ['complete', 'blank', 'unreadable'] as const;
export type Seen = (typeof SEEN)[number];

/** What made a ticket unreadable, where the person can tell: too faint, or other characters than it should have. */
export const SEEN_HOW = ['faint', 'wrong-characters'] as const;
export type SeenHow = (typeof SEEN_HOW)[number];

/** What was asked for while a sale was under way: another sale, or a ticket once more. */
export type RefusedKey = 'sale' | 'reprint';

/** Why a ticket was left: the cashier said so, the customer had gone, or the next sale was begun. */
export type LeftWhy = 'skipped' | 'customer-left' | 'next-sale';

/** The printer and the terminal as a boot found them set up. */
export interface BootDevice {
  /** The printer profile's name. */
  readonly id: string;
  readonly technology: 'thermal' | 'impact';
  /** It notices a broken ribbon, and tells it as a mechanical error. */
  readonly ribbonSensor?: boolean;
}

/** What was decided about tickets, as far as it bears on a verdict. */
export interface BootPolicy {
  readonly reprint: 'ask' | 'when-ready';
  readonly unprinted: 'keep-and-reprint' | 'void-if-unprinted' | 'offer-digital';
  readonly voidAfterMs?: number;
  readonly paper: 'optional' | 'required';
  readonly print: 'at-once' | 'prompt';
}

/** What the printer said while a job was under way, besides the job's result. */
export interface PrinterEvidence {
  readonly life: PrinterLife;
  /** Every fault that it told, or that its silence showed, in the order in which they came. */
  readonly faults: readonly PrinterFault[];
  /** It has told of itself since the boot: that it is ready, or what is wrong with it. */
  readonly answered: boolean;
  /** Bytes that came from it since the boot. Some, and none of them an answer: it was not understood. */
  readonly receivedBytes: number;
}

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
      // Absent in older journals.
      readonly device?: BootDevice;
      readonly policy?: BootPolicy;
      /** SHA-256 of the whole configuration, its first 16 hex digits: the same configuration gives the same. */
      readonly configuration?: string;
    }
  | {
      readonly kind: 'sale-opened';
      readonly saleId: string;
      readonly amountFen: number;
      readonly subject: string;
      /** Absent when no till asked for it. */
      readonly till?: TillRef;
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
      /** From the question to the answer, or to the end of the terminal's patience. */
      readonly afterMs?: number;
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
      /** From the question to this answer. */
      readonly afterMs?: number | undefined;
      /** By policy it stands only if its ticket comes out so many ms after the first failure. */
      readonly voidAfterMs?: number | undefined;
      /** It was to go back on request, and the platform will not: in its words. So it is paid as before. */
      readonly refusal?: PlatformWords | undefined;
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
  | {
      readonly kind: 'print-result';
      readonly saleId: string;
      readonly jobId: string;
      readonly result: JobResult;
      /** Absent when the printer had nothing to say but the result. */
      readonly printer?: PrinterEvidence;
    }
  /** The cashier went on without the ticket. Without a `why` (older journals) it was for the next sale. */
  | { readonly kind: 'ticket-left'; readonly saleId: string; readonly why?: LeftWhy; readonly reason?: string }
  /** A person looked at the paper of a job. */
  | {
      readonly kind: 'ticket-seen';
      readonly saleId: string;
      readonly jobId: string;
      readonly seen: Seen;
      readonly how?: SeenHow;
    }
  /** The customer wants no ticket. */
  | { readonly kind: 'ticket-declined'; readonly saleId: string }
  /** The ticket is given as a digital one, behind this address. Written before its code is shown. */
  | { readonly kind: 'ticket-digital'; readonly saleId: string; readonly url: string }
  /** A code that was read while none was asked for. It changes nothing. */
  | { readonly kind: 'scan-ignored'; readonly saleId: string; readonly code: string; readonly state: string }
  /** A key that would have begun something else was pressed while this sale was under way. It changes nothing. */
  | { readonly kind: 'key-refused'; readonly saleId: string; readonly key: RefusedKey; readonly state: string }
  | SelfTestEntry
  | PageEntry
  /** Whether the till got the final answer about a sale. */
  | { readonly kind: 'delivery'; readonly saleId: string; readonly to: string; readonly fact: 'delivered' | 'lost' };

/** A test page: that it is about to be printed, how that ended, and what a person saw of it. */
export type SelfTestEntry = {
  readonly kind: 'self-test';
  readonly jobId: string;
  /** It is about no sale. */
  readonly saleId?: never;
} & (
  | { readonly phase: 'begun' }
  | {
      readonly phase: 'ended';
      readonly result: JobResult;
      readonly printer?: PrinterEvidence;
      readonly counters: DriverCounters;
    }
  | { readonly phase: 'seen'; readonly seen: Seen }
);

/**
 * A page that was asked for and is no sale's ticket: that it is about to be printed, and how that ended. One that a power cut
 * has cut short is ended by the next boot, as `unknown`.
 */
export type PageEntry = {
  readonly kind: 'page';
  readonly jobId: string;
  /** It is about no sale, whatever stands on it. */
  readonly saleId?: never;
} & (
  | { readonly phase: 'begun' }
  | { readonly phase: 'ended'; readonly result: JobResult; readonly printer?: PrinterEvidence }
);

/** A line of the journal. `at` is ISO 8601 in UTC; `prev` and `hash` are SHA-256 in hex. */
export type JournalRecord = JournalEntry & {
  readonly seq: number;
  readonly at: string;
  readonly prev: string;
  readonly hash: string;
};

/** The entries that speak of one sale. */
export type SaleEntry = Extract<JournalEntry, { readonly saleId: string }>;

/** Whether a record speaks of one sale. */
export function isOfSale(record: JournalRecord): record is JournalRecord & SaleEntry {
  return 'saleId' in record;
}

/** Whether a record tells of something that was printed and is no ticket. */
export function isPageRecord(record: JournalRecord): record is JournalRecord & (PageEntry | SelfTestEntry) {
  return record.kind === 'page' || record.kind === 'self-test';
}

/** A boot, as it stands in the journal. */
export type BootRecord = Extract<JournalRecord, { readonly kind: 'boot' }>;

export type SelfTestRecord = Extract<JournalRecord, { readonly kind: 'self-test' }>;
