import type { Undo } from './undo.js';

/** A request that has come in at the platform's door; nothing is booked yet. */
export interface PlatformRequest {
  /** `alipay.trade.pay` and so on. */
  readonly method: string;
  readonly orderNo: string | undefined;
}

/** How the platform turns a request away, with nothing booked. */
export type PlatformRefusal =
  /** ACQ.SYSTEM_ERROR: it says itself that it does not know what has become of the request. */
  | 'system-error'
  /** 20000, service currently unavailable: the same, from the gateway. */
  | 'unavailable'
  /** 40005: too many requests. */
  | 'rate-limited'
  /** This sub code: of 40002 if it is turned away at the gateway's door, else of 40004. */
  | { readonly subCode: string; readonly words: string; readonly atDoor?: boolean }
  /** No answer in the platform's words at all, but an HTTP status. */
  | { readonly httpStatus: number };

/** What becomes of a request before it is booked; `{}`: it is booked at once, as usual. */
export interface RequestFate {
  /** It never reaches the books, and nobody answers. */
  readonly lose?: boolean;
  readonly refuse?: PlatformRefusal;
  /** So many milliseconds pass until it is booked. */
  readonly queuedMs?: number;
  /** A query is answered from a copy of the books that is so many milliseconds behind them. */
  readonly behindMs?: number;
  /** The buyer of a payment is asked for the password; who pays confirms so much later, or, with `undefined`, when told to. */
  readonly ask?: { readonly confirmsAfterMs: number | undefined };
}

/** An answer that the platform is about to give; the ledger has booked already. */
export interface PlatformAnswer {
  /** `alipay.trade.pay` and so on. */
  readonly method: string;
  readonly orderNo: string | undefined;
}

/** An answer that goes out, but later or other than it should. */
export interface AnswerChange {
  readonly delayMs?: number;
  /** It speaks of so many fen more than were paid; less than 0: of less. */
  readonly moreFen?: number;
  /** Its signature does not match. */
  readonly badSignature?: boolean;
  /** ACQ.SYSTEM_ERROR or 20000 in its place, though all is booked. */
  readonly say?: 'system-error' | 'unavailable';
}

/** What becomes of an answer: it goes out at once, changed, or never (the connection stays open and silent). */
export type AnswerFate = 'deliver' | 'lose' | AnswerChange;

/** The platform's clock, as far as it differs from the right time. */
export interface PlatformClock {
  /** Less than 0: behind. */
  readonly aheadMs: number;
  /** A request whose time stamp is farther off the platform's clock is refused. */
  readonly toleranceMs: number;
}

/** Where faults take hold of the emulated platform. */
export interface PlatformSite {
  /** Asks for each request's fate, before anything is booked; later rules go before earlier ones, field by field. */
  onRequest(rule: (request: PlatformRequest) => RequestFate): Undo;
  /** Asks for each answer's fate; of `lose` and a change the later rule's wins, and changes add up, field by field. */
  onAnswer(rule: (answer: PlatformAnswer) => AnswerFate): Undo;
  /** A buyer who was asked for the password gives it now, if the trade still waits for it. */
  confirm(orderNo: string): void;
  /** `undefined`: it is right again. `meets` hears of each request that meets the wrong one. */
  clock(clock: PlatformClock | undefined, meets?: () => void): void;
}

/** One attempt to bring a notice to the merchant. */
export interface NoticeDelivery {
  readonly orderNo: string;
  /** `TRADE_SUCCESS`: paid. `TRADE_CLOSED`: paid, and all of it went back. */
  readonly tradeStatus: 'TRADE_SUCCESS' | 'TRADE_CLOSED';
  /** 1 for the first, up to 8. */
  readonly attempt: number;
  /** How many milliseconds later than it should. */
  readonly afterMs: number;
  /** It waits until something else about the same order has gone out, but no longer than `afterMs`. */
  readonly behindNext?: boolean;
  readonly moreFen?: number;
  readonly badSignature?: boolean;
}

/** Where faults take hold of the platform's asynchronous notices. */
export interface NoticeSite {
  /** Asks what comes of each attempt: none, one, or several. Rules apply one after the other. */
  onNotice(rule: (delivery: NoticeDelivery) => readonly NoticeDelivery[]): Undo;
}
