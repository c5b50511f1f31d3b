import type { Acquirer, Wallet } from '../ports/acquirer.js';
import type { Clock } from '../ports/clock.js';
import type { DigitalTickets } from '../ports/digital.js';
import type { Display, Screen } from '../ports/display.js';
import type { Printer } from '../ports/printer.js';
import type { Random } from '../ports/random.js';
import type { Storage } from '../ports/storage.js';
import type { Merchant, Policy } from './context.js';
import type { SaleFacts } from './facts.js';
import type { BootDevice, JournalRecord } from './journal/record.js';
import type { Timings } from './timings.js';

/** The hardware and the network, handed in. */
export interface TerminalPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly storage: Storage;
  readonly acquirers: Partial<Record<Wallet, Acquirer>>;
  readonly printer: Printer;
  readonly display: Display;
  /** Without it no digital ticket can be offered. */
  readonly digital?: DigitalTickets;
}

export interface TerminalOptions {
  readonly version: string;
  readonly merchant: Merchant;
  readonly policy: Policy;
  readonly timings: Timings;
  /** What stands in the journal about the printer. */
  readonly device?: BootDevice | undefined;
}

/** What a watcher hears, each only once it is durable. */
export interface TerminalWatcher {
  record?(record: JournalRecord): void;
  sale?(facts: SaleFacts): void;
  screen?(screen: Screen): void;
  /** The journal cannot be written any more, or was found damaged: the terminal is out of service. */
  failed?(error: Error): void;
  /** The machine has entered a state, and left another: at once, whatever is durable. */
  state?(path: string, from: string): void;
  /**
   * The machine has taken this transition: the object of its definition, one after the other, each before the state that
   * it leads to. What the machine takes by itself as it starts, nobody hears.
   */
  transition?(definition: object): void;
}
