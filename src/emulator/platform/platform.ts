import type { Clock, Timer } from '../../ports/clock.js';
import type { PlatformSite } from '../../ports/faults.js';
import type { Random } from '../../ports/random.js';
import type { Storage } from '../../ports/storage.js';
import { unavailable } from './alipay/answers.js';
import { type GatewayAnswer, handleRequest } from './alipay/gateway.js';
import { AnswerFates } from './answer-fate.js';
import { type ExchangeEntry, type ExchangeKeeper, ExchangeLog } from './exchange-log.js';
import { Ledger, type LedgerOptions } from './ledger.js';
import type { Trade } from './ledger-state.js';
import { type Behaviour, PASSER_BY } from './wallet.js';

export interface PlatformOptions extends LedgerOptions {
  /** How many exchanges the log keeps at least. Default 1000. */
  readonly logEntries?: number;
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
}

/** The books, to be read: the truth that a verdict is checked against. */
export interface LedgerView {
  trade(orderNo: string): Trade | undefined;
  /** In the order in which they were opened. */
  trades(): Trade[];
}

/** An emulated Alipay: a ledger, customers, and a gateway that answers in Alipay's words. */
export interface EmulatedPlatform {
  readonly ledger: LedgerView;
  /** Where faults take hold. */
  readonly site: PlatformSite;
  /** The latest exchanges, oldest first. */
  readonly log: readonly ExchangeEntry[];
  /** Puts a code on a customer's screen: good for one payment within 60 s. */
  issueCode(request: CodeRequest): string;
  /**
   * The memory face of the gateway. `done` gets the answer's node when the books are durable; never from inside the
   * call, and never at all when the answer is lost.
   */
  exchange(method: string, bizContent: object, done: (result: { readonly response: object }) => void): void;
  /** For other faces: books by `handle`, and answers by the same way as `exchange`. */
  answer(method: string, request: unknown, handle: () => GatewayAnswer, done: (response: object) => void): void;
  /** The gateway's work on a request that has passed the checks at the door. */
  handle(method: string, bizContent: unknown): GatewayAnswer;
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
  const fates = new AnswerFates();
  const log = new ExchangeLog(options.logEntries ?? 1_000, exchanges);
  const delayed = new Set<Timer>();
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
    const timer = clock.setTimeout(() => {
      delayed.delete(timer);
      run();
    }, delayMs);
    delayed.add(timer);
  };

  const handle = (method: string, bizContent: unknown) => handleRequest(ledger, method, bizContent);

  const platform: EmulatedPlatform = {
    ledger,
    site: fates,
    log: log.entries,
    issueCode: ({ behaviour, afterMs = PASSER_BY.afterMs }) => ledger.issueCode({ behaviour, afterMs }),
    exchange: (method, bizContent, done) =>
      platform.answer(
        method,
        bizContent,
        () => handle(method, bizContent),
        (response) => done({ response }),
      ),
    answer(method, request, book, done) {
      const { orderNo, response } = book();
      const entry = log.open(clock.now(), method, orderNo, request);
      whenDurable((durable) => {
        const said = durable ? response : unavailable();
        const fate = fates.of({ method, orderNo });
        entry.response = said;
        entry.fate = fate;
        log.answered(entry);
        if (fate === 'deliver') done(said);
        else if (fate !== 'lose') later(() => done(said), fate.delayMs);
      });
    },
    handle,
    close() {
      ledger.close();
      for (const timer of delayed) clock.clearTimeout(timer);
      delayed.clear();
    },
  };
  return platform;
}
