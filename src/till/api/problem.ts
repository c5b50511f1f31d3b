import { type ErrorCode, PaperjamError } from '../../base/errors.js';
import type { TillAnswer } from '../wire.js';

/** What an error is over HTTP; the rest is 500. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  PJ_AMOUNT: 400,
  PJ_CODE: 400,
  PJ_REQUEST: 400,
  PJ_FAULT_FIELD: 400,
  PJ_FAULT_UNKNOWN: 400,
  PJ_TOKEN: 401,
  PJ_FORBIDDEN: 403,
  PJ_NOTICE: 403,
  PJ_UNKNOWN_SALE: 404,
  PJ_NO_PAPER: 404,
  PJ_NOT_FOUND: 404,
  PJ_METHOD: 405,
  PJ_FAULT_IMPOSSIBLE: 409,
  PJ_NO_CUSTOMER: 409,
  PJ_BUSY: 409,
  PJ_NOT_NOW: 409,
  PJ_NO_TICKET: 409,
  PJ_NO_DIGITAL: 409,
  PJ_PAPER_REQUIRED: 409,
  PJ_TICKET_HELD: 409,
  PJ_TILL_KEY: 409,
  PJ_KEY_REUSED: 422,
  PJ_RATE: 429,
  PJ_JOURNAL_CHANGED: 503,
  PJ_STORAGE_FAILED: 503,
  PJ_POWER_CUT: 503,
  PJ_STORAGE_FULL: 507,
};

export const PROBLEM_TYPE = 'application/problem+json';

/** An error as RFC 9457 wants it, with the stable `code`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
}

/** A request that is refused for what it is made of, with the status that HTTP has for that. */
export class RefusedRequest extends PaperjamError {
  constructor(
    readonly status: number,
    what: string,
    problem: string,
  ) {
    super('PJ_REQUEST', { what, problem });
  }
}

export function statusOf(error: PaperjamError): number {
  return error instanceof RefusedRequest ? error.status : (STATUS[error.code] ?? 500);
}

/** The status that an error with this code has. */
export function usualStatusOf(code: ErrorCode): number {
  return STATUS[code] ?? 500;
}

export function problemOf(error: PaperjamError, status = statusOf(error)): Problem {
  const { code, message } = error;
  return { type: `urn:paperjam:error:${code}`, title: code, status, code, detail: message };
}

/**
 * An error as an answer. What is not raised on purpose is a bug: the till learns only that, and `bug` is told the rest.
 */
export function problemAnswer(error: unknown, bug: (error: Error) => void): TillAnswer {
  if (error instanceof PaperjamError) {
    const answer = answerOf(problemOf(error));
    if (error.code !== 'PJ_METHOD') return answer;
    return { ...answer, headers: { ...answer.headers, allow: String(error.data.allowed) } };
  }
  bug(error instanceof Error ? error : new Error(String(error)));
  return answerOf(problemOf(new PaperjamError('PJ_INTERNAL')));
}

export function answerOf(problem: Problem): TillAnswer {
  return { status: problem.status, headers: { 'content-type': PROBLEM_TYPE }, body: JSON.stringify(problem) };
}
