import { errorOf, type Failure } from '../declines.js';
import { chargeIdOf, idFrom, methodIdOf, seconds } from '../ids.js';
import type { IntentState } from '../intents.js';
import type { Sale } from '../sales.js';
import type { Intent } from '../store.js';

/** A PaymentIntent as Stripe shows it (docs.stripe.com/api/payment_intents/object). */
export function intentView(intent: Intent, { status, sale, failure }: IntentState): Readonly<Record<string, unknown>> {
  const { id, amount, captureMethod, cancel } = intent;
  const charged = sale?.facts.sent === true ? sale : undefined;
  const holds = status === 'succeeded' || status === 'requires_capture';
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: intent.allowedTypes,
    amount,
    amount_capturable: status === 'requires_capture' ? amount : 0,
    amount_details: { tip: {} },
    amount_received: status === 'succeeded' ? amount : 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: status === 'canceled' && cancel !== undefined ? seconds(cancel.atMs) : null,
    cancellation_reason: status === 'canceled' ? (cancel?.reason ?? null) : null,
    capture_method: captureMethod,
    client_secret: idFrom(`${id}_secret`, `secret of ${id}`),
    confirmation_method: 'automatic',
    created: seconds(intent.createdMs),
    currency: 'cny',
    customer: null,
    customer_account: null,
    description: intent.description,
    excluded_payment_method_types: null,
    last_payment_error: failure?.origin === 'api' ? lastError(failure, charged) : null,
    latest_charge: charged === undefined ? null : chargeIdOf(charged.facts.saleId),
    livemode: false,
    metadata: { ...intent.metadata, ...told(sale) },
    next_action: null,
    on_behalf_of: null,
    payment_method: holds && charged !== undefined ? methodIdOf(charged.facts.saleId) : null,
    payment_method_options: {
      card_present: { request_extended_authorization: false, request_incremental_authorization_support: false },
    },
    payment_method_types: intent.types,
    processing: null,
    receipt_email: intent.receiptEmail,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: intent.statementDescriptor,
    statement_descriptor_suffix: intent.statementDescriptorSuffix,
    status,
    transfer_data: null,
    transfer_group: intent.transferGroup,
  };
}

function lastError(failure: Failure, charged: Sale | undefined): object {
  const charge = charged === undefined ? {} : { charge: chargeIdOf(charged.facts.saleId) };
  return {
    ...charge,
    ...errorOf(failure),
    doc_url: `https://docs.stripe.com/error-codes/${failure.code.replaceAll('_', '-')}`,
  };
}

/** What Stripe has no field for: the order number of the sale, and what became of its ticket. */
function told(sale: Sale | undefined): Record<string, string> {
  if (sale === undefined) return {};
  const { saleId, ticket, digital } = sale.facts;
  return {
    paperjam_sale: saleId,
    paperjam_ticket: ticket,
    ...(digital === undefined ? {} : { paperjam_digital_ticket: digital.url }),
  };
}
