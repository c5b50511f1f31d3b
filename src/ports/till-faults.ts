import type { Undo } from './undo.js';

/** The protocols in which a till can talk to a terminal. */
export type TillFaceName = 'api' | 'nexo' | 'square' | 'stripe';

/**
 * What a till asks for, whatever its protocol calls it. `sale`: money from a customer; `status`: what became of a sale;
 * `abort`: give up the sale under way; `reversal`: the money of a paid sale goes back; `print`: paper.
 */
export type TillKind = 'sale' | 'status' | 'abort' | 'reversal' | 'print' | 'other';

/** A request that has arrived from a till. */
export interface TillAsk {
  readonly face: TillFaceName;
  readonly kind: TillKind;
}

/** How an exchange with a till ends instead of with the answer. */
export interface TillBreak {
  /** Whether the terminal has got the request, and done what it asks, before. */
  readonly delivered: boolean;
  /**
   * `silence`: nothing is ever heard; `reset`: the connection is torn down; `half`: the first half of the answer's body
   * comes, and then the connection ends (of no answer that is nothing); `empty`: status 200 without a body; else status
   * 200 with this body.
   */
  readonly how: 'silence' | 'reset' | 'half' | 'empty' | { readonly body: string };
}

/** What becomes of an exchange with a till. Of several rules, delays add up, and of the rest the latest rule counts. */
export interface TillFate {
  /** How much later the request arrives, ms. Default 0. */
  readonly requestDelayMs?: number;
  /** The same for the answer. */
  readonly answerDelayMs?: number;
  readonly breaks?: TillBreak;
  /** The request arrives a second time so many ms later, as a proxy repeats it; nobody hears the second answer. */
  readonly requestAgainMs?: number;
  /** The answer's body arrives twice in one. */
  readonly answerTwice?: boolean;
  /** The terminal is busy with something else, and says so in the protocol's own words; nothing is done. */
  readonly busy?: boolean;
}

/** Where faults take hold of what goes between a till and the terminal, in any protocol. */
export interface TillSite {
  /** Asks for the fate of each request as it arrives. */
  onRequest(rule: (ask: TillAsk) => TillFate | undefined): Undo;
}
