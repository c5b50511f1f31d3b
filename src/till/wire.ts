/**
 * What a till and a terminal send each other, in any protocol: a request of HTTP's shape, and one answer to it. A face is
 * the terminal's side of one protocol. It is a part: no sockets, no promises; it answers when the terminal is ready to.
 */
import type { TillFaceName, TillKind } from '../ports/till-faults.js';
import type { World } from '../world/world.js';

export interface TillRequest {
  /** In capitals: `POST`. */
  readonly method: string;
  /** Without the query: `/v2/terminals/checkouts`. As it was sent: percent-encoding is still in it. */
  readonly path: string;
  /** Without the question mark; empty when there is none. */
  readonly query: string;
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text in UTF-8; empty when there is none. */
  readonly body: string;
  /** The body as it came, where it is a form with files (`multipart/form-data`): files need not be text. */
  readonly bytes?: Uint8Array;
}

export interface TillAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a payment ended, as an answer says it for good. */
export interface ToldPayment {
  readonly world: World;
  readonly saleId: string;
  readonly payment: 'paid' | 'not-paid' | 'reversed';
}

/** One request under way. */
export interface Exchange {
  readonly request: TillRequest;
  /**
   * Answers; only the first call counts, and none once the till has hung up. `told`: the payments whose final outcome
   * stands in the answer: the terminal has said it, and when the answer has left, it is delivered.
   */
  answer(answer: TillAnswer, ...told: readonly ToldPayment[]): void;
  /** The till waits here for the end of this sale: if it goes without an answer, the answer is lost. */
  expects(world: World, saleId: string): void;
  /** Runs once if the till hangs up, or is cut off, before it was answered. */
  onGone(run: () => void): void;
  /** No answer: the connection is torn down, as by a terminal that has lost its power. */
  drop(): void;
}

/** What a request is about, before anything is done about it: `world` is the terminal that it is for, if it says one that is there. */
export interface TillLook {
  readonly kind: TillKind;
  readonly world: World | undefined;
  /** The till talks to the vendor's cloud: its connection outlives the power of the terminal. Default `false`. */
  readonly cloud?: boolean;
}

/** The terminal's side of one protocol. Nothing that a till sends makes it throw. */
export interface TillFace {
  readonly name: TillFaceName;
  look(request: TillRequest): TillLook;
  accept(exchange: Exchange): void;
  /** Answers in the protocol's own words that the terminal is busy; nothing is done. */
  refuseBusy(exchange: Exchange): void;
  /** The protocol's own words for a request that never reached it whole: `status` 400, 401, 403, 408, 413, 415, 429, 431, 500. */
  refuse(status: number, problem: string): TillAnswer;
  /** Ends what it has under way. */
  close(): void;
}
