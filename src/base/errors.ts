/**
 * Every error that paperjam raises on purpose, in one table. The table is the documentation's source too: a test checks
 * that each code is thrown somewhere and stands in the README's table of errors.
 *
 * `{name}` in a template is replaced by the datum of that name.
 */
export const ERRORS = {
  PJ_AMOUNT: 'The amount {value} is not accepted: {allowed}.',
  PJ_CODE: 'The payment code {value} is not accepted: {problem}. Allowed: {allowed}.',
  PJ_JOURNAL_CHANGED:
    'The journal {address} was changed at record {sequence}: {problem}. It is evidence, so nothing is built on it: restore it, or move it away to start a new one.',
  PJ_BUSY: 'The terminal cannot do this now: {state}. Wait for the sale under way, or cancel it.',
  PJ_UNKNOWN_SALE: 'There is no sale {saleId} in the journal. Known: {known}.',
  PJ_NO_TICKET: 'The sale {saleId} has no ticket to print: {problem}.',
  PJ_STORAGE_FULL:
    'There is no room in {path} for {bytes} more bytes. What was acknowledged before is safe. Free some space there, then restart.',
  PJ_STORAGE_FAILED:
    '{path} cannot be {action}: {problem}. What was acknowledged before is safe. Mend the cause, then restart.',
  PJ_STORAGE_OPEN: '{path} cannot be opened for storage: {problem}. {advice}',
  PJ_STORAGE_LOCKED: '{path} is in use by {holder}. Stop that program, or use another folder (--data DIR).',
  PJ_PORT_IN_USE: 'Port {port} on {host} is in use by another program. Stop it, or choose another port.',
  PJ_NO_PTY: 'No pseudo-terminal can be made: {problem}. {advice}',
  PJ_TICKET: 'The ticket cannot be printed on this printer: {problem}. Allowed: {allowed}.',
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof ERRORS;

/** A failure with a stable code, a sentence that says what happened and what to do, and the data behind it. */
export class PaperjamError extends Error {
  readonly code: ErrorCode;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, data: Record<string, unknown> = {}, options?: { cause?: unknown }) {
    super(fill(ERRORS[code], data), options);
    this.name = 'PaperjamError';
    this.code = code;
    this.data = data;
  }
}

function fill(template: string, data: Record<string, unknown>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? `{${name}}`));
}
