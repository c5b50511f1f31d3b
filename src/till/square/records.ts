import { z } from 'zod';
import type { ShelfKind } from '../shelf.js';

/**
 * What Square's cloud keeps by itself. Of a payment nothing stands here but where to find it: how far a sale has come is
 * said by the terminal's journal.
 */

export const TASK_STATUSES = ['PENDING', 'IN_PROGRESS', 'CANCEL_REQUESTED', 'CANCELED', 'COMPLETED'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export const CANCEL_REASONS = ['BUYER_CANCELED', 'SELLER_CANCELED', 'TIMED_OUT'] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

const MONEY = z.object({ amount: z.int(), currency: z.literal('CNY') });
/** What was asked for, in Square's words; it is answered with as it is. */
const ASKED = z.record(z.string(), z.unknown());

/** What a terminal is to do: it waits in the cloud until the terminal is on and free. */
const TASK = z.strictObject({
  kind: z.enum(['checkout', 'action', 'refund']),
  /** The key that it was asked for with, and a fingerprint of what was asked: the same key with another one is a mistake. */
  key: z.string(),
  of: z.string(),
  terminalId: z.string(),
  asked: ASKED,
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  /** When it is called off if the terminal has not begun it. */
  deadlineMs: z.number(),
  status: z.enum(TASK_STATUSES),
  cancelReason: z.enum(CANCEL_REASONS).optional(),
  /** The till has asked to cancel it after it had begun. */
  cancelAsked: z.literal(true).optional(),
  /** A test device decides what becomes of it, instead of a terminal. */
  acts: z.enum(['offline', 'buyer-cancels']).optional(),
  /** Of a checkout: what the terminal asks for, and the part of it that is a tip. */
  amountFen: z.int().optional(),
  tipFen: z.int().optional(),
  /** The sale that it is about. */
  saleId: z.string().optional(),
  /** Of a receipt: how many attempts to print there had been before it was begun. */
  printsBefore: z.int().optional(),
  /** Of a checkout: its terminal may have been asked for it. If that cannot be asked any more, nobody knows of no sale. */
  begun: z.literal(true).optional(),
  /** Of a refund: how often the journal had its money asked back before it was begun. */
  reversalsBefore: z.int().optional(),
  /** Of a refund: which one of its payment it is. */
  refundNo: z.int().optional(),
  /** Of a refund through the Refunds API, which has no terminal in it for the till. */
  plain: z.literal(true).optional(),
});
export type Task = z.infer<typeof TASK>;
export const TASKS: ShelfKind<Task> = { name: 'square.task', schema: TASK };

/** What is noted of a task before its terminal is asked, and shown to nobody. */
export const MARKS: ReadonlySet<string> = new Set(['begun', 'reversalsBefore'] satisfies (keyof Task)[]);

const DEVICE_CODE = z.strictObject({
  key: z.string(),
  of: z.string(),
  name: z.string().optional(),
  code: z.string(),
  createdAtMs: z.number(),
  /** Since somebody has keyed it in at that terminal. */
  paired: z.strictObject({ terminalId: z.string(), atMs: z.number() }).optional(),
});
export type DeviceCode = z.infer<typeof DEVICE_CODE>;
export const DEVICE_CODES: ShelfKind<DeviceCode> = { name: 'square.device-code', schema: DEVICE_CODE };

const SUBSCRIPTION = z.strictObject({
  key: z.string().optional(),
  of: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  eventTypes: z.array(z.string()),
  notificationUrl: z.string(),
  apiVersion: z.string(),
  signatureKey: z.string(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  deleted: z.literal(true).optional(),
});
export type Subscription = z.infer<typeof SUBSCRIPTION>;
export const SUBSCRIPTIONS: ShelfKind<Subscription> = { name: 'square.webhook', schema: SUBSCRIPTION };

export type Money = z.infer<typeof MONEY>;

export function yuan(amountFen: number): Money {
  return { amount: amountFen, currency: 'CNY' };
}

/** A time as Square writes it. */
export function timestamp(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** Whether it will not change any more. */
export function isOver({ status }: Task): boolean {
  return status === 'COMPLETED' || status === 'CANCELED';
}

/** Which refund of its payment it is. */
export function numberOf({ refundNo = 1 }: Task): number {
  return refundNo;
}
