import type { Wallet } from '../ports/acquirer.js';
import type { PrinterStatus } from '../ports/printer.js';
import type { SaleFacts } from './facts.js';
import type { Finding } from './journal/record.js';
import type { Timings } from './timings.js';

/** Who sells: printed on every ticket. */
export interface Merchant {
  readonly name: string;
  readonly terminalId: string;
  /** Local time on tickets, minutes east of UTC. Default 480, China. */
  readonly utcOffsetMinutes: number;
}

/** What the merchant has decided about tickets. */
export interface Policy {
  /**
   * After a print fault: `ask` prompts the cashier to reprint once the printer is ready; `when-ready` prints the marked
   * copy by itself.
   */
  readonly reprint: 'ask' | 'when-ready';
}

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
  /** The torn end of the journal, if there was one. */
  readonly torn: string | undefined;
}

/** What the machine knows. `facts` is the sale in the foreground, kept by the same fold as the journal. */
export interface TerminalContext extends TerminalInput {
  readonly facts: SaleFacts | undefined;
  readonly queue: readonly Recovery[];
  readonly queries: number;
  readonly cancels: number;
  readonly printer: PrinterStatus;
  /** The last thing to be said about the sale: why a code was not accepted, what the platform said. */
  readonly words: string;
}

/** Printer as it is known before it has said anything. */
export const PRINTER_NOT_SEEN: PrinterStatus = { ready: false, life: 'opening', faults: [], paperNearEnd: false };
