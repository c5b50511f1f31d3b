import { z } from 'zod';
import { AMOUNT_MAX_FEN } from '../../base/money.js';
import { parseDurationMs } from './duration.js';

/**
 * What Square's endpoints take, as far as it means something to this terminal. What they take beside it is let through
 * unread, as Square's own servers do with what a newer client sends; the names are those of the API reference.
 */

const MINUTE_MS = 60_000;
/** `deadline_duration`: 10 seconds to 5 minutes (API reference, TerminalCheckout). */
const DEADLINE_MIN_MS = 10_000;
const DEADLINE_MAX_MS = 5 * MINUTE_MS;

/** Optional, and `null` for the same thing. */
function optional<Inner extends z.ZodType>(inner: Inner) {
  return inner.nullish().transform((value) => value ?? undefined);
}

/** A string of so many characters at most. */
const text = (max: number) => z.string().max(max);
const id = (max = 255) => z.string().min(1).max(max);

/** Refuses with a code of Square's own. */
function coded<Value>(holds: (value: Value) => boolean, code: string, message: string) {
  return (context: z.core.ParsePayload<Value>) => {
    if (holds(context.value)) return;
    context.issues.push({ code: 'custom', message, params: { code }, input: context.value });
  };
}

const CURRENCY = z
  .string()
  .check(
    coded(
      (currency) => currency === 'CNY',
      'UNSUPPORTED_CURRENCY',
      'This terminal takes payments in CNY only; amounts are in fen.',
    ),
  );

export const MONEY = z.object({ amount: z.int().min(1).max(AMOUNT_MAX_FEN), currency: CURRENCY });
/** None of it is money too. */
const MONEY_OR_NONE = z.object({ amount: z.int().min(0).max(AMOUNT_MAX_FEN), currency: CURRENCY });

const DEADLINE = z
  .string()
  .default('PT5M')
  .check(
    coded(
      (text) => {
        const durationMs = parseDurationMs(text);
        return durationMs !== undefined && durationMs >= DEADLINE_MIN_MS && durationMs <= DEADLINE_MAX_MS;
      },
      'INVALID_VALUE',
      'Must be an RFC 3339 duration from PT10S to PT5M.',
    ),
  );
const deadline = z.preprocess((value) => value ?? undefined, DEADLINE);

const TIP_SETTINGS = z.object({
  allow_tipping: optional(z.boolean()),
  separate_tip_screen: optional(z.boolean()),
  custom_tip_field: optional(z.boolean()),
  tip_percentages: optional(z.array(z.int().min(0).max(100)).max(3)),
  smart_tipping: optional(z.boolean()),
});

const DEVICE_OPTIONS = z.object({
  device_id: id(),
  skip_receipt_screen: optional(z.boolean()),
  collect_signature: optional(z.boolean()),
  tip_settings: optional(TIP_SETTINGS),
  show_itemized_cart: optional(z.boolean()),
});

const PAYMENT_OPTIONS = z.object({
  autocomplete: optional(
    z
      .boolean()
      .check(
        coded(
          (autocomplete) => autocomplete,
          'INVALID_VALUE',
          'Must be true: a payment by a scanned code is complete when it is made, and cannot be captured later.',
        ),
      ),
  ),
});

/** A payment by a code is a payment by whatever the buyer presents; cards and FeliCa this terminal cannot read. */
const PAYMENT_TYPE = z
  .enum(['CARD_PRESENT', 'QR_CODE'], 'This terminal reads payment codes: leave it out, or say QR_CODE or CARD_PRESENT.')
  .default('CARD_PRESENT');

const CHECKOUT = z
  .object({
    amount_money: MONEY,
    tip_money: optional(MONEY_OR_NONE),
    reference_id: optional(text(40)),
    note: optional(text(500)),
    order_id: optional(text(192)),
    payment_options: optional(PAYMENT_OPTIONS),
    device_options: DEVICE_OPTIONS,
    deadline_duration: deadline,
    payment_type: z.preprocess((value) => value ?? undefined, PAYMENT_TYPE),
    team_member_id: optional(text(192)),
    customer_id: optional(text(192)),
    statement_description_identifier: optional(text(50)),
  })
  .check((context) => {
    const { amount_money, tip_money } = context.value;
    if (tip_money === undefined || amount_money.amount + tip_money.amount <= AMOUNT_MAX_FEN) return;
    const message = `With the tip it is more than the ${AMOUNT_MAX_FEN} fen that this terminal sells for at most.`;
    context.issues.push({
      code: 'custom',
      message,
      params: { code: 'VALUE_TOO_HIGH' },
      path: ['tip_money', 'amount'],
      input: tip_money,
    });
  });
export type CheckoutBody = z.infer<typeof CHECKOUT>;

/** 1 to 64 characters (API reference, CreateTerminalCheckout). */
const IDEMPOTENCY_KEY = id(64);

export const CREATE_CHECKOUT = z.object({ idempotency_key: IDEMPOTENCY_KEY, checkout: CHECKOUT });

const RECEIPT_OPTIONS = z.object({
  payment_id: id(),
  print_only: optional(z.boolean()),
  is_duplicate: optional(z.boolean()),
});

const SCREENS_ONLY =
  'This terminal has no keys for the buyer, and no card reader: it takes actions of the types PING and RECEIPT.';
const ACTION = z
  .object({
    device_id: id(),
    deadline_duration: deadline,
    type: z.enum(['PING', 'RECEIPT'], SCREENS_ONLY),
    receipt_options: optional(RECEIPT_OPTIONS),
  })
  .check((context) => {
    const { type, receipt_options } = context.value;
    if (type !== 'RECEIPT' || receipt_options !== undefined) return;
    const params = { code: 'MISSING_REQUIRED_PARAMETER' };
    const path = ['receipt_options'];
    context.issues.push({ code: 'custom', message: 'Missing required parameter.', params, path, input: undefined });
  });
export type ActionBody = z.infer<typeof ACTION>;
export const CREATE_ACTION = z.object({ idempotency_key: IDEMPOTENCY_KEY, action: ACTION });

const REFUND = z.object({
  payment_id: id(),
  amount_money: MONEY,
  reason: id(192),
  device_id: id(),
  deadline_duration: deadline,
});
export type RefundBody = z.infer<typeof REFUND>;
export const CREATE_TERMINAL_REFUND = z.object({ idempotency_key: IDEMPOTENCY_KEY, refund: REFUND });

/** `POST /v2/refunds`: the same without a terminal. Keys here are of 45 characters at most. */
export const REFUND_PAYMENT = z.object({
  idempotency_key: id(45),
  payment_id: id(),
  amount_money: MONEY,
  reason: optional(text(192)),
});

const TIME = z
  .string()
  .check(
    coded(
      (text) => /^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text)),
      'INVALID_TIME',
      'Must be a timestamp as in RFC 3339: 2026-01-26T02:25:34Z.',
    ),
  );

const SORT_ORDER = z.enum(['ASC', 'DESC']);
const STATUS = z.enum(['PENDING', 'IN_PROGRESS', 'CANCEL_REQUESTED', 'CANCELED', 'COMPLETED']);

/** The three searches of the Terminal API take the same; the `type` is of actions only. */
export const SEARCH = z.object({
  query: optional(
    z.object({
      filter: optional(
        z.object({
          device_id: optional(id()),
          created_at: optional(z.object({ start_at: optional(TIME), end_at: optional(TIME) })),
          status: optional(STATUS),
          type: optional(z.string()),
        }),
      ),
      sort: optional(z.object({ sort_order: optional(SORT_ORDER) })),
    }),
  ),
  cursor: optional(z.string()),
  limit: optional(z.int().min(1).max(100)),
});
export type Search = z.infer<typeof SEARCH>;

export const CREATE_DEVICE_CODE = z.object({
  idempotency_key: id(128),
  device_code: z.object({
    name: optional(text(128)),
    product_type: z.literal('TERMINAL_API', 'Must be TERMINAL_API.'),
    location_id: optional(text(50)),
  }),
});

const URL_OF_A_TILL = z
  .string()
  .max(2_048)
  .check(
    coded(
      (text) => /^https?:\/\//.test(text) && URL.canParse(text),
      'INVALID_VALUE',
      'Must be an absolute URL, of https or http.',
    ),
  );
const SUBSCRIPTION = z.object({
  name: optional(text(64)),
  enabled: optional(z.boolean()),
  event_types: optional(z.array(text(100)).min(1).max(100)),
  notification_url: optional(URL_OF_A_TILL),
  api_version: optional(text(20)),
});
export const CREATE_SUBSCRIPTION = z.object({
  idempotency_key: optional(text(45)),
  subscription: SUBSCRIPTION.extend({
    name: id(64),
    event_types: z.array(text(100)).min(1).max(100),
    notification_url: URL_OF_A_TILL,
  }),
});
export const UPDATE_SUBSCRIPTION = z.object({ subscription: optional(SUBSCRIPTION) });
export const TEST_SUBSCRIPTION = z.object({ event_type: optional(text(100)) });

/** Parameters of a query are text; of these, numbers and flags are written as such. */
const NUMBER = z
  .string()
  .regex(/^\d{1,15}$/, 'Expected an integer value.')
  .transform(Number);
const FLAG = z.enum(['true', 'false'], 'Expected a boolean value.').transform((word) => word === 'true');

const PAGE = { cursor: optional(z.string()), sort_order: optional(SORT_ORDER), limit: optional(NUMBER) };
export const LIST_PAYMENTS = z.object({
  ...PAGE,
  begin_time: optional(TIME),
  end_time: optional(TIME),
  updated_at_begin_time: optional(TIME),
  updated_at_end_time: optional(TIME),
  sort_field: optional(z.enum(['CREATED_AT', 'UPDATED_AT'])),
  location_id: optional(z.string()),
  total: optional(NUMBER),
  last_4: optional(z.string()),
  card_brand: optional(z.string()),
});
export const LIST_REFUNDS = z.object({
  ...PAGE,
  begin_time: optional(TIME),
  end_time: optional(TIME),
  updated_at_begin_time: optional(TIME),
  updated_at_end_time: optional(TIME),
  sort_field: optional(z.enum(['CREATED_AT', 'UPDATED_AT'])),
  location_id: optional(z.string()),
  status: optional(z.enum(['PENDING', 'COMPLETED', 'REJECTED', 'FAILED'])),
  source_type: optional(z.string()),
});
export const LIST_DEVICES = z.object({ ...PAGE, location_id: optional(z.string()) });
export const LIST_DEVICE_CODES = z.object({
  cursor: optional(z.string()),
  location_id: optional(z.string()),
  product_type: optional(z.string()),
  status: optional(z.string()),
});
export const LIST_SUBSCRIPTIONS = z.object({ ...PAGE, include_disabled: optional(FLAG) });
