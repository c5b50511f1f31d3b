import { z } from 'zod';

const timeMs = z.number();
const amountFen = z.int().positive();
const text = z.string().min(1);

/**
 * One change of the ledger, one line of its file. Each operation is exactly one record, so that no power cut can leave
 * half an operation behind.
 */
export const ledgerRecord = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('code-issued'),
    atMs: timeMs,
    code: text,
    behaviour: z.enum(['pays', 'confirms', 'refuses', 'no-money', 'never']),
    afterMs: z.number().nonnegative(),
  }),
  /** A code was presented and its payment failed: it is used up all the same. */
  z.strictObject({ kind: z.literal('code-spent'), atMs: timeMs, code: text }),
  z.strictObject({
    kind: z.literal('trade-opened'),
    atMs: timeMs,
    orderNo: text,
    tradeNo: text,
    amountFen,
    subject: text,
    code: text,
    /** Paid in the same moment, without a question to the customer. */
    paid: z.boolean(),
    /** What the customer will decide, and when; absent for one who never does. */
    decision: z.strictObject({ outcome: z.enum(['pays', 'refuses']), atMs: timeMs }).optional(),
    /** When an unpaid trade closes by itself (timeout_express). */
    closesAtMs: timeMs,
    /** Where the merchant wants to be told (notify_url). */
    notifyUrl: text.optional(),
  }),
  z.strictObject({ kind: z.literal('trade-paid'), atMs: timeMs, orderNo: text }),
  z.strictObject({
    kind: z.literal('trade-closed'),
    atMs: timeMs,
    orderNo: text,
    by: z.enum(['cancel', 'customer', 'timeout']),
  }),
  z.strictObject({
    kind: z.literal('refunded'),
    atMs: timeMs,
    orderNo: text,
    requestNo: text,
    amountFen,
    by: z.enum(['cancel', 'refund']),
  }),
  /** An order was cancelled before it was ever seen: a payment that arrives later is refused. */
  z.strictObject({ kind: z.literal('order-voided'), atMs: timeMs, orderNo: text }),
]);

export type LedgerRecord = z.infer<typeof ledgerRecord>;
