import { z } from 'zod';
import type { Call } from '../call.js';
import type { Cloud } from '../cloud.js';
import { expand, merged, paging, parse, words } from '../params.js';
import { beginPayment } from '../payments.js';
import { giveBack, whenReturned } from '../refunding.js';
import { invalid, readerTrouble, StripeRefusal, unexpectedState } from '../refusal.js';
import { type Intent, KINDS } from '../store.js';
import { page } from '../views/list.js';
import { callOff } from '../way.js';
import { CANCEL, CAPTURE_NOW, CONFIRM, CREATE, captureMethod, typesOf, UPDATE } from './intent-params.js';
import { ofIntent, type Route } from './route.js';

export const INTENT_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1/payment_intents', kind: 'other', handle: create },
  {
    method: 'GET',
    path: '/v1/payment_intents',
    kind: 'status',
    handle: (cloud, call) => {
      const paged = parse(z.strictObject(paging), call.params);
      call.answer(
        page('/v1/payment_intents', cloud.intents.all(), paged, (intent) => cloud.views.intent(intent, call.tell)),
      );
    },
  },
  {
    method: 'GET',
    path: '/v1/payment_intents/:',
    kind: 'status',
    world: ofIntent,
    handle: (cloud, call) => {
      parse(z.strictObject({ client_secret: words().optional(), ...expand }), call.params);
      show(cloud, call);
    },
  },
  { method: 'POST', path: '/v1/payment_intents/:', kind: 'other', world: ofIntent, handle: update },
  { method: 'POST', path: '/v1/payment_intents/:/confirm', kind: 'sale', world: ofIntent, handle: confirm },
  { method: 'POST', path: '/v1/payment_intents/:/capture', kind: 'other', world: ofIntent, handle: capture },
  { method: 'POST', path: '/v1/payment_intents/:/cancel', kind: 'abort', world: ofIntent, handle: cancel },
];

function show({ intents, views }: Cloud, call: Call): void {
  call.answer(views.intent(intents.get(call.id), call.tell));
}

/** Answers once it is durable. */
function kept(cloud: Cloud, call: Call, type?: string) {
  return (error?: Error) => {
    if (error !== undefined) return call.refuse(notKept(error));
    if (type !== undefined) {
      const view = cloud.views.intent(cloud.intents.get(call.id), () => {});
      cloud.events.emit(`payment_intent.${type}`, view, type, call.cause);
    }
    show(cloud, call);
  };
}

/** Nothing is answered that a restart would forget. */
export function notKept(error: Error): StripeRefusal {
  return new StripeRefusal(500, { type: 'api_error', message: `The object could not be stored: ${error.message}` });
}

function create(cloud: Cloud, call: Call): void {
  const given = parse(CREATE, call.params);
  if (given.confirm === true) {
    throw invalid(
      'A PaymentIntent of a reader cannot be confirmed as it is created: send it to a reader with process_payment_intent.',
      { param: 'confirm' },
    );
  }
  const id = cloud.newId('pi', call);
  const intent: Intent = cloud.intents.find(id) ?? {
    id,
    createdMs: cloud.clock.now(),
    amount: given.amount,
    captureMethod: captureMethod(given) ?? 'automatic_async',
    ...typesOf(call, given, { types: ['card'], allowedTypes: null }),
    description: given.description ?? null,
    receiptEmail: given.receipt_email ?? null,
    statementDescriptor: given.statement_descriptor ?? null,
    statementDescriptorSuffix: given.statement_descriptor_suffix ?? null,
    transferGroup: given.transfer_group ?? null,
    metadata: merged({}, given.metadata),
    attempts: [],
  };
  cloud.intents.put(intent, (error) => {
    if (error !== undefined) return call.refuse(notKept(error));
    const view = cloud.views.intent(cloud.intents.get(id), call.tell);
    cloud.events.emit('payment_intent.created', view, 'created', call.cause);
    call.answer(view);
  });
}

/** A PaymentIntent that was made here. */
function ownIntent({ shelf, intents }: Cloud, call: Call): Intent {
  const intent = intents.get(call.id);
  if (shelf.get(KINDS.intent, call.id) !== undefined) return intent;
  throw invalid(`The PaymentIntent ${call.id} was not made through this API: it can be read, and refunded.`);
}

/** What cannot be changed once the payment is under way. */
const FIXED = ['amount', 'capture_method', 'payment_method_types', 'allowed_payment_method_types'];

function update(cloud: Cloud, call: Call): void {
  const given = parse(UPDATE, call.params);
  const intent = ownIntent(cloud, call);
  const { status } = cloud.intents.stateOf(intent);
  const free = status === 'requires_payment_method' || status === 'requires_confirmation';
  const fixed = FIXED.find((name) => Object.hasOwn(call.params, name));
  if (fixed !== undefined && !free) {
    throw invalid(`This PaymentIntent's ${fixed} could not be updated because it has a status of ${status}.`, {
      code: 'payment_intent_unexpected_state',
      param: fixed,
    });
  }
  const changed: Intent = {
    ...intent,
    amount: given.amount ?? intent.amount,
    captureMethod: captureMethod(given) ?? intent.captureMethod,
    ...typesOf(call, given, intent),
    description: given.description === undefined ? intent.description : given.description,
    receiptEmail: given.receipt_email === undefined ? intent.receiptEmail : given.receipt_email,
    statementDescriptor:
      given.statement_descriptor === undefined ? intent.statementDescriptor : given.statement_descriptor,
    statementDescriptorSuffix:
      given.statement_descriptor_suffix === undefined
        ? intent.statementDescriptorSuffix
        : given.statement_descriptor_suffix,
    transferGroup: given.transfer_group === undefined ? intent.transferGroup : given.transfer_group,
    metadata: merged(intent.metadata, given.metadata),
  };
  cloud.intents.put(changed, kept(cloud, call));
}

/** The second half of collect_payment_method, without naming the reader again. */
function confirm(cloud: Cloud, call: Call): void {
  parse(CONFIRM, call.params);
  const intent = ownIntent(cloud, call);
  const { status } = cloud.intents.stateOf(intent);
  const collected = cloud.intents.collected.get(intent.id);
  const reader = cloud.readers.all().find(({ entry: { action } }) => {
    return action?.type === 'collect_payment_method' && action.intent === intent.id;
  });
  if (collected === undefined || reader === undefined)
    throw unexpectedState('confirm', status, ['requires_confirmation']);
  beginPayment(cloud, call, {
    reader,
    answer: () => show(cloud, call),
    intentId: intent.id,
    type: 'confirm_payment_intent',
    from: ['requires_payment_method', 'requires_confirmation'],
    code: collected.code,
    steer: collected.steer,
  });
}

function capture(cloud: Cloud, call: Call): void {
  const given = parse(CAPTURE_NOW, call.params);
  const intent = ownIntent(cloud, call);
  const { status, sale } = cloud.intents.stateOf(intent);
  if (status !== 'requires_capture') throw unexpectedState('capture', status, ['requires_capture']);
  if (sale === undefined) throw readerTrouble('terminal_reader_offline');
  if (sale.facts.payment !== 'paid' || cloud.holds(sale.counter)) {
    throw invalid('The money of this PaymentIntent is going back, so it cannot be captured.', {
      code: 'charge_already_refunded',
    });
  }
  const { amount_to_capture: part = intent.amount } = given;
  if (part !== intent.amount) {
    throw invalid(
      `Only the whole amount (${intent.amount}) can be captured: the wallet has paid it. Leave amount_to_capture out.`,
      { param: 'amount_to_capture', code: part > intent.amount ? 'amount_too_large' : 'amount_too_small' },
    );
  }
  const { cancel: _, ...open } = intent; // One that never got to the terminal.
  const captured = { ...open, capturedMs: cloud.clock.now(), metadata: merged(intent.metadata, given.metadata) };
  cloud.intents.put(captured, (error) => {
    if (error === undefined) {
      const charge = cloud.views.charge(sale, () => {});
      if (charge !== undefined) cloud.events.emit('charge.captured', charge, 'captured', call.cause);
    }
    kept(cloud, call, 'succeeded')(error);
  });
}

const CANCELABLE = ['requires_payment_method', 'requires_capture', 'requires_confirmation', 'processing'];

function cancel(cloud: Cloud, call: Call): void {
  const { cancellation_reason: reason = null } = parse(CANCEL, call.params);
  const intent = ownIntent(cloud, call);
  const { status, sale, away } = cloud.intents.stateOf(intent);
  if (away) throw readerTrouble('terminal_reader_offline');
  const atMs = cloud.clock.now();
  const done = () => {
    cloud.intents.collected.delete(intent.id);
    const now = cloud.intents.get(intent.id);
    cloud.intents.put({ ...now, cancel: { atMs, reason, state: 'done' } }, kept(cloud, call, 'canceled'));
  };
  switch (status) {
    case 'requires_payment_method':
    case 'requires_confirmation':
      return void done();
    case 'processing': {
      const latest = intent.attempts.at(-1);
      if (latest === undefined) throw unexpectedState('cancel', status, CANCELABLE);
      return void callOff(cloud, { type: 'process_payment_intent', intent: intent.id, n: latest.n }, (over) => {
        const now = cloud.intents.stateOf(cloud.intents.get(intent.id)).status;
        if (over && now === 'requires_payment_method') done();
        else call.refuse(unexpectedState('cancel', now, CANCELABLE));
      });
    }
    case 'requires_capture':
      if (sale === undefined) throw readerTrouble('terminal_reader_offline');
      if (sale.facts.payment !== 'paid') return void answerCanceled(cloud, call);
      cloud.intents.put({
        ...intent,
        cancel: { atMs, reason, state: 'asked', askedBefore: sale.facts.reversalsAsked },
      });
      return void giveBack(cloud, call, sale, { metadata: {} }, (refusal, nth) => {
        if (refusal !== undefined) {
          const { cancel: _, ...before } = cloud.intents.get(intent.id);
          cloud.intents.put(before);
          return call.refuse(refusal);
        }
        whenReturned(sale, nth, () => answerCanceled(cloud, call));
      });
    default:
      throw unexpectedState('cancel', status, CANCELABLE);
  }
}

/** Nobody is told that the money has gone back before it is known. */
function answerCanceled(cloud: Cloud, call: Call): void {
  const { status } = cloud.intents.stateOf(cloud.intents.get(call.id));
  if (status === 'canceled') return void show(cloud, call);
  const message =
    'The cancellation of this PaymentIntent is under way: the payment platform has not said yet that the money has gone back. Retrieve it later.';
  const refused = new StripeRefusal(409, { type: 'invalid_request_error', code: 'lock_timeout', message });
  call.refuse(
    cloud.intents.get(call.id).cancel === undefined ? unexpectedState('cancel', status, CANCELABLE) : refused,
  );
}
