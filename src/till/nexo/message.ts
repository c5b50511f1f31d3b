import { z } from 'zod';
import { maskCode } from '../../terminal/payment-code.js';

/**
 * The frame of a message of nexo Retailer 3.0 in JSON, as the Adyen Terminal API speaks it: a header, which says who asks
 * whom for what, and one body named after the category. The shapes are those of the client library's typings
 * (`typings/terminal`); what is not used here passes unread.
 */

/** Text of a header or an identifier: it is echoed, kept in the journal, and shown to people, so it is bounded. */
export const text = (most: number) => z.string().min(1).max(most);

/** Adyen: 1 to 10 letters or digits, unique for 48 hours. Here for ever. */
const SERVICE_ID = z.string().regex(/^[A-Za-z0-9]{1,10}$/, 'must be 1 to 10 letters or digits');

export const HEADER = z.object({
  ProtocolVersion: text(10).optional(),
  MessageClass: z.enum(['Service', 'Device', 'Event']),
  MessageCategory: z.string().regex(/^[A-Za-z]{1,32}$/, 'must be the name of a category, such as Payment'),
  MessageType: z.enum(['Request', 'Notification']),
  ServiceID: SERVICE_ID.optional(),
  DeviceID: text(36).optional(),
  SaleID: text(80),
  POIID: text(80),
});
export type Header = z.infer<typeof HEADER>;

/** What is read of a header that may not be one: to know whom an answer is for. */
export const HEADER_HINTS = z.object({
  ServiceID: z.string().max(36).optional().catch(undefined),
  DeviceID: z.string().max(36).optional().catch(undefined),
  SaleID: z.string().max(80).optional().catch(undefined),
  POIID: z.string().max(80).optional().catch(undefined),
  MessageCategory: z.string().max(32).optional().catch(undefined),
});
export type HeaderHints = z.infer<typeof HEADER_HINTS>;

export const ERROR_CONDITIONS = [
  'Aborted',
  'Busy',
  'Cancel',
  'DeviceOut',
  'InProgress',
  'InsertedCard',
  'InvalidCard',
  'LoggedOut',
  'MessageFormat',
  'NotAllowed',
  'NotFound',
  'PaymentRestriction',
  'Refusal',
  'UnavailableDevice',
  'UnavailableService',
  'UnreachableHost',
  'WrongPIN',
] as const;
export type ErrorCondition = (typeof ERROR_CONDITIONS)[number];

/** What became of a request, as each response says it. */
export interface Response {
  readonly Result: 'Success' | 'Failure';
  readonly ErrorCondition?: ErrorCondition;
  readonly AdditionalResponse?: string;
}

/** Something that happened at one time under one name. */
export const TRANSACTION_ID = z.object({ TransactionID: text(100), TimeStamp: text(40) });
export type TransactionId = z.infer<typeof TRANSACTION_ID>;

/** An earlier message that this one is about. */
export const MESSAGE_REFERENCE = z.object({
  MessageCategory: text(32).optional(),
  ServiceID: text(36).optional(),
  DeviceID: text(36).optional(),
  SaleID: text(80).optional(),
  POIID: text(80).optional(),
});
export type MessageReference = z.infer<typeof MESSAGE_REFERENCE>;

export const SUCCESS: Response = { Result: 'Success' };

export function success(more: Readonly<Record<string, string | undefined>>): Response {
  const said = fields(more);
  return said === '' ? SUCCESS : { Result: 'Success', AdditionalResponse: said };
}

export function failure(condition: ErrorCondition, more: Readonly<Record<string, string | undefined>>): Response {
  const said = fields(more);
  return { Result: 'Failure', ErrorCondition: condition, ...(said === '' ? {} : { AdditionalResponse: said }) };
}

/** Names and values as they stand in `AdditionalResponse` and on receipts: `name=value&name=value`, percent-encoded. */
export function fields(values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${percentEncoded(value)}`]))
    .join('&');
}

/** What a till sent may hold half a character, of which `encodeURIComponent` makes an error. */
export function percentEncoded(value: string): string {
  return encodeURIComponent(Buffer.from(value, 'utf8').toString('utf8'));
}

/** The header of an answer: the request's, turned around. */
export type ResponseHeader = Omit<Header, 'MessageType'> & { readonly MessageType: 'Response' };

export function answered(header: Omit<Header, 'MessageType'>): ResponseHeader {
  const { MessageCategory, MessageClass, ServiceID, DeviceID, SaleID, POIID } = header;
  return {
    MessageCategory,
    MessageClass,
    MessageType: 'Response',
    POIID,
    ProtocolVersion: '3.0',
    SaleID,
    ...(ServiceID === undefined ? {} : { ServiceID }),
    ...(DeviceID === undefined ? {} : { DeviceID }),
  };
}

/** Enough of a payment code to know it again, in the letters that receipts have everywhere. */
export function maskedPan(code: string): string {
  return maskCode(code).replace('…', '****');
}

/** ISO 8601 in UTC with milliseconds, as the terminal's own time stamps are. */
export function timeStamp(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** Reads it, with the values of what is wrong at hand for `problemOf`. */
export function read<Schema extends z.ZodType>(schema: Schema, given: unknown): z.ZodSafeParseResult<z.infer<Schema>> {
  return schema.safeParse(given, { reportInput: true });
}

/** The first thing that a schema found wrong, in words: where, what, and the value that stands there. */
export function problemOf(error: z.ZodError, at: string): string {
  const [issue] = error.issues;
  if (issue === undefined) return `${at} does not fit`;
  return `${[at, ...issue.path.map(String)].join('.')}: ${issue.message} (given: ${given(issue.input)})`;
}

function given(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  const said = JSON.stringify(value);
  return said.length <= 80 ? said : `${said.slice(0, 80)}…`;
}
