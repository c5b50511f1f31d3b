import { PaperjamError } from '../../base/errors.js';
import type { Courier } from '../courier.js';
import { Hooks } from '../hooks.js';
import type { Shelf } from '../shelf.js';
import type { Shop } from '../shop.js';
import type { Exchange, TillFace, TillLook, TillRequest } from '../wire.js';
import { counterOf } from './counter-of.js';
import { FAULT_ROUTES } from './faults.js';
import { fingerprintOf } from './fingerprint.js';
import { JournalReader } from './journal-reader.js';
import { type Asked, KeptAnswers } from './kept-answers.js';
import { listRoutes } from './lists.js';
import { Notifier } from './notifier.js';
import { keyOf } from './parse.js';
import { answerOf, problemAnswer, problemOf } from './problem.js';
import { type Call, type Found, type Route, Router } from './route.js';
import { cancelSale, getSale, getVerdict, openSale, reverseSale, scanCode } from './sales.js';
import { signStandard } from './standard-webhooks.js';
import { getTerminal, listTerminals } from './terminals.js';
import { TICKET_ROUTES } from './tickets.js';
import { webhookRoutes } from './webhooks.js';

const JSON_TYPE = 'application/json; charset=utf-8';

export interface ApiFaceOptions {
  /** Keeps what must outlive this process beside the journals: which requests had their effect already. */
  readonly shelf: Shelf;
  /** Brings events to those who have subscribed; without one there are no webhooks. */
  readonly courier?: Courier | undefined;
  /** 32 bytes that nobody can guess, for secrets. Default: the shop's own chance, which in a simulation everybody knows. */
  readonly secretBytes?: (() => Uint8Array) | undefined;
  /** Told of errors that are bugs, of which the till learns nothing. */
  readonly bug: (error: Error) => void;
}

export interface ApiFace extends TillFace {
  /** All that it answers, for who describes it, and for who serves it beside other things. */
  readonly routes: readonly Route[];
  /** The journal of a terminal, for who tells of it in other ways. */
  readerOf(terminalId: string): JournalReader;
}

/** The terminal's own API, as far as it is requests and answers. */
export function createApiFace(shop: Shop, options: ApiFaceOptions): ApiFace {
  const { shelf, bug } = options;
  const readers = new Map([...shop.counters].map(([id, { world }]) => [id, new JournalReader(world)]));
  const readerOf = (terminalId: string) => {
    const reader = readers.get(terminalId);
    if (reader === undefined) throw new Error(`the shop has no terminal ${terminalId}`);
    return reader;
  };
  const events = webhooks(shop, readerOf, options);
  const routes: readonly Route[] = [
    openSale,
    ...listRoutes(readerOf),
    getSale,
    getVerdict,
    cancelSale,
    reverseSale,
    ...TICKET_ROUTES,
    scanCode,
    listTerminals,
    getTerminal,
    ...FAULT_ROUTES,
    ...(events === undefined ? [] : webhookRoutes(events)),
  ];
  const router = new Router(routes);
  const kept = new KeptAnswers(shelf);

  return {
    name: 'api',
    routes,
    readerOf,
    look(request): TillLook {
      try {
        const { route, params } = router.find(request);
        return { kind: route.kind, world: counterOf(shop, params).world };
      } catch {
        return { kind: 'other', world: undefined }; // What is wrong with it is said when it is accepted.
      }
    },
    accept(exchange) {
      const { request } = exchange;
      try {
        handle(exchange, router.find(request));
      } catch (error) {
        exchange.answer(problemAnswer(error, bug));
      }
    },
    refuseBusy: (exchange) =>
      exchange.answer(
        problemAnswer(new PaperjamError('PJ_BUSY', { doing: 'it is at something else', state: 'busy' }), bug),
      ),
    refuse: (status, problem) =>
      answerOf(problemOf(new PaperjamError('PJ_REQUEST', { what: 'as it came', problem }), status)),
    close() {
      events?.close();
      for (const reader of readers.values()) reader.close();
    },
  };

  function handle(exchange: Exchange, { route, params }: Found): void {
    const { request } = exchange;
    const key = route.method === 'POST' ? keyOf(request) : undefined;
    const asked = key === undefined || route.repeats === 'sale' ? undefined : { key, ...askedBy(request) };
    const before = asked === undefined ? undefined : kept.find(asked.key, asked);
    if (before !== undefined && route.repeats === 'answer') {
      exchange.answer(before);
      return;
    }
    const fail = (error: unknown) => exchange.answer(problemAnswer(error, bug));
    let word = before?.body ?? '';
    const call: Call = {
      exchange,
      shop,
      counter: counterOf(shop, params),
      params,
      key,
      noted: before?.body,
      note(given) {
        word = given;
      },
      answer(status, body, headers = {}, told = []) {
        const type: Record<string, string> = body === undefined ? {} : { 'content-type': JSON_TYPE };
        const again: Record<string, string> = before === undefined ? {} : { 'idempotency-replayed': 'true' };
        const answer = {
          status,
          headers: { ...type, ...again, ...headers },
          body: body === undefined ? '' : JSON.stringify(body),
        };
        if (asked !== undefined && route.repeats === 'answer') kept.keep(asked.key, asked, answer);
        exchange.answer(answer, ...(request.method === 'HEAD' ? [] : told));
      },
      fail,
      attempt(run) {
        try {
          run();
        } catch (error) {
          fail(error);
        }
      },
    };
    route.run(call);
    // From here on it is under way; what it comes to is told by whoever asks.
    if (asked !== undefined && route.repeats === 'effect') kept.keep(asked.key, asked, { status: 202, body: word });
  }
}

function webhooks(shop: Shop, readerOf: ApiFace['readerOf'], { shelf, courier, secretBytes }: ApiFaceOptions) {
  if (courier === undefined) return undefined;
  const { clock, counters, random } = shop;
  const hooks = new Hooks({ clock, random, shelf, courier, name: 'api', sign: signStandard });
  const notifiers = [...counters.values()].map(
    (counter) => new Notifier({ counter, reader: readerOf(counter.id), shelf, hooks }),
  );
  return {
    hooks,
    random,
    secretBytes: secretBytes ?? (() => Uint8Array.from({ length: 32 }, () => random.int(0, 255))),
    begin() {
      for (const notifier of notifiers) notifier.begin();
    },
    close() {
      for (const notifier of notifiers) notifier.close();
      hooks.close();
    },
  };
}

function askedBy({ method, path, body }: TillRequest): Asked {
  return { of: fingerprintOf({ method, path, body }), what: `${method} ${path.slice(0, 200)}` };
}
