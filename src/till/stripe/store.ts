import { z } from 'zod';
import type { ShelfKind } from '../shelf.js';

/** The objects of Stripe's cloud, as they are kept on the shelf. What a sale is stands in the terminal's journal only. */

const METADATA = z.record(z.string(), z.string());
const NULLABLE = z.string().nullable();

/** What the platform is to refuse about a sale that a simulated card was shown for, and with which sub code. */
const STEER = z.strictObject({ of: z.enum(['payment', 'refund']), subCode: z.string(), words: z.string() });
export type Steer = z.infer<typeof STEER>;

/** One try to have a PaymentIntent paid at a reader. Its sale is found by the key `<intent>/<n>`. */
const ATTEMPT = z.strictObject({
  n: z.int(),
  terminalId: z.string(),
  /** The idempotency key of the request that asked for it. */
  by: z.string().optional(),
  startedMs: z.number(),
  steer: STEER.optional(),
  /**
   * How its sale has ended; all events of it are out. It stands here too, so that what tills were told stays true when the
   * terminal is not there any more, or its journal is damaged.
   */
  settled: z.enum(['paid', 'failed']).optional(),
  /** A till gave it up, by `cancel_action` or by cancelling the PaymentIntent. */
  calledOff: z.boolean().optional(),
});
export type Attempt = z.infer<typeof ATTEMPT>;

const INTENT = z.strictObject({
  id: z.string(),
  createdMs: z.number(),
  amount: z.int(),
  captureMethod: z.enum(['automatic', 'automatic_async', 'manual']),
  types: z.array(z.string()),
  /** As they were given under the name that is in use since 2026-09-30. */
  allowedTypes: z.array(z.string()).nullable(),
  description: NULLABLE,
  receiptEmail: NULLABLE,
  statementDescriptor: NULLABLE,
  statementDescriptorSuffix: NULLABLE,
  transferGroup: NULLABLE,
  metadata: METADATA,
  attempts: z.array(ATTEMPT),
  capturedMs: z.number().optional(),
  /** `asked`: the money of a paid sale is to go back first, which the journal had asked so often before. */
  cancel: z
    .strictObject({
      atMs: z.number(),
      reason: NULLABLE,
      state: z.enum(['asked', 'done']),
      askedBefore: z.int().optional(),
    })
    .optional(),
});
export type Intent = z.infer<typeof INTENT>;

const CONFIG = z.record(z.string(), z.unknown());
const STATUS = z.enum(['in_progress', 'succeeded', 'failed']);
const FAILURE = z.strictObject({ code: z.string(), message: z.string() });
export type ActionFailure = z.infer<typeof FAILURE>;

/** The latest action of a reader. What becomes of a payment or a refund is read from its sale. */
const ACTION = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.enum(['process_payment_intent', 'confirm_payment_intent']),
    intent: z.string(),
    n: z.int(),
    config: CONFIG.optional(),
  }),
  z.strictObject({
    type: z.literal('collect_payment_method'),
    intent: z.string(),
    config: CONFIG.optional(),
    status: STATUS,
    failure: FAILURE.optional(),
  }),
  z.strictObject({
    type: z.literal('refund_payment'),
    saleId: z.string(),
    nth: z.int(),
    by: z.enum(['charge', 'payment_intent']),
  }),
  z.strictObject({ type: z.literal('set_reader_display'), cart: z.unknown(), status: STATUS }),
  z.strictObject({
    type: z.literal('collect_inputs'),
    inputs: z.array(z.record(z.string(), z.unknown())),
    metadata: METADATA.nullable(),
    status: STATUS,
    failure: FAILURE.optional(),
  }),
  z.strictObject({
    type: z.literal('print_content'),
    jobId: z.string(),
    image: z.strictObject({ created_at: z.int(), filename: z.string(), size: z.int(), type: z.string() }),
    status: STATUS,
    failure: FAILURE.optional(),
  }),
]);
export type Action = z.infer<typeof ACTION>;

/** What is set for a reader; absent for one as it is found. */
const READER = z.strictObject({
  id: z.string(),
  label: z.string().optional(),
  location: z.string().optional(),
  metadata: METADATA,
  /** A till has registered it. */
  claimed: z.boolean(),
  deleted: z.boolean(),
  action: ACTION.nullable(),
});
export type ReaderEntry = z.infer<typeof READER>;

const ADDRESS = z.strictObject({
  city: NULLABLE,
  country: NULLABLE,
  line1: NULLABLE,
  line2: NULLABLE,
  postal_code: NULLABLE,
  state: NULLABLE,
});

const LOCATION = z.strictObject({
  id: z.string(),
  displayName: z.string(),
  address: ADDRESS,
  phone: z.string().optional(),
  metadata: METADATA,
  deleted: z.boolean(),
  createdMs: z.number(),
});
export type Location = z.infer<typeof LOCATION>;

/** What was asked about giving the money of a sale back: one entry for each time that it was asked here. */
const REFUND = z.strictObject({
  saleId: z.string(),
  tries: z.array(
    z.strictObject({
      /** How often the journal had it asked before: by that it is known which of the journal's it is. */
      askedBefore: z.int(),
      by: z.string().optional(),
      reason: NULLABLE,
      metadata: METADATA,
      createdMs: z.number(),
      settled: z.boolean().optional(),
    }),
  ),
});
export type RefundEntry = z.infer<typeof REFUND>;

const EVENT = z.strictObject({
  id: z.string(),
  type: z.string(),
  createdMs: z.number(),
  object: z.record(z.string(), z.unknown()),
  request: z.strictObject({ id: NULLABLE, idempotency_key: NULLABLE }),
  apiVersion: z.string(),
});
export type EventEntry = z.infer<typeof EVENT>;

const ENDPOINT = z.strictObject({
  id: z.string(),
  url: z.string(),
  secret: z.string(),
  enabledEvents: z.array(z.string()),
  description: NULLABLE,
  metadata: METADATA,
  apiVersion: NULLABLE,
  createdMs: z.number(),
  disabled: z.boolean(),
  deleted: z.boolean(),
});
export type Endpoint = z.infer<typeof ENDPOINT>;

/** An answer that was given to a request with an idempotency key. */
const ANSWERED = z.strictObject({
  method: z.string(),
  path: z.string(),
  of: z.string(),
  status: z.int(),
  body: z.string(),
  requestId: z.string(),
  atMs: z.number(),
  /** The sales whose final payment stands in the body. */
  told: z.array(z.strictObject({ saleId: z.string(), payment: z.enum(['paid', 'not-paid', 'reversed']) })),
});
export type Answered = z.infer<typeof ANSWERED>;

export const KINDS = {
  intent: { name: 'stripe.payment_intent', schema: INTENT },
  reader: { name: 'stripe.reader', schema: READER },
  location: { name: 'stripe.location', schema: LOCATION },
  refund: { name: 'stripe.refund', schema: REFUND },
  event: { name: 'stripe.event', schema: EVENT },
  endpoint: { name: 'stripe.webhook_endpoint', schema: ENDPOINT },
  answered: { name: 'stripe.answered', schema: ANSWERED },
} as const satisfies Record<string, ShelfKind<unknown>>;
