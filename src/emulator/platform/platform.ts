import { PaperjamError } from '../../base/errors.js';
import type { PlatformWords } from '../../ports/acquirer.js';
import type { Clock, Timer } from '../../ports/clock.js';
import type { NoticeSite, PlatformRefusal, PlatformSite, RequestFate } from '../../ports/faults.js';
import type { Random } from '../../ports/random.js';
import type { Storage } from '../../ports/storage.js';
import { type AnswerNode, unavailable } from './alipay/answers.js';
import { handleRequest } from './alipay/gateway.js';
import { badTimestamp, troubled, withOtherAmount } from './alipay/trouble.js';
import { type ExchangeEntry, type ExchangeKeeper, ExchangeLog, type OpenEntry } from './exchange-log.js';
import { FaultRules } from './fault-rules.js';
import { Ledger, type LedgerOptions } from './ledger.js';
import type { LedgerRecord } from './ledger-record.js';
import type { Trade } from './ledger-state.js';
import { type NoticeCourier, type NoticeEntry, Notices } from './notices.js';
import { type Behaviour, PASSER_BY } from './wallet.js';

export interface PlatformOptions extends LedgerOptions {
  /** How many exchanges the log keeps at least. Default 1000. */
  readonly logEntries?: number;
  /** From a payment to the first notice of it, in ms. Default 1000. */
  readonly noticeAfterMs?: number;
}

export interface PlatformParts {
  readonly clock: Clock;
  readonly random: Random;
  /** Where the books are kept. Without it they live as long as the object. */
  readonly storage?: Storage | undefined;
  /** Keeps the log of exchanges from run to run. */
  readonly exchanges?: ExchangeKeeper | undefined;
  readonly options?: PlatformOptions;
}

/** How the next customer behaves. */
export interface CodeRequest {
  /** Default `alipay`, the only wallet so far. */
  readonly wallet?: 'alipay';
  readonly behaviour: Behaviour;
  /** How long a customer who is asked takes to decide. Default 3000. */
  readonly afterMs?: number;
  /** The code, if it is to be this one; a known one stays as it is. Default: a fresh one. */
  readonly code?: string;
  /** How long ago it was put on the screen. Default 0. */
  readonly ageMs?: number;
}

/** The books, to be read: the truth that a verdict is checked against. */
export interface LedgerView {
  trade(orderNo: string): Trade | undefined;
  /** In the order in which they were opened. */
  trades(): Trade[];
  /** Hears of every change, as soon as it is booked. */
  watch(listener: (record: LedgerRecord) => void): void;
}

/** How a request came in. */
export interface RequestFrame {
  /** Where the merchant wants to be told of the payment. */
  readonly notifyUrl?: string | undefined;
  /** When it says that it was sent, in each way that its time stamp can be read. Default: now. */
  readonly sentAtMs?: readonly number[];
}

/** An answer on its way out, for a face to put into bytes. */
export type Reply =
  | { readonly node: AnswerNode; readonly badSignature: boolean }
  /** None in the platform's words. */
  | { readonly httpStatus: number };

/** What the memory face gives: what a real transport would make of the same answer. */
export type MemoryResult = { readonly response: object } | { readonly failure: PlatformWords };

/** An emulated Alipay: a ledger, customers, and a gateway that answers in Alipay's words. */
export interface EmulatedPlatform {
  readonly ledger: LedgerView;
  /** Where faults take hold. */
  readonly site: PlatformSite;
  /** The latest exchanges, oldest first. */
  readonly log: readonly ExchangeEntry[];
  /** The latest notices that went out, oldest first. */
  readonly notices: readonly NoticeEntry[];
  /** Puts a code on a customer's screen: good for one payment within 60 s. */
  issueCode(request: CodeRequest): string;
  /**
   * The memory face of the gateway. `done` gets the answer's node when the books are durable; never from inside the
   * call, and never at all when the answer is lost.
   */
  exchange(method: string, bizContent: object, done: (result: MemoryResult) => void, frame?: RequestFrame): void;
  /** The gateway's work on a request that has passed the checks at the door, for other faces. */
  answer(method: string, bizContent: unknown, frame: RequestFrame, done: (reply: Reply) => void): void;
  /** A request that the door has turned away with this node: no books, but the same way out. */
  turnAway(method: string, request: unknown, node: AnswerNode, done: (reply: Reply) => void): void;
  /** From now on payments are told to whoever wants to be told. The result is where faults take hold of that. */
  sendNotices(courier: NoticeCourier): NoticeSite;
  /** Forgets what is to come. What is booked stays in the storage. */
  close(): void;
}

export function createEmulatedPlatform({
  clock,
  random,
  storage,
  exchanges,
  options = {},
}: PlatformParts): EmulatedPlatform {
  const ledger = new Ledger(clock, random, storage, options);
  const rules = new FaultRules((orderNo) => ledger.confirm(orderNo));
  const log = new ExchangeLog(options.logEntries ?? 1_000, exchanges);
  const delayed = new Set<Timer>();
  const noticeEntries: NoticeEntry[] = [];
  let notices: Notices | undefined;
  let storageFailed = false;

  /** Runs `then` when all that is booked is durable. A platform whose storage failed once vouches for nothing any more. */
  const whenDurable = (then: (durable: boolean) => void) => {
    if (storage === undefined) {
      clock.setTimeout(() => then(true), 0);
      return;
    }
    storage.sync((error) => {
      storageFailed ||= error !== undefined;
      then(!storageFailed);
    });
  };

  const later = (run: () => void, delayMs: number) => {
    if (delayMs === 0) return run();
    const timer = clock.setTimeout(() => {
      delayed.delete(timer);
      run();
    }, delayMs);
    delayed.add(timer);
  };

  /** Whatever was booked is durable before anybody hears of it; then the faults between books and answer have their say. */
  const send = (entry: OpenEntry, node: AnswerNode, done: (reply: Reply) => void) =>
    whenDurable((durable) => {
      const fate = rules.ofAnswer({ method: entry.method, orderNo: entry.orderNo });
      entry.fate = fate;
      const { say, moreFen = 0, badSignature = false, delayMs = 0 } = typeof fate === 'string' ? {} : fate;
      const said = durable ? node : unavailable();
      const changed = say === undefined ? said : troubled(say, entry.method, entry.orderNo);
      const out = moreFen === 0 ? changed : withOtherAmount(changed, moreFen);
      const reply = { node: out, badSignature };
      entry.response = out;
      log.answered(entry);
      if (fate !== 'lose') later(() => done(reply), delayMs);
    });

  const book = (entry: OpenEntry, bizContent: unknown, fate: RequestFate, frame: RequestFrame): AnswerNode => {
    const { refuse } = fate;
    if (refuse !== undefined && !isStatus(refuse)) return troubled(refuse, entry.method, entry.orderNo);
    const nowMs = clock.now();
    if (rules.isTooFarOff(frame.sentAtMs ?? [nowMs], nowMs)) return badTimestamp();
    const circumstances = { ...fate, notifyUrl: frame.notifyUrl, aheadMs: rules.aheadMs };
    const { orderNo, response } = handleRequest(ledger, entry.method, bizContent, circumstances);
    entry.orderNo = orderNo;
    return response;
  };

  const platform: EmulatedPlatform = {
    ledger,
    site: rules,
    log: log.entries,
    notices: noticeEntries,
    issueCode: ({ behaviour, afterMs = PASSER_BY.afterMs, code, ageMs }) =>
      ledger.issueCode({ behaviour, afterMs }, { code, ageMs }),
    exchange: (method, bizContent, done, frame = {}) =>
      platform.answer(method, bizContent, frame, (reply) => done(asHeard(reply))),
    answer(method, bizContent, frame, done) {
      const entry = log.open(clock.now(), method, orderNoOf(bizContent), bizContent);
      const fate = rules.ofRequest({ method, orderNo: entry.orderNo });
      if (fate.lose === true) {
        entry.fate = 'lose';
        log.answered(entry);
        return;
      }
      later(() => {
        const { refuse } = fate;
        if (refuse !== undefined && isStatus(refuse)) {
          entry.response = refuse;
          entry.fate = 'deliver';
          log.answered(entry);
          clock.setTimeout(() => done(refuse), 0);
        } else send(entry, book(entry, bizContent, fate, frame), done);
      }, fate.queuedMs ?? 0);
    },
    turnAway: (method, request, node, done) => send(log.open(clock.now(), method, undefined, request), node, done),
    sendNotices(courier) {
      const { noticeAfterMs: afterMs = 1_000 } = options;
      notices?.close();
      notices = new Notices({ clock, ledger, rules, courier, afterMs, whenDurable, entries: noticeEntries });
      return rules;
    },
    close() {
      ledger.close();
      notices?.close();
      for (const timer of delayed) clock.clearTimeout(timer);
      delayed.clear();
    },
  };
  return platform;
}

function isStatus(refusal: PlatformRefusal): refusal is { readonly httpStatus: number } {
  return typeof refusal === 'object' && 'httpStatus' in refusal;
}

/** The order that a request names, before anybody has looked it up. */
function orderNoOf(bizContent: unknown): string | undefined {
  if (typeof bizContent !== 'object' || bizContent === null || !('out_trade_no' in bizContent)) return undefined;
  return typeof bizContent.out_trade_no === 'string' ? bizContent.out_trade_no : undefined;
}

/** In memory nothing is signed, and there is no HTTP: what a real transport would say of it is said at once. */
function asHeard(reply: Reply): MemoryResult {
  if ('node' in reply && !reply.badSignature) return { response: reply.node };
  const error =
    'node' in reply
      ? new PaperjamError('PJ_PLATFORM_SIGNATURE', { gateway: MEMORY, problem: 'it does not match' })
      : new PaperjamError('PJ_PLATFORM_HTTP', { gateway: MEMORY, problem: reply.httpStatus });
  return { failure: { code: error.code, words: error.message } };
}

const MEMORY = 'the emulated platform';
