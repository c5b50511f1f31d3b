import { PaperjamError } from '../../base/errors.js';

/** What stands under `error` in an answer (docs.stripe.com/api/errors). */
export interface StripeError {
  readonly type: 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error';
  readonly message: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly payment_intent?: object;
}

/** A request that is refused in Stripe's words. The answer is not kept for repeats of its idempotency key: nothing was done. */
export class StripeRefusal extends PaperjamError {
  constructor(
    readonly status: number,
    readonly error: StripeError,
  ) {
    super('PJ_REQUEST', { what: 'in Stripe’s protocol', problem: error.message });
  }
}

/** What is wrong with a request, and at which parameter. */
export function invalid(message: string, more: Partial<StripeError> = {}): StripeRefusal {
  return new StripeRefusal(400, { type: 'invalid_request_error', message, ...more });
}

/** `what` as in Stripe's sentence: `payment_intent`, `terminal.reader`. */
export function missing(what: string, id: string, param = 'id'): StripeRefusal {
  const message = `No such ${what}: '${id.slice(0, 100)}'`;
  return new StripeRefusal(404, { type: 'invalid_request_error', code: 'resource_missing', message, param });
}

/** Where Stripe's own messages send the reader. */
const GUIDE =
  'Please reference the integration guide at https://docs.stripe.com/terminal/payments/collect-card-payment?terminal-sdk-platform=server-driven#handle-errors for details on how to handle this error.';

/** The documented errors of commands to a reader (docs.stripe.com/terminal/payments/collect-card-payment, «Handle errors»). */
export function readerTrouble(
  code:
    | 'terminal_reader_busy'
    | 'terminal_reader_offline'
    | 'terminal_reader_timeout'
    | 'terminal_reader_hardware_fault',
  why = '',
): StripeRefusal {
  const words = {
    terminal_reader_busy: 'Reader is currently busy processing another request.',
    terminal_reader_offline:
      'Reader is currently offline, please ensure the reader is powered on and connected to the internet before retrying your request.',
    terminal_reader_timeout: 'There was a timeout when sending this command to the reader.',
    terminal_reader_hardware_fault:
      'Reader can no longer accept payments as an unrecoverable hardware fault has been detected.',
  }[code];
  return invalid([words, why, GUIDE].filter((part) => part !== '').join(' '), { code });
}

/** A PaymentIntent that is in no state for what is asked of it. */
export function unexpectedState(action: string, status: string, allowed: readonly string[]): StripeRefusal {
  const one = allowed.length === 1 ? allowed[0] : `one of the following statuses: ${allowed.join(', ')}`;
  const message = `You cannot ${action} this PaymentIntent because it has a status of ${status}. Only a PaymentIntent with ${one} may be ${PAST[action] ?? action}.`;
  return invalid(message, { code: 'payment_intent_unexpected_state' });
}

const PAST: Readonly<Record<string, string>> = {
  cancel: 'canceled',
  capture: 'captured',
  confirm: 'confirmed',
  update: 'updated',
};
