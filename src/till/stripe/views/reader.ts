import { VERSION } from '../../../world/version.js';
import { errorOf, type Failure } from '../declines.js';
import { chargeIdOf } from '../ids.js';
import type { IntentState } from '../intents.js';
import { DEVICE_TYPE, isOnline, type Reader } from '../readers.js';
import type { Refund, RefundStatus } from '../refunds.js';
import { intentIdOf, type Sale, wasPaid } from '../sales.js';
import type { Action, ActionFailure, Location } from '../store.js';

/** How far a reader's action is. */
export interface ActionState {
  readonly status: 'in_progress' | 'succeeded' | 'failed';
  readonly failure?: Failure | ActionFailure | undefined;
}

/** A reader as Stripe shows it (docs.stripe.com/api/terminal/readers/object). */
export function readerView(
  reader: Reader,
  location: string,
  lastSeenMs: number | null,
  action: object | null,
): Readonly<Record<string, unknown>> {
  const { id, counter, entry } = reader;
  return {
    id,
    object: 'terminal.reader',
    action,
    device_sw_version: VERSION,
    device_type: DEVICE_TYPE,
    ip_address: null,
    label: entry.label ?? `${counter.world.merchant.name} ${counter.id}`,
    last_seen_at: lastSeenMs === null ? null : Math.floor(lastSeenMs),
    livemode: false,
    location,
    metadata: entry.metadata,
    serial_number: counter.id,
    status: isOnline(reader) ? 'online' : 'offline',
  };
}

export function deletedReaderView({ id, counter }: Reader): Readonly<Record<string, unknown>> {
  return { id, object: 'terminal.reader', deleted: true, device_type: DEVICE_TYPE, serial_number: counter.id };
}

/** A payment's action succeeds with the money; a ticket that does not come out is another matter. */
export function paymentActionState({ status, sale, failure, kept }: IntentState): ActionState {
  if (status === 'processing') return { status: 'in_progress' };
  if (kept !== undefined) return kept === 'paid' ? { status: 'succeeded' } : { status: 'failed', failure: NOT_TOLD };
  if (sale === undefined) return { status: 'failed', failure: NEVER_BEGUN };
  return wasPaid(sale.facts) ? { status: 'succeeded' } : { status: 'failed', failure };
}

/** The terminal that knows why is not there, or cannot read its journal. */
const NOT_TOLD: ActionFailure = {
  code: 'connection_error',
  message: 'The payment failed. Why it did stands in the journal of its terminal, which cannot be read now.',
};

/** The power went between the command and the terminal's journal. */
const NEVER_BEGUN: ActionFailure = {
  code: 'connection_error',
  message: 'The reader lost its power before the payment began. Nobody was asked for money.',
};

export function refundActionState(status: RefundStatus): ActionState {
  if (status === 'pending') return { status: 'in_progress' };
  if (status === 'succeeded') return { status };
  return {
    status,
    failure: { code: 'charge_not_refundable', message: 'The payment platform does not return the money.' },
  };
}

export function actionView(action: Action, state: ActionState, refund?: Refund): object {
  const { status, failure } = state;
  const api = failure !== undefined && 'origin' in failure && failure.origin === 'api' ? errorOf(failure) : null;
  return {
    api_error: status === 'failed' ? api : null,
    failure_code: status === 'failed' ? (failure?.code ?? 'canceled') : null,
    failure_message: status === 'failed' ? (failure?.message ?? 'The action was canceled.') : null,
    [action.type]: detailsOf(action, refund),
    status,
    type: action.type,
  };
}

function detailsOf(action: Action, refund: Refund | undefined): object {
  switch (action.type) {
    case 'process_payment_intent':
      return {
        payment_intent: action.intent,
        ...(action.config === undefined ? {} : { process_config: action.config }),
      };
    case 'confirm_payment_intent':
      return {
        payment_intent: action.intent,
        ...(action.config === undefined ? {} : { confirm_config: action.config }),
      };
    case 'collect_payment_method':
      return {
        payment_intent: action.intent,
        ...(action.config === undefined ? {} : { collect_config: action.config }),
      };
    case 'refund_payment':
      return refund === undefined ? {} : refundDetails(refund.sale, refund, action.by);
    case 'set_reader_display':
      return { cart: action.cart, type: 'cart' };
    case 'collect_inputs':
      return { inputs: action.inputs, metadata: action.metadata };
    case 'print_content':
      return { image: action.image, type: 'image' };
  }
}

function refundDetails({ facts }: Sale, { id, entry }: Refund, by: 'charge' | 'payment_intent'): object {
  return {
    amount: facts.amountFen,
    ...(by === 'charge' ? { charge: chargeIdOf(facts.saleId) } : { payment_intent: intentIdOf(facts) }),
    metadata: entry.metadata,
    ...(entry.reason === null ? {} : { reason: entry.reason }),
    refund: id,
  };
}

/** docs.stripe.com/api/terminal/locations/object */
export function locationView({
  id,
  displayName,
  address,
  phone,
  metadata,
}: Location): Readonly<Record<string, unknown>> {
  return {
    id,
    object: 'terminal.location',
    address,
    display_name: displayName,
    livemode: false,
    metadata,
    ...(phone === undefined ? {} : { phone }),
  };
}
