import { z } from 'zod';
import { SEEN, SEEN_HOW } from '../../terminal/journal/record.js';

/** What the control API takes. The types of the handlers come from here. */

export const SALE_REQUEST = z
  .strictObject({
    amount: z.string().optional().describe('yuan with at most two decimals: "12.80"'),
    amountFen: z.number().optional().describe('the same in fen: 1280'),
    subject: z
      .string()
      .min(1)
      .max(128)
      .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must be one line of text without control characters')
      .optional()
      .describe('what is sold; stands on the ticket'),
    code: z.string().max(256).optional().describe('the payment code; without it the terminal waits for a scanner'),
    customer: z
      .strictObject({
        behaviour: z.enum(['pays', 'confirms', 'refuses', 'no-money', 'never']),
        afterMs: z.int().min(0).max(600_000).optional().describe('how long a customer who is asked takes'),
      })
      .optional()
      .describe('lets an emulated customer show a code'),
    waitMs: z
      .int()
      .min(0)
      .max(120_000)
      .default(0)
      .describe('how long to hold the answer back until the sale has settled'),
  })
  .refine((body) => (body.amount === undefined) !== (body.amountFen === undefined), {
    message: 'give amount or amountFen, one of them',
    path: ['amount'],
  })
  .refine((body) => body.code === undefined || body.customer === undefined, {
    message: 'give code or customer, not both',
    path: ['customer'],
  });

export type SaleRequest = z.infer<typeof SALE_REQUEST>;

export const SCAN_REQUEST = z.strictObject({ code: z.string().max(256) });

export const SEEN_REQUEST = z.strictObject({
  seen: z.enum(SEEN).describe('what a person sees of the ticket'),
  how: z.enum(SEEN_HOW).optional().describe('with unreadable: what makes it so'),
});

export const LEAVE_REQUEST = z.strictObject({
  reason: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must be one line of text without control characters')
    .describe('why the ticket is left; stands in the journal'),
});

export const VERDICT_QUERY = z.strictObject({
  ask: z.enum(['true', 'false']).default('false').describe('true: ask the platform now, beside what the journal says'),
});

/** A sale's order number, or a fault's id. */
export const ID_PARAMS = z.object({ id: z.string() });

export const SALES_QUERY = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(100).describe('the newest so many'),
});

export const PICTURE_QUERY = z.strictObject({
  piece: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe("which of the sale's pieces of paper; the newest if not said"),
});

/** `when`, `for` and the attributes are checked by the board, which knows the fault. */
export const FAULT_REQUEST = z.looseObject({ fault: z.string().describe('a name of the catalogue') });
