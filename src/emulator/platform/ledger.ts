import type { Clock, Timer } from '../../ports/clock.js';
import type { Random } from '../../ports/random.js';
import type { Storage } from '../../ports/storage.js';
import { encodeRecord, replayLedger } from './ledger-file.js';
import type { LedgerRecord } from './ledger-record.js';
import { LedgerState, type Trade } from './ledger-state.js';
import { CODE_LIFE_MS, type Customer, drawAlipayCode, isAlipayCode, PASSER_BY } from './wallet.js';

/** A cancel gives the money back for a day after the payment; later a refund must (ACQ.TRADE_CANCEL_TIME_OUT). */
const CANCELLABLE_MS = 24 * 3_600_000;

const DAY_MS = 86_400_000;
const BEIJING_MS = 8 * 3_600_000;

export interface LedgerOptions {
  /** Refuse well-formed codes that this platform did not issue. Default false: each is a fresh one of a customer who pays at once. */
  readonly strictCodes?: boolean;
  /** A cancel that finds nothing keeps the order number from being paid later. Nowhere promised by the vendor. Default true. */
  readonly voidsUnknown?: boolean;
  /** Customers who pay at once are asked for the password above this amount, and confirm. The real platform asks above CNY 1000. Default: never. */
  readonly askAboveFen?: number;
}

export interface PayRequest {
  readonly orderNo: string;
  readonly amountFen: number;
  readonly subject: string;
  readonly code: string;
  /** An unpaid trade closes itself after this time. */
  readonly closesAfterMs: number;
  /** Where the merchant wants to be told of the payment. */
  readonly notifyUrl?: string | undefined;
  /** The buyer is asked whatever the amount; who pays confirms so much later, or, with `undefined`, by `confirm`. */
  readonly ask?: { readonly confirmsAfterMs: number | undefined } | undefined;
}

export type PayRefusal = 'code-invalid' | 'no-money' | 'closed' | 'paid-already' | 'other-buyer' | 'differs';

export type PayOutcome =
  | { readonly outcome: 'paid' | 'waiting'; readonly trade: Trade }
  | { readonly outcome: 'refused'; readonly reason: PayRefusal };

export type CancelOutcome =
  | { readonly outcome: 'cancelled'; readonly action: 'close' | 'refund'; readonly trade: Trade }
  | { readonly outcome: 'nothing' }
  | { readonly outcome: 'refused'; readonly reason: 'too-late' | 'refunded-already'; readonly trade: Trade };

export type RefundOutcome =
  | { readonly outcome: 'refunded'; readonly trade: Trade; readonly changed: boolean }
  | { readonly outcome: 'refused'; readonly reason: 'not-found' | 'not-paid' | 'too-much' | 'differs' };

/**
 * The platform's books: the truth that every verdict is checked against. One order number has at most one trade and one
 * payment, ever. Each change is appended to the storage before anything else can see it; whoever answers syncs first.
 */
export class Ledger {
  readonly #state = new LedgerState();
  /** For each waiting trade, the moment at which its customer decides or its time is up. */
  readonly #timers = new Map<string, Timer>();
  /** Orders whose buyers wait to be told to confirm. */
  readonly #willing = new Set<string>();
  readonly #listeners = new Set<(record: LedgerRecord) => void>();
  /** The day of the latest trade number, in days since 1970, and as its first digits. */
  #day = Number.NaN;
  #dayDigits = '';

  constructor(
    readonly clock: Clock,
    readonly random: Random,
    readonly storage: Storage | undefined,
    readonly options: LedgerOptions,
  ) {
    if (storage !== undefined) replayLedger(storage, (record) => this.#state.apply(record));
    for (const trade of this.#state.trades()) this.#arm(trade);
  }

  trade(orderNo: string): Trade | undefined {
    return this.#state.trade(orderNo);
  }

  tradeByNo(tradeNo: string): Trade | undefined {
    return this.#state.tradeByNo(tradeNo);
  }

  /** In the order in which they were opened. */
  trades(): Trade[] {
    return [...this.#state.trades()];
  }

  /**
   * Puts a code on a customer's screen; it can be paid with for 60 s, once. A fresh one unless it is given; one that is
   * known stays what it is.
   */
  issueCode(
    { behaviour, afterMs }: Customer,
    { code: given, ageMs = 0 }: { code?: string | undefined; ageMs?: number | undefined } = {},
  ): string {
    let code = given ?? drawAlipayCode(this.random);
    if (given !== undefined && this.#isKnown(code)) return code;
    // The same seed draws the same codes again after a restart; those that are known were shown before.
    while (this.#isKnown(code)) code = drawAlipayCode(this.random);
    this.#commit({ kind: 'code-issued', atMs: this.clock.now() - ageMs, code, behaviour, afterMs });
    this.storage?.sync(() => {});
    return code;
  }

  pay(request: PayRequest): PayOutcome {
    const known = this.#state.trade(request.orderNo);
    if (known !== undefined) return payAgain(known, request);
    if (this.#state.isVoided(request.orderNo)) return { outcome: 'refused', reason: 'closed' };
    const customer = this.#customerOf(request.code);
    if (customer === undefined) return { outcome: 'refused', reason: 'code-invalid' };
    const atMs = this.clock.now();
    if (customer.behaviour === 'no-money') {
      this.#commit({ kind: 'code-spent', atMs, code: request.code });
      return { outcome: 'refused', reason: 'no-money' };
    }
    return this.#open(request, customer, atMs);
  }

  cancel(orderNo: string): CancelOutcome {
    const trade = this.#state.trade(orderNo);
    const atMs = this.clock.now();
    if (trade === undefined) {
      if (this.options.voidsUnknown !== false && !this.#state.isVoided(orderNo))
        this.#commit({ kind: 'order-voided', atMs, orderNo });
      return { outcome: 'nothing' };
    }
    if (trade.state === 'WAIT_BUYER_PAY') {
      this.#close(trade, 'cancel');
      return { outcome: 'cancelled', action: 'close', trade };
    }
    if (trade.closedBy === 'cancel' && trade.paidFen > 0) return { outcome: 'cancelled', action: 'refund', trade };
    if (trade.refundedFen > 0) return { outcome: 'refused', reason: 'refunded-already', trade };
    if (trade.state === 'TRADE_CLOSED') return { outcome: 'cancelled', action: 'close', trade };
    if (atMs - (trade.paidAtMs ?? atMs) > CANCELLABLE_MS) return { outcome: 'refused', reason: 'too-late', trade };
    const amountFen = trade.paidFen;
    this.#commit({ kind: 'refunded', atMs, orderNo, requestNo: `cancel:${orderNo}`, amountFen, by: 'cancel' });
    return { outcome: 'cancelled', action: 'refund', trade };
  }

  /** Without a `requestNo` only the whole amount can be refunded, once (out_request_no is a must for a part of it). */
  refund(orderNo: string, amountFen: number, requestNo?: string): RefundOutcome {
    const trade = this.#state.trade(orderNo);
    if (trade === undefined) return { outcome: 'refused', reason: 'not-found' };
    const before = trade.refunds.get(requestNo ?? orderNo);
    if (before !== undefined) {
      return before === amountFen
        ? { outcome: 'refunded', trade, changed: false }
        : { outcome: 'refused', reason: 'differs' };
    }
    if (trade.state !== 'TRADE_SUCCESS') return { outcome: 'refused', reason: 'not-paid' };
    const tooMuch = trade.refundedFen + amountFen > trade.paidFen;
    if (tooMuch || (requestNo === undefined && amountFen !== trade.paidFen)) {
      return { outcome: 'refused', reason: 'too-much' };
    }
    const atMs = this.clock.now();
    this.#commit({ kind: 'refunded', atMs, orderNo, requestNo: requestNo ?? orderNo, amountFen, by: 'refund' });
    return { outcome: 'refunded', trade, changed: true };
  }

  /** A buyer who waits to be told gives the password now; nothing happens if the trade does not wait for it any more. */
  confirm(orderNo: string): void {
    const trade = this.#state.trade(orderNo);
    if (!this.#willing.delete(orderNo) || trade?.state !== 'WAIT_BUYER_PAY') return;
    this.#confirm(trade);
    this.storage?.sync(() => {});
  }

  /** Hears of every change, as soon as it is booked, and before it is durable. */
  watch(listener: (record: LedgerRecord) => void): void {
    this.#listeners.add(listener);
  }

  /** Forgets what is to come; what is booked stays. A ledger made from the same storage goes on. */
  close(): void {
    for (const timer of this.#timers.values()) this.clock.clearTimeout(timer);
    this.#timers.clear();
  }

  #isKnown(code: string): boolean {
    return this.#state.isSpent(code) || this.#state.issuedCode(code) !== undefined;
  }

  #customerOf(code: string): Customer | undefined {
    if (!isAlipayCode(code) || this.#state.isSpent(code)) return undefined;
    const issued = this.#state.issuedCode(code);
    if (issued === undefined) return this.options.strictCodes === true ? undefined : PASSER_BY;
    return this.clock.now() - issued.issuedAtMs > CODE_LIFE_MS ? undefined : issued;
  }

  #open(request: PayRequest, { behaviour, afterMs }: Customer, atMs: number): PayOutcome {
    const { orderNo, amountFen, subject, code, ask, notifyUrl } = request;
    const asks = ask !== undefined || amountFen > (this.options.askAboveFen ?? Number.POSITIVE_INFINITY);
    const paid = behaviour === 'pays' && !asks;
    const outcome = behaviour === 'refuses' ? 'refuses' : 'pays';
    const decidesAfterMs = ask !== undefined && outcome === 'pays' ? ask.confirmsAfterMs : afterMs;
    const decides = !paid && behaviour !== 'never' && decidesAfterMs !== undefined;
    if (!paid && behaviour !== 'never' && decidesAfterMs === undefined) this.#willing.add(orderNo);
    this.#commit({
      kind: 'trade-opened',
      atMs,
      orderNo,
      tradeNo: this.#drawTradeNo(atMs),
      amountFen,
      subject,
      code,
      paid,
      decision: decides ? { outcome, atMs: atMs + decidesAfterMs } : undefined,
      closesAtMs: atMs + request.closesAfterMs,
      ...(notifyUrl === undefined ? {} : { notifyUrl }),
    });
    const trade = this.#state.trade(orderNo);
    if (trade === undefined) throw new Error(`order ${orderNo} was opened and is not there`);
    this.#arm(trade);
    return { outcome: paid ? 'paid' : 'waiting', trade };
  }

  /** 28 digits that begin with the date in Beijing, like Alipay's. The count in the middle keeps them apart after a restart. */
  #drawTradeNo(atMs: number): string {
    const day = Math.floor((atMs + BEIJING_MS) / DAY_MS);
    if (day !== this.#day) {
      this.#day = day;
      this.#dayDigits = new Date(day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
    }
    const count = String(this.#state.tradeCount + 1).padStart(10, '0');
    return `${this.#dayDigits}22001${count}${this.random.digits(5)}`;
  }

  #arm(trade: Trade): void {
    if (trade.state !== 'WAIT_BUYER_PAY') return;
    const { decision, closesAtMs } = trade;
    const decides = decision !== undefined && decision.atMs <= closesAtMs;
    const run = () => {
      if (!decides) this.#close(trade, 'timeout');
      else if (decision.outcome === 'refuses') this.#close(trade, 'customer');
      else this.#confirm(trade);
      this.storage?.sync(() => {});
    };
    const dueMs = decides ? decision.atMs : closesAtMs;
    this.#timers.set(trade.orderNo, this.clock.setTimeout(run, dueMs - this.clock.now()));
  }

  #confirm({ orderNo }: Trade): void {
    this.#disarm(orderNo);
    this.#commit({ kind: 'trade-paid', atMs: this.clock.now(), orderNo });
  }

  #close({ orderNo }: Trade, by: 'cancel' | 'customer' | 'timeout'): void {
    this.#disarm(orderNo);
    this.#commit({ kind: 'trade-closed', atMs: this.clock.now(), orderNo, by });
  }

  #disarm(orderNo: string): void {
    this.clock.clearTimeout(this.#timers.get(orderNo));
    this.#timers.delete(orderNo);
  }

  #commit(record: LedgerRecord): void {
    this.#state.apply(record);
    this.storage?.append(encodeRecord(record));
    for (const listener of this.#listeners) listener(record);
  }
}

/** The same request again is answered as before; anything else about a known order is refused and changes nothing. */
function payAgain(trade: Trade, request: PayRequest): PayOutcome {
  if (trade.amountFen !== request.amountFen || trade.subject !== request.subject) {
    return { outcome: 'refused', reason: 'differs' };
  }
  if (trade.state === 'TRADE_CLOSED') return { outcome: 'refused', reason: 'closed' };
  const paid = trade.state === 'TRADE_SUCCESS';
  if (trade.code !== request.code) return { outcome: 'refused', reason: paid ? 'paid-already' : 'other-buyer' };
  return { outcome: paid ? 'paid' : 'waiting', trade };
}
