import type { Failure } from '../declines.js';
import { chargeIdOf, methodIdOf, readerIdOf, seconds } from '../ids.js';
import type { Refund } from '../refunds.js';
import { intentIdOf, isOver, type Sale, wasPaid } from '../sales.js';
import type { Intent } from '../store.js';

/** One attempt to be paid, as Stripe shows it (docs.stripe.com/api/charges/object). */
export function chargeView(
  sale: Sale,
  { intent, failure, location, captured }: ChargeFrame,
): Readonly<Record<string, unknown>> {
  const { facts } = sale;
  const { saleId, amountFen, openedAtMs, sentAtMs, digital, payment } = facts;
  const paid = wasPaid(facts);
  const refunded = paid && payment === 'reversed';
  return {
    id: chargeIdOf(saleId),
    object: 'charge',
    amount: amountFen,
    amount_captured: captured ? amountFen : 0,
    amount_refunded: refunded ? amountFen : 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: intent.statementDescriptor,
    captured,
    created: seconds(sentAtMs ?? openedAtMs),
    currency: 'cny',
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata, paperjam_sale: saleId, paperjam_ticket: facts.ticket },
    on_behalf_of: null,
    outcome: outcomeOf(sale, failure),
    paid,
    payment_intent: intentIdOf(facts),
    payment_method: methodIdOf(saleId),
    payment_method_details: { type: 'card_present', card_present: cardPresent(sale, location, captured) },
    receipt_email: intent.receiptEmail,
    receipt_number: null,
    receipt_url: digital?.url ?? null,
    refunded,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statementDescriptor,
    statement_descriptor_suffix: intent.statementDescriptorSuffix,
    status: paid ? 'succeeded' : isOver(facts) ? 'failed' : 'pending',
    transfer_data: null,
    transfer_group: intent.transferGroup,
  };
}

export interface ChargeFrame {
  readonly intent: Intent;
  readonly failure: Failure | undefined;
  readonly location: string;
  readonly captured: boolean;
}

function outcomeOf({ facts }: Sale, failure: Failure | undefined): object | null {
  if (!isOver(facts)) return null;
  const paid = wasPaid(facts);
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: paid ? 'approved_by_network' : 'declined_by_network',
    reason: paid ? null : (failure?.declineCode ?? failure?.code ?? null),
    risk_level: 'normal',
    seller_message: paid ? 'Payment complete.' : (failure?.message ?? 'The payment was not completed.'),
    type: paid ? 'authorized' : 'issuer_declined',
  };
}

/** A wallet's code has no brand, chip or PIN; what the platform tells of the payment stands where a card's would. */
function cardPresent({ counter, facts }: Sale, location: string, captured: boolean): object {
  const { amountFen, buyer, wallet, tradeNo } = facts;
  return {
    amount_authorized: captured || wasPaid(facts) ? amountFen : null,
    brand: wallet ?? null,
    brand_product: null,
    cardholder_name: buyer ?? null,
    country: 'CN',
    description: null,
    emv_auth_data: null,
    exp_month: 12,
    exp_year: 2099,
    fingerprint: null,
    funding: 'unknown',
    generated_card: null,
    incremental_authorization_supported: false,
    issuer: null,
    last4: buyer?.slice(-4) ?? null,
    location,
    network: wallet ?? null,
    network_transaction_id: tradeNo ?? null,
    offline: null,
    overcapture_supported: false,
    preferred_locales: ['zh'],
    read_method: null,
    reader: readerIdOf(counter.id),
    receipt: null,
  };
}

/** A whole refund (docs.stripe.com/api/refunds/object). */
export function refundView({ id, sale, status, entry }: Refund): Readonly<Record<string, unknown>> {
  const { facts } = sale;
  return {
    id,
    object: 'refund',
    amount: facts.amountFen,
    balance_transaction: null,
    charge: chargeIdOf(facts.saleId),
    created: seconds(entry.createdMs),
    currency: 'cny',
    ...(status === 'failed' ? { failure_reason: 'declined' } : {}),
    metadata: entry.metadata,
    payment_intent: intentIdOf(facts),
    ...(status === 'pending' ? { pending_reason: 'processing' } : {}),
    reason: entry.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status,
    transfer_reversal: null,
  };
}

/** What paid (docs.stripe.com/api/payment_methods/object). */
export function methodView(sale: Sale, location: string): Readonly<Record<string, unknown>> {
  const { facts } = sale;
  return {
    id: methodIdOf(facts.saleId),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    card_present: cardPresent(sale, location, false),
    created: seconds(facts.openedAtMs),
    customer: null,
    livemode: false,
    metadata: {},
    type: 'card_present',
  };
}
