/** Whose app the customer shows; chosen by the payment code's prefix. */
export type Wallet = 'alipay' | 'wechat' | 'unionpay';

export interface AuthorizeRequest {
  /** The merchant's order number (Alipay out_trade_no). One sale, one order number, for every repeat, query and cancel. */
  readonly orderNo: string;
  readonly amountFen: number;
  /** The code read from the customer's screen (Alipay auth_code). */
  readonly code: string;
  readonly subject: string;
  readonly terminalId: string;
}

export interface PaidFacts {
  /** The platform's own number for the payment (Alipay trade_no). */
  readonly tradeNo: string;
  /** How much the order is about, as the platform says. Compare it with the sale: `authorize` has done so, `query` cannot. */
  readonly amountFen?: number;
  /** Who paid, masked by the platform: `159****0042`. */
  readonly buyer?: string;
  readonly paidAtMs?: number;
}

/** A platform's code and words, kept as evidence. `code` is the sub_code where there is one, else the code, else `PJ_…`. */
export interface PlatformWords {
  readonly code: string;
  readonly words: string;
}

/** `unknown` is never failed: the customer may have paid. Only `refused` says that no money moved and none will. */
export type AuthorizeAnswer =
  | ({ readonly outcome: 'paid' } & PaidFacts)
  | ({ readonly outcome: 'waiting' } & PlatformWords)
  | ({ readonly outcome: 'refused' } & PlatformWords)
  | ({ readonly outcome: 'unknown' } & PlatformWords);

export type QueryAnswer =
  | ({ readonly outcome: 'paid' } & PaidFacts)
  | ({ readonly outcome: 'waiting' } & PlatformWords)
  /** Closed without money kept: never paid, or paid and refunded in full. */
  | ({ readonly outcome: 'closed' /** It had been paid. */; readonly refunded?: boolean } & PlatformWords)
  /** The platform knows no such order now. A request still under way may change that, so it is not final. */
  | ({ readonly outcome: 'not-found' } & PlatformWords)
  | ({ readonly outcome: 'unknown' } & PlatformWords);

export type CancelAnswer =
  /** Final. `refund`: it had been paid and the money went back; `close`: it had not been paid; `none`: there was nothing. */
  | { readonly outcome: 'cancelled'; readonly action: 'close' | 'refund' | 'none' }
  /** Asked to call again (Alipay retry_flag Y). */
  | ({ readonly outcome: 'retry' } & PlatformWords)
  /** Refused for good, for example after settlement: a person has to look. */
  | ({ readonly outcome: 'refused' } & PlatformWords)
  | ({ readonly outcome: 'unknown' } & PlatformWords);

/** What a platform tells without having been asked, in a form whose signature holds. The same `id`: the same notice again. */
export type PaymentNotice = { readonly id: string; readonly orderNo: string } & (
  | ({ readonly outcome: 'paid' } & PaidFacts)
  /** Closed without money kept. */
  | ({ readonly outcome: 'closed'; readonly refunded?: boolean } & PlatformWords)
  | ({ readonly outcome: 'unknown' } & PlatformWords)
);

/** `taken` is to be called once the notice is durable: until then the platform goes on repeating it. */
export type NoticeListener = (notice: PaymentNotice, taken: () => void) => void;

/**
 * One payment platform. `done` is called at most once, never from inside the call. It may never be called: the terminal
 * has its own time-outs, and also takes an answer that comes late.
 */
export interface Acquirer {
  authorize(request: AuthorizeRequest, done: (answer: AuthorizeAnswer) => void): void;
  query(orderNo: string, done: (answer: QueryAnswer) => void): void;
  cancel(orderNo: string, done: (answer: CancelAnswer) => void): void;
  /** Absent when the platform sends no notices. A listener takes the place of the one before, as a boot does. */
  watch?(listener: NoticeListener): void;
}
