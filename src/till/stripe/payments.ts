import { PaperjamError } from '../../base/errors.js';
import type { Call } from './call.js';
import { type Cloud, refusalFor } from './cloud.js';
import type { IntentStatus } from './intents.js';
import type { Reader } from './readers.js';
import { invalid, readerTrouble, type StripeRefusal } from './refusal.js';
import { FACE, keyOf } from './sales.js';
import type { Attempt, Intent, Steer } from './store.js';
import { clearTheWay } from './way.js';

/** How long Stripe waits for a reader to say that it has got a command. */
const COMMAND_MS = 30_000;

const SUBJECT_MAX = 128;

export interface Begin {
  readonly reader: Reader;
  readonly intentId: string;
  readonly type: 'process_payment_intent' | 'confirm_payment_intent';
  /** In which states the PaymentIntent may be. */
  readonly from: readonly IntentStatus[];
  readonly config?: Readonly<Record<string, unknown>> | undefined;
  /** A code that was shown before. */
  readonly code?: string | undefined;
  readonly steer?: Steer | undefined;
  /** What is answered once the reader has got it; the reader if nothing is said. */
  readonly answer?: () => void;
}

/**
 * Sends a PaymentIntent to a reader. The attempt is on the shelf, durably, before the terminal is told; the sale stands in
 * the journal under the attempt's key before the till is answered. So whatever breaks in between, the same request finds
 * the same sale, and another attempt is made only when the one before is known to have failed.
 */
export function beginPayment(cloud: Cloud, call: Call, wanted: Begin): void {
  const { intents } = cloud;
  const { reader, intentId } = wanted;
  const intent = intents.get(intentId, 'payment_intent');
  if (isSame(cloud, call, reader, intent)) return void answer(cloud, call, wanted);
  checkState(cloud, intent, wanted.from);
  cloud.hold(reader, (release) => {
    const refuse = (refusal: StripeRefusal) => {
      release();
      call.refuse(refusal);
    };
    clearTheWay(cloud, reader, (refusal) => {
      if (refusal !== undefined) return refuse(refusal);
      try {
        note(cloud, call, wanted, release);
      } catch (error) {
        refuse(refusalFor(error));
      }
    });
  });
}

/** The request was got before, or asks for what the reader is at already. */
function isSame({ sales, intents }: Cloud, call: Call, reader: Reader, intent: Intent): boolean {
  const mine = intent.attempts.find(({ by }) => by !== undefined && by === call.key);
  const known = mine?.settled !== undefined || (mine !== undefined && sales.ofAttempt(intent, mine) !== undefined);
  if (known) return true;
  const { action } = reader.entry;
  const latest = intent.attempts.at(-1);
  if (latest === undefined || action === null || !('n' in action)) return false;
  const here = action.intent === intent.id && action.n === latest.n && latest.terminalId === reader.counter.id;
  return here && sales.ofAttempt(intent, latest) !== undefined && intents.stateOf(intent).status === 'processing';
}

function checkState({ intents }: Cloud, intent: Intent, from: readonly IntentStatus[]): void {
  const { status, away } = intents.stateOf(intent);
  if (away) throw readerTrouble('terminal_reader_offline');
  if (!from.includes(status)) {
    const message = `Payment intent must be in the ${from.join(' or ')} state to be processed, but is ${status}.`;
    throw invalid(message, { code: 'intent_invalid_state', param: 'payment_intent' });
  }
  if (!intent.types.some((type) => type === 'card_present' || type === 'alipay')) {
    throw invalid('The PaymentIntent must allow card_present (allowed_payment_method_types).', {
      code: 'payment_intent_incompatible_payment_method',
      param: 'payment_intent',
    });
  }
}

/** Puts the attempt on the shelf, and then opens its sale. */
function note(cloud: Cloud, call: Call, wanted: Begin, release: () => void): void {
  const { intents, sales, readers, clock } = cloud;
  const { intentId, type, config, steer } = wanted;
  const reader = readers.get(wanted.reader.id);
  const intent = intents.get(intentId, 'payment_intent');
  checkState(cloud, intent, wanted.from); // Meanwhile it may have been cancelled.
  const latest = intent.attempts.at(-1);
  // One that never became a sale is made anew under its own number.
  const begun = latest !== undefined && (latest.settled !== undefined || sales.ofAttempt(intent, latest) !== undefined);
  const n = latest === undefined ? 1 : begun ? latest.n + 1 : latest.n;
  const attempt: Attempt = {
    n,
    terminalId: reader.counter.id,
    startedMs: clock.now(),
    ...(call.key === undefined ? {} : { by: call.key }),
    ...(steer === undefined ? {} : { steer }),
  };
  const key = keyOf(intentId, n);
  intents.opening.add(key);
  intents.put({ ...intent, attempts: [...intent.attempts.filter((one) => one.n !== n), attempt] });
  readers.setAction(reader.id, { type, intent: intentId, n, ...(config === undefined ? {} : { config }) }, (error) => {
    intents.opening.delete(key);
    release();
    if (error !== undefined) return call.refuse(refusalFor(error));
    open(cloud, call, { reader, intent, n, wanted });
  });
}

interface Opening {
  /** As they were before. */
  readonly reader: Reader;
  readonly intent: Intent;
  readonly n: number;
  readonly wanted: Begin;
}

function open(cloud: Cloud, call: Call, { reader, intent, n, wanted }: Opening): void {
  const { clock, steering, intents, readers } = cloud;
  const { counter } = reader;
  let saleId: string;
  try {
    const subject = subjectOf(intent);
    const sale = { face: FACE, key: keyOf(intent.id, n), of: String(intent.amount), amountFen: intent.amount, subject };
    // The code is shown by itself, once the platform knows what to say of it.
    ({ saleId } = counter.open({ ...sale, custom: 'none' }));
  } catch (error) {
    if (!(error instanceof PaperjamError)) throw error;
    // After a power cut the record of the sale may be found all the same: then the attempt is needed.
    if (error.code !== 'PJ_POWER_CUT') {
      intents.put({ ...intents.get(intent.id), attempts: intent.attempts });
      readers.setAction(reader.id, reader.entry.action);
    }
    return void call.refuse(refusalFor(error));
  }
  call.expects(counter.world, saleId);
  intents.collected.delete(intent.id);
  steering.set(saleId, wanted.steer);
  if (wanted.code !== undefined) counter.world.people.show(wanted.code);
  const end = (refusal?: StripeRefusal) => {
    clock.clearTimeout(timer);
    forget();
    if (refusal === undefined) answer(cloud, call, wanted);
    else call.refuse(refusal);
  };
  let forget = () => {};
  const timer = clock.setTimeout(() => end(readerTrouble('terminal_reader_timeout')), COMMAND_MS);
  forget = counter.whenDurable(saleId, (error) => end(error === undefined ? undefined : refusalFor(error)));
}

function answer({ readers, views }: Cloud, call: Call, { reader, answer: other }: Begin): void {
  if (other !== undefined) return void other();
  call.answer(views.reader(readers.get(reader.id), call.tell));
}

/** What stands on the ticket: one line. */
function subjectOf({ description, statementDescriptor }: Intent): string | undefined {
  const text = (description ?? statementDescriptor ?? '').replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const letters = Array.from(text).slice(0, SUBJECT_MAX).join('');
  return letters === '' ? undefined : letters;
}
