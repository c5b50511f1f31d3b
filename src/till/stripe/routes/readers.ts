import { z } from 'zod';
import type { Call } from '../call.js';
import { type Cloud, refusalFor } from '../cloud.js';
import { choice, expand, merged, metadata, paging, parse, words, wordsOrNull } from '../params.js';
import { beginPayment } from '../payments.js';
import { DEVICE_TYPE, isOnline, type Reader } from '../readers.js';
import { giveBack, madeBefore } from '../refunding.js';
import { invalid, readerTrouble } from '../refusal.js';
import { page } from '../views/list.js';
import { deletedReaderView } from '../views/reader.js';
import { callOff, clearTheWay } from '../way.js';
import { REFUND, saleOf } from './charges.js';
import { notKept } from './intents.js';
import { ofReader, type Route } from './route.js';

const LIST = z.strictObject({
  location: words().optional(),
  serial_number: words().optional(),
  device_type: words(60).optional(),
  status: choice('online', 'offline').optional(),
  ...paging,
});
const CREATE = z.strictObject({
  registration_code: words(),
  label: wordsOrNull(500).optional(),
  location: words().optional(),
  metadata: metadata().optional(),
  ...expand,
});
const UPDATE = z.strictObject({ label: wordsOrNull(500).optional(), metadata: metadata().optional(), ...expand });
/** Tips, the customer's own cancel button and the like are the terminal's business. */
const CONFIG = z.record(z.string(), z.unknown()).optional();
const PROCESS = z.strictObject({ payment_intent: words(), process_config: CONFIG, ...expand });
const COLLECT = z.strictObject({ payment_intent: words(), collect_config: CONFIG, ...expand });
const CONFIRM = z.strictObject({ payment_intent: words(), confirm_config: CONFIG, ...expand });
const REFUND_PAYMENT = z.strictObject({ refund_payment_config: CONFIG, ...REFUND });
const ONE = z.strictObject(expand);

const reader = (verb: string) => `/v1/terminal/readers/:/${verb}`;

export const READER_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/v1/terminal/readers', kind: 'status', handle: listReaders },
  { method: 'POST', path: '/v1/terminal/readers', kind: 'other', handle: register },
  {
    method: 'GET',
    path: '/v1/terminal/readers/:',
    kind: 'status',
    world: ofReader,
    handle: (cloud, call) => {
      parse(ONE, call.params);
      show(cloud, call, cloud.readers.get(call.id));
    },
  },
  { method: 'POST', path: '/v1/terminal/readers/:', kind: 'other', world: ofReader, handle: update },
  { method: 'DELETE', path: '/v1/terminal/readers/:', kind: 'other', world: ofReader, handle: remove },
  { method: 'POST', path: reader('process_payment_intent'), kind: 'sale', world: ofReader, handle: process },
  { method: 'POST', path: reader('collect_payment_method'), kind: 'other', world: ofReader, handle: collect },
  { method: 'POST', path: reader('confirm_payment_intent'), kind: 'sale', world: ofReader, handle: confirm },
  { method: 'POST', path: reader('cancel_action'), kind: 'abort', world: ofReader, handle: cancelAction },
  { method: 'POST', path: reader('refund_payment'), kind: 'reversal', world: ofReader, handle: refundPayment },
];

export function show({ readers, views }: Cloud, call: Call, { id }: Reader): void {
  call.answer(views.reader(readers.get(id), call.tell));
}

function listReaders(cloud: Cloud, call: Call): void {
  const { location, serial_number: serial, device_type: type, status, ...paged } = parse(LIST, call.params);
  const found = cloud.readers.all().filter((one) => {
    if (location !== undefined && cloud.readers.locationOf(one) !== location) return false;
    if (serial !== undefined && one.counter.id !== serial) return false;
    if (type !== undefined && type !== DEVICE_TYPE) return false;
    return status === undefined || (status === 'online') === isOnline(one);
  });
  // In the order of the terminals, as they were given.
  call.answer(page('/v1/terminal/readers', found.reverse(), paged, (one) => cloud.views.reader(one, call.tell)));
}

function register(cloud: Cloud, call: Call): void {
  const given = parse(CREATE, call.params);
  const { id, entry } = cloud.readers.byCode(given.registration_code);
  if (given.location !== undefined) cloud.readers.location(given.location);
  const change = {
    ...(given.label === undefined || given.label === null ? {} : { label: given.label }),
    ...(given.location === undefined ? {} : { location: given.location }),
    metadata: merged(entry.deleted ? {} : entry.metadata, given.metadata),
    claimed: true,
    deleted: false,
  };
  cloud.readers.change(id, change, answered(cloud, call, id));
}

function update(cloud: Cloud, call: Call): void {
  const given = parse(UPDATE, call.params);
  const { id, entry } = cloud.readers.get(call.id);
  const { label: before, ...rest } = entry;
  const label = given.label === undefined ? before : (given.label ?? undefined);
  const changed = {
    ...rest,
    ...(label === undefined ? {} : { label }),
    metadata: merged(entry.metadata, given.metadata),
  };
  cloud.readers.put(changed, answered(cloud, call, id));
}

/** The terminal stays, and can be registered again. */
function remove(cloud: Cloud, call: Call): void {
  parse(z.strictObject({}), call.params);
  const gone = cloud.readers.get(call.id);
  if (isAt(cloud, gone)) throw readerTrouble('terminal_reader_busy');
  cloud.readers.change(gone.id, { deleted: true, action: null }, (error) => {
    if (error !== undefined) call.refuse(notKept(error));
    else call.answer(deletedReaderView(gone));
  });
}

/** Answers with the reader, once it is durable. */
export function answered(cloud: Cloud, call: Call, id: string) {
  return (error?: Error) => {
    if (error !== undefined) call.refuse(notKept(error));
    else show(cloud, call, cloud.readers.get(id));
  };
}

export function isAt(cloud: Cloud, { entry: { action } }: Reader): boolean {
  return action !== null && cloud.views.actionState(action).status === 'in_progress';
}

function process(cloud: Cloud, call: Call): void {
  const { payment_intent: intentId, process_config: config } = parse(PROCESS, call.params);
  const from = ['requires_payment_method', 'requires_confirmation'] as const;
  beginPayment(cloud, call, {
    reader: cloud.readers.get(call.id),
    intentId,
    type: 'process_payment_intent',
    from,
    config,
  });
}

/** The reader asks for a code; it is kept until the payment is confirmed, for as long as codes live. */
function collect(cloud: Cloud, call: Call): void {
  const { payment_intent: intentId, collect_config: config } = parse(COLLECT, call.params);
  const intent = cloud.intents.get(intentId, 'payment_intent');
  const { status } = cloud.intents.stateOf(intent);
  if (status !== 'requires_payment_method' && status !== 'requires_confirmation') {
    const message = `Payment intent must be in the requires_payment_method state to collect a payment method, but is ${status}.`;
    throw invalid(message, { code: 'intent_invalid_state', param: 'payment_intent' });
  }
  onTheWay(cloud, call, cloud.readers.get(call.id), ({ id, counter }) => {
    cloud.intents.collected.delete(intentId);
    counter.world.terminal.showText({ zh: '请出示付款码', en: 'Please show your payment code' });
    const action = { type: 'collect_payment_method', intent: intentId, status: 'in_progress' } as const;
    cloud.readers.setAction(id, { ...action, ...(config === undefined ? {} : { config }) }, answered(cloud, call, id));
  });
}

function confirm(cloud: Cloud, call: Call): void {
  const { payment_intent: intentId, confirm_config: config } = parse(CONFIRM, call.params);
  const at = cloud.readers.get(call.id);
  const { code, steer } = cloud.intents.collected.get(intentId) ?? {};
  const from = ['requires_confirmation'] as const;
  beginPayment(cloud, call, { reader: at, intentId, type: 'confirm_payment_intent', from, config, code, steer });
}

/**
 * What is not paid yet is given up. What is being paid, printed or returned goes on, and an action that has an end keeps it:
 * the answer shows how it ended.
 */
function cancelAction(cloud: Cloud, call: Call): void {
  parse(ONE, call.params);
  const at = cloud.readers.get(call.id);
  const { id, counter, entry } = at;
  const { action } = entry;
  if (!isOnline(at)) throw readerTrouble('terminal_reader_offline');
  if (action === null || (!isAt(cloud, at) && action.type !== 'set_reader_display')) return void show(cloud, call, at);
  switch (action.type) {
    case 'refund_payment':
    case 'print_content':
      throw readerTrouble('terminal_reader_busy');
    case 'process_payment_intent':
    case 'confirm_payment_intent':
      return void cloud.hold(at, (release) =>
        callOff(cloud, action, (over) => {
          release();
          if (!over) return call.refuse(readerTrouble('terminal_reader_busy'));
          const isPaid = cloud.views.actionState(action).status === 'succeeded';
          if (isPaid) show(cloud, call, at);
          else cloud.readers.setAction(id, null, answered(cloud, call, id));
        }),
      );
    default:
      counter.world.terminal.showText(undefined);
      cloud.readers.setAction(id, null, answered(cloud, call, id));
  }
}

function refundPayment(cloud: Cloud, call: Call): void {
  const given = parse(REFUND_PAYMENT, call.params);
  const at = cloud.readers.get(call.id);
  const sale = saleOf(cloud, given);
  const request = { amount: given.amount, metadata: merged({}, given.metadata) };
  if (sale.counter !== at.counter) {
    const words = `The payment was made at another reader, ${cloud.readers.of(sale.counter).id}: it can be refunded there.`;
    throw invalid(words, { param: given.charge === undefined ? 'payment_intent' : 'charge' });
  }
  if (madeBefore(cloud, call, sale, request) !== undefined) return void show(cloud, call, at);
  giveBack(cloud, call, sale, request, (refusal, nth) => {
    if (refusal !== undefined) return call.refuse(refusal);
    const { saleId } = sale.facts;
    const by = given.charge === undefined ? 'payment_intent' : 'charge';
    cloud.readers.setAction(at.id, { type: 'refund_payment', saleId, nth, by }, answered(cloud, call, at.id));
  });
}

/** Runs a command that is no payment, when the reader is free for it. */
export function onTheWay(cloud: Cloud, call: Call, at: Reader, run: (at: Reader) => void): void {
  cloud.hold(at, (release) =>
    clearTheWay(cloud, at, (refusal) => {
      release();
      if (refusal !== undefined) return call.refuse(refusal);
      try {
        run(cloud.readers.get(at.id));
      } catch (error) {
        call.refuse(refusalFor(error));
      }
    }),
  );
}
