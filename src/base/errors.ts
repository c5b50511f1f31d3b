/**
 * Every error that paperjam raises on purpose, in one table. The table is the documentation's source too: a test checks
 * that each code is thrown somewhere and stands in the README's table of errors.
 *
 * `{name}` in a template is replaced by the datum of that name.
 */
export const ERRORS = {
  PJ_AMOUNT: 'The amount {value} is not accepted: {allowed}.',
  PJ_CODE: 'The payment code {value} is not accepted: {problem}. Allowed: {allowed}.',
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
