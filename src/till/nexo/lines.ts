import type { Exchange, TillAnswer, ToldPayment } from '../wire.js';
import type { Line } from './call.js';
import { eventDetails, eventMessage, NO_RESPONSE } from './events.js';
import { answered, type Header } from './message.js';
import type { NexoEvents } from './notices.js';
import type { Poi } from './poi.js';
import type { Secured } from './secured.js';

export function json(body: unknown, status = 200): TillAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

interface Parts {
  readonly exchange: Exchange;
  readonly header: Header;
  readonly poi: Poi;
}

/** A Reject about this request. */
function rejection({ exchange, header, poi }: Parts, details: string): object {
  const { body } = exchange.request;
  const deviceId = poi.newDeviceId();
  return eventMessage({ event: 'Reject', details, atMs: poi.clock.now(), about: header, deviceId, rejected: body });
}

/** The till is connected to the terminal itself; `secured`: what goes back is sealed. */
export function localLine(parts: Parts, secured: Secured | undefined): Line {
  const { exchange, header, poi } = parts;
  const body = (kind: 'SaleToPOIResponse' | 'SaleToPOIRequest', message: object, head: object) =>
    secured === undefined ? message : { [kind]: secured.seal(message, head) };
  const offLoss = poi.counter.onPowerLoss(() => exchange.drop());
  const over =
    <Arguments extends unknown[]>(act: (...values: Arguments) => void) =>
    (...values: Arguments) => {
      offLoss();
      act(...values);
    };
  exchange.onGone(offLoss);
  return {
    send: over((message: object, told: readonly ToldPayment[] = []) =>
      exchange.answer(json(body('SaleToPOIResponse', message, answered(header))), ...told),
    ),
    reject: over((details: string) =>
      exchange.answer(json(body('SaleToPOIRequest', rejection(parts, details), eventHeader(header)))),
    ),
    accepted: over(() => exchange.answer({ status: 200, body: '' })), // The client library expects an empty body.
    gone: over(() => exchange.drop()),
    expects: (saleId) => exchange.expects(poi.world, saleId),
  };
}

/** The till is connected to the cloud, and the cloud to the terminal: if that falls silent, the cloud says so at last. */
export function syncLine(parts: Parts, limitMs: number): Line {
  const { exchange, poi } = parts;
  const { clock } = poi;
  let isThere = true;
  const silent = clock.setTimeout(() => {
    isThere = false;
    over();
    exchange.answer(json(rejection(parts, eventDetails({ message: NO_RESPONSE }))));
  }, limitMs);
  const gone = () => {
    isThere = false; // What it did not say before it lost its power, it does not say any more.
  };
  const offLoss = poi.counter.onPowerLoss(gone);
  const over = () => {
    clock.clearTimeout(silent);
    offLoss();
  };
  const say = (answer: TillAnswer, told: readonly ToldPayment[] = []) => {
    if (!isThere) return;
    over();
    exchange.answer(answer, ...told);
  };
  exchange.onGone(over);
  return {
    send: (message, told) => say(json(message), told),
    reject: (details) => say(json(rejection(parts, details))),
    accepted: () => say({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' }),
    gone,
    expects: (saleId) => exchange.expects(poi.world, saleId),
  };
}

/** The till does not wait: the cloud has taken the message, and what the terminal says comes as a notification. */
export function asyncLine(parts: Parts, events: NexoEvents): Line {
  const { exchange, header, poi } = parts;
  exchange.answer({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' });
  let isThere = true;
  const end = (message: object, told: readonly ToldPayment[] = []) => {
    if (!isThere) return;
    isThere = false;
    offLoss();
    const heard = () => {
      for (const { saleId } of told) poi.counter.delivered('nexo', saleId);
    };
    events.tell(poi, 'SaleToPOIResponse' in message ? `${header.MessageCategory}Response` : 'Event', message, heard);
    for (const { world, saleId, payment } of told) world.tills.told({ face: 'nexo', saleId, payment });
  };
  const gone = () => end(rejection(parts, eventDetails({ message: NO_RESPONSE })));
  const offLoss = poi.counter.onPowerLoss(gone);
  return {
    send: end,
    reject: (details) => end(rejection(parts, details)),
    accepted: () => {
      isThere = false;
      offLoss();
    },
    gone,
    expects: () => {},
  };
}

function eventHeader(header: Header): object {
  return { ...header, MessageCategory: 'Event', MessageClass: 'Event', MessageType: 'Notification' };
}
