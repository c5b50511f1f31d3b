import { z } from 'zod';
import type { Call } from '../call.js';
import { amount, choice, currency, expand, flag, list, metadata, words, wordsOrNull } from '../params.js';
import { invalid } from '../refusal.js';
import type { Intent } from '../store.js';

const LOOSE = z.record(z.string(), z.unknown());

const SET = {
  description: wordsOrNull(1_000).optional(),
  receipt_email: wordsOrNull(512).optional(),
  statement_descriptor: wordsOrNull(22).optional(),
  statement_descriptor_suffix: wordsOrNull(22).optional(),
  transfer_group: wordsOrNull(500).optional(),
  metadata: metadata().optional(),
  allowed_payment_method_types: list(words(50)).optional(),
  /** As it was called before 2026-09-30. */
  payment_method_types: list(words(50)).optional(),
  /** For cards; of a wallet's code nothing follows from it, but for the capture method. */
  payment_method_options: LOOSE.optional(),
  ...expand,
};

const CAPTURE = choice('automatic', 'automatic_async', 'manual');

export const CREATE = z.strictObject({
  amount: amount(),
  currency: currency(),
  capture_method: CAPTURE.optional(),
  automatic_payment_methods: LOOSE.optional(),
  confirm: flag().optional(),
  ...SET,
});
export const UPDATE = z.strictObject({
  amount: amount().optional(),
  currency: currency().optional(),
  capture_method: CAPTURE.optional(),
  ...SET,
});
export const CONFIRM = z.strictObject({ return_url: words().optional(), ...expand });
export const CAPTURE_NOW = z.strictObject({
  amount_to_capture: amount().optional(),
  metadata: metadata().optional(),
  ...expand,
});
const REASONS = choice('duplicate', 'fraudulent', 'requested_by_customer', 'abandoned');
export const CANCEL = z.strictObject({ cancellation_reason: REASONS.optional(), ...expand });

/** `payment_method_options[card_present][capture_method]` goes before `capture_method`. */
export function captureMethod(given: z.infer<typeof UPDATE>): Intent['captureMethod'] | undefined {
  const CARD = z.looseObject({ card_present: z.looseObject({ capture_method: z.string() }) });
  const card = CARD.safeParse(given.payment_method_options);
  const wanted = card.success ? card.data.card_present.capture_method : undefined;
  return wanted === 'manual' || wanted === 'manual_preferred' ? 'manual' : given.capture_method;
}

/** From this version on `payment_method_types` is only told (docs.stripe.com/changelog/endive/2026-09-30). */
const ALLOWED_SINCE = '2026-09-30';

/** How a PaymentIntent may be paid. Throws a `StripeRefusal` for the name that the client's version does not know any more. */
export function typesOf(
  { exchange }: Call,
  given: z.infer<typeof UPDATE>,
  before: Pick<Intent, 'types' | 'allowedTypes'>,
): Pick<Intent, 'types' | 'allowedTypes'> {
  const { payment_method_types: types, allowed_payment_method_types: allowed } = given;
  if (types !== undefined && (exchange.request.headers['stripe-version'] ?? '') >= ALLOWED_SINCE) {
    throw invalid(
      'The payment_method_types parameter is no longer supported in this API version. Use allowed_payment_method_types instead.',
      { code: 'payment_method_types_no_longer_supported', param: 'payment_method_types' },
    );
  }
  if (allowed !== undefined) return { types: allowed, allowedTypes: allowed };
  return types === undefined
    ? { types: before.types, allowedTypes: before.allowedTypes }
    : { types, allowedTypes: null };
}
