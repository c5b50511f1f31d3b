import type { LedgerRecord } from './ledger-record.js';
import type { Customer } from './wallet.js';

/** Alipay's trade_status, as far as this platform has it (TRADE_FINISHED comes months later). */
export type TradeState = 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_CLOSED';

/** One order number's one and only trade. */
export interface Trade {
  readonly orderNo: string;
  readonly tradeNo: string;
  readonly amountFen: number;
  readonly subject: string;
  /** The payment code; who pays follows from it. */
  readonly code: string;
  readonly openedAtMs: number;
  readonly closesAtMs: number;
  readonly decision: { readonly outcome: 'pays' | 'refuses'; readonly atMs: number } | undefined;
  readonly notifyUrl: string | undefined;
  readonly state: TradeState;
  /** Zero, or once in its life the whole amount. */
  readonly paidFen: number;
  readonly refundedFen: number;
  /** Refunded amounts by out_request_no. */
  readonly refunds: ReadonlyMap<string, number>;
  readonly paidAtMs: number | undefined;
  readonly closedAtMs: number | undefined;
  readonly closedBy: 'cancel' | 'customer' | 'timeout' | 'refund' | undefined;
}

/** What a query can see of a trade. */
export type TradeAsSeen = Pick<Trade, 'orderNo' | 'tradeNo' | 'amountFen' | 'code' | 'state' | 'paidAtMs'>;

/** The trade as it was at a time; `undefined` before it was opened. */
export function tradeAt(trade: Trade, atMs: number): TradeAsSeen | undefined {
  const { openedAtMs, paidAtMs, closedAtMs } = trade;
  if (openedAtMs > atMs) return undefined;
  if (closedAtMs !== undefined && closedAtMs <= atMs) return trade;
  if (paidAtMs !== undefined && paidAtMs <= atMs) return { ...trade, state: 'TRADE_SUCCESS' };
  return { ...trade, state: 'WAIT_BUYER_PAY', paidAtMs: undefined };
}

type MutableTrade = { -readonly [K in keyof Trade]: Trade[K] };

const NO_REFUNDS: ReadonlyMap<string, number> = new Map();

/** A code on a customer's screen that has not been presented yet. */
export interface IssuedCode extends Customer {
  readonly issuedAtMs: number;
}

/** Everything the platform knows. Changed only by `applyRecord`, live and at loading alike. */
export class LedgerState {
  readonly #trades = new Map<string, MutableTrade>();
  readonly #byTradeNo = new Map<string, MutableTrade>();
  readonly #issued = new Map<string, IssuedCode>();
  readonly #spent = new Set<string>();
  readonly #voided = new Set<string>();

  trades(): IterableIterator<Trade> {
    return this.#trades.values();
  }

  get tradeCount(): number {
    return this.#trades.size;
  }

  trade(orderNo: string): Trade | undefined {
    return this.#trades.get(orderNo);
  }

  tradeByNo(tradeNo: string): Trade | undefined {
    return this.#byTradeNo.get(tradeNo);
  }

  issuedCode(code: string): IssuedCode | undefined {
    return this.#issued.get(code);
  }

  isSpent(code: string): boolean {
    return this.#spent.has(code);
  }

  isVoided(orderNo: string): boolean {
    return this.#voided.has(orderNo);
  }

  /** Throws when the record contradicts what is known: then the file is wrong, or this program. */
  apply(record: LedgerRecord): void {
    switch (record.kind) {
      case 'code-issued':
        this.#issued.set(record.code, {
          behaviour: record.behaviour,
          afterMs: record.afterMs,
          issuedAtMs: record.atMs,
        });
        break;
      case 'code-spent':
        this.#spend(record.code);
        break;
      case 'trade-opened':
        this.#open(record);
        break;
      case 'trade-paid':
        pay(this.#waiting(record.orderNo), record.atMs);
        break;
      case 'trade-closed':
        close(this.#waiting(record.orderNo), record.by, record.atMs);
        break;
      case 'refunded':
        this.#refund(record);
        break;
      case 'order-voided':
        if (this.#trades.has(record.orderNo)) throw new Error(`order ${record.orderNo} exists and cannot be voided`);
        this.#voided.add(record.orderNo);
    }
  }

  #spend(code: string): void {
    if (this.#spent.has(code)) throw new Error(`code ${code} is spent twice`);
    this.#issued.delete(code);
    this.#spent.add(code);
  }

  #open(record: Extract<LedgerRecord, { kind: 'trade-opened' }>): void {
    const { orderNo, tradeNo } = record;
    if (this.#trades.has(orderNo) || this.#voided.has(orderNo)) throw new Error(`order ${orderNo} is opened twice`);
    if (this.#byTradeNo.has(tradeNo)) throw new Error(`trade number ${tradeNo} is given twice`);
    this.#spend(record.code);
    const trade: MutableTrade = {
      orderNo,
      tradeNo,
      amountFen: record.amountFen,
      subject: record.subject,
      code: record.code,
      openedAtMs: record.atMs,
      closesAtMs: record.closesAtMs,
      decision: record.decision,
      notifyUrl: record.notifyUrl,
      state: 'WAIT_BUYER_PAY',
      paidFen: 0,
      refundedFen: 0,
      refunds: NO_REFUNDS,
      paidAtMs: undefined,
      closedAtMs: undefined,
      closedBy: undefined,
    };
    if (record.paid) pay(trade, record.atMs);
    this.#trades.set(orderNo, trade);
    this.#byTradeNo.set(tradeNo, trade);
  }

  #refund(record: Extract<LedgerRecord, { kind: 'refunded' }>): void {
    const trade = this.#trades.get(record.orderNo);
    if (trade?.state !== 'TRADE_SUCCESS') throw new Error(`order ${record.orderNo} is refunded while not paid`);
    if (trade.refunds.has(record.requestNo)) throw new Error(`refund ${record.requestNo} is made twice`);
    const refundedFen = trade.refundedFen + record.amountFen;
    if (refundedFen > trade.paidFen) throw new Error(`order ${record.orderNo} is refunded beyond its amount`);
    trade.refundedFen = refundedFen;
    trade.refunds = new Map([...trade.refunds, [record.requestNo, record.amountFen]]);
    if (refundedFen === trade.paidFen) close(trade, record.by, record.atMs);
  }

  #waiting(orderNo: string): MutableTrade {
    const trade = this.#trades.get(orderNo);
    if (trade?.state !== 'WAIT_BUYER_PAY') throw new Error(`order ${orderNo} is not waiting for its buyer`);
    return trade;
  }
}

function pay(trade: MutableTrade, atMs: number): void {
  trade.state = 'TRADE_SUCCESS';
  trade.paidFen = trade.amountFen;
  trade.paidAtMs = atMs;
}

function close(trade: MutableTrade, by: NonNullable<Trade['closedBy']>, atMs: number): void {
  trade.state = 'TRADE_CLOSED';
  trade.closedBy = by;
  trade.closedAtMs = atMs;
}
