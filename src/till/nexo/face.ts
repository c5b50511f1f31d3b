import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { TillFaceName } from '../../ports/till-faults.js';
import type { Counter } from '../counter.js';
import type { Shop } from '../shop.js';
import type { Exchange, TillAnswer, TillFace, TillLook, TillRequest } from '../wire.js';
import { Call, type Line, refusedBy } from './call.js';
import { CodeReader } from './code-reader.js';
import { eventDetails, eventMessage, NO_RESPONSE } from './events.js';
import type { Answer, Question } from './input-person.js';
import { asyncLine, json, localLine, syncLine } from './lines.js';
import { failure, HEADER, HEADER_HINTS, type Header, type HeaderHints, problemOf, read } from './message.js';
import { Nonces } from './nonces.js';
import { NexoEvents } from './notices.js';
import type { NexoOptions } from './options.js';
import { Poi } from './poi.js';
import { Secured } from './secured.js';
import type { Service } from './service.js';
import { SERVICES } from './services/index.js';
import { Totals } from './totals.js';

/** The places at which messages arrive: the terminal's own, and those of the cloud. */
type Place = 'nexo' | 'sync' | 'async';
const PLACES: Readonly<Record<string, Place>> = {
  '/nexo': 'nexo',
  '/nexo/': 'nexo',
  '/sync': 'sync',
  '/async': 'async',
};

/** How long Adyen's cloud waits for a terminal. */
const CLOUD_LIMIT_MS = 150_000;

/** What was sent, as far as it is a message. */
interface Received {
  readonly body: Readonly<Record<string, unknown>>;
  readonly hints: HeaderHints;
}

/** What a terminal seals with, and by which it knows messages again. */
interface Seal {
  readonly secured: Secured;
  readonly nonces: Nonces;
}

/** The Adyen Terminal API, and what a person at the terminal can do about it. */
export interface NexoFace extends TillFace {
  /** What a terminal asks somebody just now (Input). */
  question(terminalId: string): Question | undefined;
  /** Somebody answers. Nothing if that was taken, else what is wrong with it. */
  answerInput(terminalId: string, answer: Answer): string | undefined;
}

/**
 * nexo Retailer 3.0 in JSON as the Adyen Terminal API speaks it: at `/nexo/` the terminal itself, plainly or sealed; at
 * `/sync` and `/async` the cloud before it. Terminals are told apart by POIID.
 */
export function createNexoFace(shop: Shop, options: NexoOptions): NexoFace {
  return new Face(shop, options);
}

class Face implements NexoFace {
  readonly name: TillFaceName = 'nexo';
  readonly #shop: Shop;
  readonly #options: NexoOptions;
  readonly #pois = new Map<string, Poi>();
  readonly #secured = new Map<Poi, Seal>();
  readonly #events: NexoEvents;

  constructor(shop: Shop, options: NexoOptions) {
    this.#shop = shop;
    this.#options = options;
    this.#events = new NexoEvents(options.hooks);
    for (const counter of shop.counters.values()) this.#add(counter);
  }

  look({ path, body }: TillRequest): TillLook {
    const place = PLACES[path];
    const received = place === undefined ? undefined : receivedOf(body);
    if (received === undefined) return { kind: 'other', world: undefined };
    const { MessageCategory = '', POIID = '' } = received.hints;
    const kind = SERVICES.get(MessageCategory)?.kind ?? 'other';
    return { kind, world: this.#pois.get(POIID)?.world, cloud: place !== 'nexo' };
  }

  accept(exchange: Exchange): void {
    this.#receive(exchange, (service, call, body) => service.serve(call, body));
  }

  refuseBusy(exchange: Exchange): void {
    this.#receive(exchange, (service, call, body) => {
      const message = 'Forbidden Request, the terminal is busy';
      if (service.response === undefined) call.reject(message);
      else call.answer(service.failed(failure('Busy', { message }), body));
    });
  }

  refuse(status: number, problem: string): TillAnswer {
    return refusal(status, problem);
  }

  question(terminalId: string): Question | undefined {
    return this.#poiOf(terminalId)?.dialogue?.question;
  }

  answerInput(terminalId: string, answer: Answer): string | undefined {
    const take = this.#poiOf(terminalId)?.dialogue?.take;
    return take === undefined ? 'nothing is asked' : take(answer);
  }

  close(): void {
    this.#events.close();
    for (const poi of this.#pois.values()) poi.close();
  }

  #add(counter: Counter): void {
    const { poiId = (terminalId: string) => `P400Plus-${terminalId}`, key, shelf, custom } = this.#options;
    const id = poiId(counter.id);
    const reader = new CodeReader(counter.world, custom);
    const totals = new Totals(id, counter.world, shelf);
    const random = this.#shop.random.fork(`nexo ${id}`);
    const poi = new Poi({ id, counter, random, options: this.#options, totals, reader });
    this.#pois.set(id, poi);
    if (key !== undefined) {
      const nonces = new Nonces(poi);
      this.#secured.set(poi, { secured: new Secured(key, random.fork('nonces'), nonces), nonces });
    }
    this.#events.follow(poi);
  }

  #poiOf(terminalId: string): Poi | undefined {
    for (const poi of this.#pois.values()) if (poi.counter.id === terminalId) return poi;
    return undefined;
  }

  /** From a request to the service that it is for; everything on the way that does not fit is refused in nexo's words. */
  #receive(exchange: Exchange, serve: (service: Service, call: Call, body: unknown) => void): void {
    const { request } = exchange;
    const place = PLACES[request.path];
    if (place === undefined) {
      exchange.answer(refusal(404, `there is nothing at ${request.path.slice(0, 100)}`));
      return;
    }
    if (request.method !== 'POST') {
      exchange.answer(refusal(405, `${request.method} is not possible; allowed: POST`));
      return;
    }
    if (place !== 'nexo' && !this.#isWelcome(request)) {
      exchange.answer(refusal(401, 'X-API-Key is not the right one'));
      return;
    }
    const received = receivedOf(request.body);
    const reject = (message: string) =>
      exchange.answer(json(this.#rejection(received?.hints ?? {}, message, request.body)));
    if (received === undefined) {
      reject('The body is no JSON with a SaleToPOIRequest');
      return;
    }
    const poi = this.#pois.get(received.hints.POIID ?? '');
    if (poi === undefined) {
      reject(`POIID ${received.hints.POIID ?? ''} is not known; allowed: ${[...this.#pois.keys()].join(', ')}`);
      return;
    }
    if (place === 'nexo' && !('NexoBlob' in received.body) && !this.#isWelcome(request)) {
      exchange.answer(refusal(401, 'X-API-Key is not the right one, and the message is not encrypted'));
      return;
    }
    const opened = this.#opened(place, poi, received.body);
    if ('refusal' in opened) {
      reject(opened.refusal);
      return;
    }
    const { header, body } = opened;
    if (header.ServiceID === undefined && header.DeviceID === undefined) {
      reject('MessageHeader.ServiceID is wanting');
      return;
    }
    if (header.ProtocolVersion !== undefined && header.ProtocolVersion !== '3.0') {
      reject(`ProtocolVersion ${header.ProtocolVersion} is not spoken here; allowed: 3.0`);
      return;
    }
    const service = SERVICES.get(header.MessageCategory);
    if (service === undefined) {
      reject(`MessageCategory ${header.MessageCategory} is not known`);
      return;
    }
    if (poi.counter.power === 'off') {
      place === 'nexo' ? exchange.drop() : reject(NO_RESPONSE);
      return;
    }
    const { sealed } = opened;
    const line = this.#line(place, { exchange, header, poi }, sealed?.secured);
    const call = new Call({ header, poi, line, response: service.response ?? '' });
    const asked = body[service.request];
    if (sealed === undefined || !(service.kind === 'sale' || service.kind === 'reversal')) {
      serve(service, call, asked);
      return;
    }
    sealed.nonces.keep(sealed.nonce, call.key, (error) => {
      if (error === undefined) serve(service, call, asked);
      else call.answer(service.failed(refusedBy(error), asked));
    });
  }

  /** The message itself, out of its seal if it has one. */
  #opened(
    place: Place,
    poi: Poi,
    sent: Readonly<Record<string, unknown>>,
  ):
    | {
        readonly header: Header;
        readonly body: Readonly<Record<string, unknown>>;
        /** What the answer is sealed with, and what the message was known by. */
        readonly sealed: (Seal & { readonly nonce: string }) | undefined;
      }
    | { readonly refusal: string } {
    const seal = place === 'nexo' ? this.#secured.get(poi) : undefined;
    if ('NexoBlob' in sent) {
      if (seal === undefined) return { refusal: 'Crypto error: this terminal has no key for encrypted messages' };
      const opened = seal.secured.open(sent);
      if ('refusal' in opened) return opened;
      const inside = MESSAGE.safeParse(opened.message);
      const sealed = { ...seal, nonce: opened.nonce };
      return { header: opened.header, body: inside.data?.SaleToPOIRequest ?? {}, sealed };
    }
    if (seal !== undefined && this.#options.key?.allowPlain !== true) {
      return { refusal: 'Crypto error: this terminal takes encrypted messages only' };
    }
    const header = read(HEADER, sent.MessageHeader);
    if (!header.success) return { refusal: problemOf(header.error, 'MessageHeader') };
    return { header: header.data, body: sent, sealed: undefined };
  }

  #line(place: Place, parts: { exchange: Exchange; header: Header; poi: Poi }, secured: Secured | undefined): Line {
    if (place === 'nexo') return localLine(parts, secured);
    if (place === 'async') return asyncLine(parts, this.#events);
    return syncLine(parts, this.#options.cloudLimitMs ?? CLOUD_LIMIT_MS);
  }

  #isWelcome({ headers }: TillRequest): boolean {
    const { apiKey } = this.#options;
    if (apiKey === undefined) return true;
    const digest = (text: string) => createHash('sha256').update(text).digest();
    return timingSafeEqual(digest(headers['x-api-key'] ?? ''), digest(apiKey));
  }

  #rejection(about: HeaderHints, message: string, rejected: string): object {
    const { clock, random } = this.#shop;
    const deviceId = random.digits(9);
    return eventMessage({
      event: 'Reject',
      details: eventDetails({ message }),
      atMs: clock.now(),
      about,
      deviceId,
      rejected,
    });
  }
}

const MESSAGE = z.object({ SaleToPOIRequest: z.record(z.string(), z.unknown()) });

function receivedOf(text: string): Received | undefined {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = MESSAGE.safeParse(given);
  if (!parsed.success) return undefined;
  const body = parsed.data.SaleToPOIRequest;
  return { body, hints: HEADER_HINTS.catch({}).parse(body.MessageHeader) };
}

/** What the cloud says of requests that are no messages: the shape of its errors everywhere. */
function refusal(status: number, message: string): TillAnswer {
  const errorType = status === 401 || status === 403 ? 'security' : 'validation';
  return json({ status, errorCode: '000', message, errorType }, status);
}
