import type { Custom } from '../counter.js';
import type { HookEvent, Sign } from '../hooks.js';
import type { Shelf } from '../shelf.js';
import type { Answers } from './input-person.js';

/** What till and terminal share for encrypted messages, as it is set in the terminal's settings. */
export interface NexoKey {
  readonly passphrase: string;
  readonly keyIdentifier: string;
  readonly keyVersion: number;
  /** Default `false`: with a key, messages that are not encrypted are refused. */
  readonly allowPlain?: boolean;
}

/** Who takes what the terminal tells by itself, and the answers to `/async`. `Hooks` is one. */
export interface NexoHooks {
  /** `heard` is called when somebody has taken it. */
  publish(event: HookEvent, sign: Sign, heard?: () => void): void;
}

export interface NexoOptions {
  /** Keeps what the journal has no room for: reversals by their ServiceID, reconciliations, who is logged in. */
  readonly shelf: Shelf;
  /** How a terminal is addressed. Default: `P400Plus-` and its number. */
  readonly poiId?: ((terminalId: string) => string) | undefined;
  /** For `/nexo/`. Without one no message is encrypted. */
  readonly key?: NexoKey | undefined;
  /** Demanded as `X-API-Key` of every message that is not encrypted. Without one anybody may ask. */
  readonly apiKey?: string | undefined;
  /** Without them what would be told is told to nobody. */
  readonly hooks?: NexoHooks | undefined;
  /** After so long a payment that has no outcome is answered with InProgress. Default 120,000 ms, as Adyen's time out. */
  readonly patienceMs?: number | undefined;
  /** After so long `/sync` gives up on the terminal. Default 150,000 ms. */
  readonly cloudLimitMs?: number | undefined;
  /** How long a status request waits for a sale under way before it says InProgress. Default 1,000 ms. */
  readonly statusWaitMs?: number | undefined;
  /** Whether amounts that end in 124, 125, 126, 127, 128 or 134 are refused, as in Adyen's test environment. Default true. */
  readonly testAmounts?: boolean | undefined;
  /** Who shows a code when one is to be read without an amount. Default: somebody who pays, after 1,000 ms. */
  readonly custom?: Custom | undefined;
  /** What a person at the terminal answers to an Input request. Default: yes, first, and the least that is allowed, after 2,000 ms. */
  readonly person?: Answers | undefined;
}
