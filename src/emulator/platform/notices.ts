import type { Clock, Timer } from '../../ports/clock.js';
import type { NoticeDelivery } from '../../ports/faults.js';
import { type NoticeFields, noticeFields } from './alipay/notice.js';
import { withOtherAmount } from './alipay/trouble.js';
import type { FaultRules } from './fault-rules.js';
import type { Ledger } from './ledger.js';
import type { LedgerRecord } from './ledger-record.js';
import type { Trade } from './ledger-state.js';

/** Brings notices to merchants: by HTTP, or from memory. */
export interface NoticeCourier {
  /** `done` gets the body that the merchant answered with, or `undefined` when there was no answer; at most once, perhaps never. */
  carry(url: string, fields: NoticeFields, badSignature: boolean, done: (word: string | undefined) => void): void;
}

/** What has become of one attempt: evidence from the other side. */
export interface NoticeEntry {
  readonly atMs: number;
  readonly orderNo: string;
  readonly notifyId: string;
  readonly tradeStatus: NoticeDelivery['tradeStatus'];
  readonly attempt: number;
  /** The merchant said `success`. */
  taken: boolean;
}

const MINUTE_MS = 60_000;

/**
 * From one attempt to the next until the merchant says `success`: eight attempts in 25 hours, 4m, 10m, 10m, 1h, 2h, 6h
 * and 15h apart (opendocs.alipay.com/open/194/103296, 异步返回结果的验签, 通知的间隔频率).
 */
const REPEATS_MS = [4, 10, 10, 60, 120, 360, 900].map((minutes) => minutes * MINUTE_MS);

const KEPT_ENTRIES = 1_000;

export interface NoticesParts {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly rules: FaultRules;
  readonly courier: NoticeCourier;
  /** Where what went out is written down. */
  readonly entries: NoticeEntry[];
  /** From the payment to the first attempt, in ms. */
  readonly afterMs: number;
  /** Runs `then` when all that is booked is durable. */
  readonly whenDurable: (then: (durable: boolean) => void) => void;
}

interface Notice {
  readonly fields: (nowMs: number) => NoticeFields;
  readonly url: string;
  readonly orderNo: string;
  readonly notifyId: string;
  readonly tradeStatus: NoticeDelivery['tradeStatus'];
  taken: boolean;
}

/**
 * The asynchronous notices: a payment, and a payment that went back in full, are told to the merchant's notify_url
 * until it says `success`. A restart of the platform forgets what was still to be told, as if those notices were lost.
 */
export class Notices {
  readonly #parts: NoticesParts;
  readonly #timers = new Set<Timer>();
  /** Deliveries that wait until something else about their order has gone out. */
  readonly #held = new Map<string, (() => void)[]>();
  #count = 0;

  constructor(parts: NoticesParts) {
    this.#parts = parts;
    parts.ledger.watch((record) => this.#booked(record));
  }

  close(): void {
    for (const timer of this.#timers) this.#parts.clock.clearTimeout(timer);
    this.#timers.clear();
    this.#held.clear();
  }

  #booked(record: LedgerRecord): void {
    const paid = record.kind === 'trade-paid' || (record.kind === 'trade-opened' && record.paid);
    if (!paid && record.kind !== 'refunded') return;
    const trade = this.#parts.ledger.trade(record.orderNo);
    if (trade?.notifyUrl === undefined || (!paid && trade.state !== 'TRADE_CLOSED')) return;
    // As it is now: what becomes of the trade later has a notice of its own.
    const notice = this.#notice({ ...trade }, trade.notifyUrl, paid ? 'TRADE_SUCCESS' : 'TRADE_CLOSED');
    this.#parts.whenDurable((durable) => {
      if (durable) this.#later(() => this.#attempt(notice, 1), this.#parts.afterMs);
    });
  }

  #notice(trade: Trade, url: string, tradeStatus: Notice['tradeStatus']): Notice {
    const { rules } = this.#parts;
    const notifyId = `${trade.tradeNo}${String(++this.#count).padStart(6, '0')}`;
    const fields = (nowMs: number) => noticeFields(trade, notifyId, nowMs, rules.aheadMs);
    return { fields, url, orderNo: trade.orderNo, notifyId, tradeStatus, taken: false };
  }

  #attempt(notice: Notice, attempt: number): void {
    if (notice.taken) return;
    const { orderNo, tradeStatus } = notice;
    for (const delivery of this.#parts.rules.ofNotice({ orderNo, tradeStatus, attempt, afterMs: 0 })) {
      if (delivery.behindNext === true) this.#hold(notice, delivery);
      else this.#later(() => this.#deliver(notice, delivery), delivery.afterMs);
    }
    const again = REPEATS_MS[attempt - 1];
    if (again !== undefined) this.#later(() => this.#attempt(notice, attempt + 1), again);
  }

  #hold(notice: Notice, delivery: NoticeDelivery): void {
    let done = false;
    const go = () => {
      if (!done) this.#later(() => this.#deliver(notice, delivery), 0);
      done = true;
    };
    this.#held.set(notice.orderNo, [...(this.#held.get(notice.orderNo) ?? []), go]);
    this.#later(go, delivery.afterMs);
  }

  #deliver(notice: Notice, { attempt, moreFen = 0, badSignature = false }: NoticeDelivery): void {
    const { clock, courier, entries } = this.#parts;
    const { orderNo, notifyId, tradeStatus } = notice;
    const atMs = clock.now();
    const entry: NoticeEntry = { atMs, orderNo, notifyId, tradeStatus, attempt, taken: false };
    if (entries.length >= 2 * KEPT_ENTRIES) entries.splice(0, KEPT_ENTRIES);
    entries.push(entry);
    courier.carry(notice.url, withOtherAmount(notice.fields(atMs), moreFen), badSignature, (word) => {
      if (word !== 'success') return;
      entry.taken = true;
      notice.taken = true;
    });
    const held = this.#held.get(orderNo) ?? [];
    this.#held.delete(orderNo);
    for (const go of held) go();
  }

  #later(run: () => void, delayMs: number): void {
    const timer = this.#parts.clock.setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, delayMs);
    this.#timers.add(timer);
  }
}
