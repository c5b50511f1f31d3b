import type { PlatformWords, Wallet } from '../ports/acquirer.js';
import type { Screen } from '../ports/display.js';
import type { PrinterStatus } from '../ports/printer.js';
import type { SaleFacts } from './facts.js';
import type { Mend } from './journal/mend.js';
import type { BootDevice, Finding } from './journal/record.js';
import type { Timings } from './timings.js';
import type { CodeSubject } from './verdict/causes/answer-codes.js';

/** Who sells: printed on every ticket. */
export interface Merchant {
  readonly name: string;
  readonly terminalId: string;
  /** The merchant's number with the platform or the bank, if tickets are to show it. */
  readonly merchantNo?: string | undefined;
  /** Local time on tickets, minutes east of UTC. Default 480, China. */
  readonly utcOffsetMinutes: number;
  /**
   * Where a customer finds the digital copy: an http(s) URL in which `{orderNo}` stands for the order number. Without it
   * the code on the ticket holds the order number.
   */
  readonly digitalTicketUrl?: string | undefined;
}

/** What a sale's ticket is made of. */
export interface TicketPolicy {
  /** Print a second copy, which the merchant keeps. Default `false`. */
  readonly merchantCopy?: boolean;
  /** Whether the merchant's copy has a line for the customer's signature. Default `never`. */
  readonly signature?: 'never' | 'always' | { readonly aboveFen: number };
  /** Default `both`. `en` is for printers without Chinese too: of the ticket's own words none is Chinese then. */
  readonly lang?: TicketLang;
}

export type TicketLang = 'both' | 'zh' | 'en';

/** What the merchant has decided about tickets. */
export interface Policy {
  /**
   * After a print fault: `ask` prompts the cashier to reprint once the printer is ready; `when-ready` prints the marked
   * copy by itself.
   */
  readonly reprint: 'ask' | 'when-ready';
  /**
   * What becomes of a paid sale whose ticket did not come out. `keep-and-reprint` (default): it stays, and its ticket can
   * be printed again. `void-if-unprinted`: the money goes back when the ticket surely did not come out and is not
   * reprinted within `voidAfterMs`. `offer-digital`: the display shows the code of a digital ticket.
   */
  readonly unprinted?: 'keep-and-reprint' | 'void-if-unprinted' | 'offer-digital';
  /** From the first failure on. Default 60,000. */
  readonly voidAfterMs?: number;
  /** `required`: no sale is begun without a printer that can print, and none is left without its ticket. Default `optional`. */
  readonly paper?: 'optional' | 'required';
  /** `prompt`: the display asks first whether a ticket is wanted. Default `at-once`. */
  readonly print?: 'at-once' | 'prompt';
  readonly ticket?: TicketPolicy | undefined;
}

export const DEFAULT_VOID_AFTER_MS = 60_000;

/** A sale that the journal showed open at boot, and what is to be done about it. */
export interface Recovery {
  readonly finding: Finding;
  readonly facts: SaleFacts;
}

export interface TerminalInput {
  readonly version: string;
  readonly merchant: Merchant;
  readonly policy: Policy;
  readonly timings: Timings;
  /** Whose codes are accepted: those with an acquirer behind them. */
  readonly wallets: readonly Wallet[];
  /** What the journal showed open, payments before tickets. */
  readonly found: readonly Recovery[];
  /** A job of before this boot may have left a piece of paper unfinished. */
  readonly unfinishedPaper: boolean;
  /** Pages that were being printed when the power went. */
  readonly pagesCutShort: readonly string[];
  /** The torn end of the journal, if there was one. */
  readonly torn: string | undefined;
  /** Rotten bits of the journal that were put right at this boot. */
  readonly mended: readonly Mend[];
  readonly device?: BootDevice | undefined;
  /** Fingerprint of the configuration, for the journal. */
  readonly configuration: string;
  now(): number;
  /** Where the customer of a paid sale finds the digital ticket; without it none can be offered. */
  readonly digitalUrl?: ((sale: SaleFacts) => string) | undefined;
}

/** What the machine knows. `facts` is the sale in the foreground, kept by the same fold as the journal. */
export interface TerminalContext extends TerminalInput {
  readonly facts: SaleFacts | undefined;
  readonly queue: readonly Recovery[];
  readonly queries: number;
  readonly cancels: number;
  /** Codes of this sale that were not accepted; none if nothing is said. */
  readonly rejected?: number;
  readonly printer: PrinterStatus;
  /** The latest test page of this boot. */
  readonly selfTest: string | undefined;
  /** With which words the platform has refused to take the payment back. */
  readonly refusal?: PlatformWords | undefined;
  /** The page that is being printed, or was last. */
  readonly page?: string | undefined;
  /** It was begun while a ticket had failed to come out, which is taken up again behind it. */
  readonly pageDefers?: boolean;
  /** What a till wants on the display while nothing is under way. */
  readonly text?: Pick<Screen, 'zh' | 'en'> | undefined;
  /** What the latest answer, or the latest code, was about, if it was not what was hoped for. */
  readonly trouble: Trouble | undefined;
}

/** `silence`: a question without an answer yet. `other-wallet`: a payment code that nobody here takes. */
export type Trouble = CodeSubject | 'silence' | 'other-wallet';

/** Printer as it is known before it has said anything. */
export const PRINTER_NOT_SEEN: PrinterStatus = { ready: false, life: 'opening', faults: [], paperNearEnd: false };
