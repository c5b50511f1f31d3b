import { PaperjamError } from '../../base/errors.js';
import type { Counter } from '../counter.js';
import type { Cloud } from './cloud.js';
import { isOnline, type Reader } from './readers.js';
import { readerTrouble, type StripeRefusal } from './refusal.js';
import { isOver } from './sales.js';
import type { Action } from './store.js';

/** How long a command waits for the terminal to finish the ticket of the sale before. */
const FREE_WAIT_MS = 20_000;
const ABORT_WAIT_MS = 10_000;

type Done = (refusal?: StripeRefusal) => void;

/**
 * Clears the way for a new action of a reader, as Stripe's readers do: a payment for which nobody has shown a code yet is
 * replaced, and so is what stands on the display; what is being paid, printed or returned is not. `done` is called once:
 * the terminal is free, or it is refused.
 */
export function clearTheWay(cloud: Cloud, reader: Reader, done: Done): void {
  const { counter, entry } = reader;
  if (!isOnline(reader)) return void done(readerTrouble('terminal_reader_offline'));
  const { action } = entry;
  if (action === null || cloud.views.actionState(action).status !== 'in_progress') return void whenFree(counter, done);
  switch (action.type) {
    case 'refund_payment':
    case 'print_content':
      return void done(readerTrouble('terminal_reader_busy'));
    case 'process_payment_intent':
    case 'confirm_payment_intent':
      return void callOff(cloud, action, (over) =>
        over ? whenFree(counter, done) : done(readerTrouble('terminal_reader_busy')),
      );
    default:
      return void whenFree(counter, done);
  }
}

/**
 * Gives up a payment for which no code was shown yet. `done` is told whether it has an end now, whichever it is; never once
 * the customer has shown a code: then the payment goes on (docs.stripe.com/terminal/payments/collect-card-payment,
 * «Programmatic cancellation»).
 */
export function callOff(
  { intents, sales }: Cloud,
  { intent: intentId, n }: Extract<Action, { readonly n: number }>,
  done: (over: boolean) => void,
): void {
  const intent = intents.find(intentId);
  const attempt = intent?.attempts.find((one) => one.n === n);
  const sale = intent === undefined || attempt === undefined ? undefined : sales.ofAttempt(intent, attempt);
  if (sale?.facts === undefined || sale.facts.sent) return void done(sale?.facts !== undefined && isOver(sale.facts));
  intents.change(intentId, n, { calledOff: true });
  try {
    sale.counter.abort(sale.saleId);
  } catch (error) {
    if (!(error instanceof PaperjamError)) throw error;
    intents.change(intentId, n, { calledOff: false });
    return void done(false);
  }
  sale.counter.whenPaymentFinal(sale.saleId, ABORT_WAIT_MS, (facts) => done(facts !== undefined && isOver(facts)));
}

/** A terminal that prints the ticket of a sale that is over will be free soon; one that does something else is busy. */
export function whenFree(counter: Counter, done: Done): void {
  const { world } = counter;
  if (world.terminal.free) return void done();
  const saleId = world.terminal.foreground;
  const facts = saleId === undefined ? undefined : counter.facts(saleId);
  if (facts === undefined || !isOver(facts)) return void done(readerTrouble('terminal_reader_busy'));
  const end = (refusal?: StripeRefusal) => {
    unwatch();
    world.clock.clearTimeout(timer);
    // Not from inside the terminal’s own step.
    world.clock.setTimeout(() => done(refusal), 0);
  };
  const timer = world.clock.setTimeout(() => end(readerTrouble('terminal_reader_busy')), FREE_WAIT_MS);
  const unwatch = world.watch({
    state: () => world.terminal.free && end(),
    boot: () => end(readerTrouble('terminal_reader_timeout')),
    failed: () => end(readerTrouble('terminal_reader_hardware_fault')),
  });
}
