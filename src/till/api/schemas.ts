import { z } from 'zod';
import { TICKET_STATES } from '../../terminal/facts.js';
import { PAYMENTS, SEEN, SEEN_HOW } from '../../terminal/journal/record.js';

/** What the API takes. The types of the handlers and its description come from here. */

const WAIT_MS = z.int().min(0).max(120_000).default(0);

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
    waitMs: WAIT_MS.describe('how long to hold the answer back until the sale has settled'),
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

export const REVERSE_REQUEST = z.strictObject({
  waitMs: WAIT_MS.describe('how long to hold the answer back until the money has gone back, or does not'),
});

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

const CURSOR = z
  .string()
  .max(200)
  .describe('where a page that came before ended, as its cursor says; nothing in it is to be read');
const LIMIT = z.coerce.number().int().min(1).max(200).default(100);

/** Without a cursor the newest; `after` an empty one: from the first on. */
export const SALES_QUERY = z
  .strictObject({
    after: CURSOR.optional(),
    before: CURSOR.optional(),
    limit: LIMIT.describe('so many at most'),
    payment: z.enum(PAYMENTS).optional().describe('only those of which this has become'),
    ticket: z.enum(TICKET_STATES).optional().describe('only those whose ticket is so'),
    since: z.iso
      .datetime({ offset: true, error: 'must be a time such as 2026-01-01T08:00:00Z' })
      .optional()
      .describe('only those that were opened then or later'),
  })
  .refine((query) => query.after === undefined || query.before === undefined, {
    message: 'give after or before, not both',
    path: ['before'],
  });

export type SalesQuery = z.infer<typeof SALES_QUERY>;

export const RECORDS_QUERY = z.strictObject({
  after: CURSOR.optional(),
  limit: LIMIT.describe('so many at most'),
  sale: z.string().max(64).optional().describe('only those of this sale'),
});

export const EVENTS_QUERY = z.strictObject({
  after: z.string().max(40).optional().describe('as Last-Event-ID, for those who can set no header'),
});

/** A fault's id. */
export const ID_PARAMS = z.object({ id: z.string() });

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
