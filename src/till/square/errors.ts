import type { TillAnswer } from '../wire.js';

/** The categories and codes that this terminal has use for, of those in Square's `ErrorCategory` and `ErrorCode`. */
export type SquareCategory =
  | 'API_ERROR'
  | 'AUTHENTICATION_ERROR'
  | 'INVALID_REQUEST_ERROR'
  | 'RATE_LIMIT_ERROR'
  | 'PAYMENT_METHOD_ERROR'
  | 'REFUND_ERROR';

/** One error as Square writes it (API reference, object Error). `field` is a path in the request: `checkout.amount_money`. */
export interface SquareError {
  readonly category: SquareCategory;
  readonly code: string;
  readonly detail: string;
  readonly field?: string;
}

/** What an endpoint says instead of what was asked for. */
export class Refusal {
  readonly errors: readonly SquareError[];

  constructor(
    readonly status: number,
    ...errors: readonly SquareError[]
  ) {
    this.errors = errors;
  }

  answer(): TillAnswer {
    return jsonAnswer(this.status, { errors: this.errors });
  }
}

export function jsonAnswer(status: number, body: unknown): TillAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** The request itself is wrong, at this place of it. */
export function invalid(code: string, field: string, detail: string): Refusal {
  return new Refusal(400, { category: 'INVALID_REQUEST_ERROR', code, detail, field });
}

/** What the path names is not there. */
export function notFound(detail: string, field?: string): Refusal {
  const error = { category: 'INVALID_REQUEST_ERROR', code: 'NOT_FOUND', detail } as const;
  return new Refusal(404, field === undefined ? error : { ...error, field });
}

/** The money cannot go back. */
export function noRefund(code: string, detail: string, field?: string): Refusal {
  const error = { category: 'REFUND_ERROR', code, detail } as const;
  return new Refusal(400, field === undefined ? error : { ...error, field });
}

/** Something on this side is amiss; what was asked for may be asked for again. */
export function broken(status: 500 | 501 | 503, code: string, detail: string): Refusal {
  return new Refusal(status, { category: 'API_ERROR', code, detail });
}

/** By the status of HTTP, for a request that never came in whole. */
const UNREAD: Readonly<Record<number, Pick<SquareError, 'category' | 'code'>>> = {
  400: { category: 'INVALID_REQUEST_ERROR', code: 'BAD_REQUEST' },
  401: { category: 'AUTHENTICATION_ERROR', code: 'UNAUTHORIZED' },
  404: { category: 'INVALID_REQUEST_ERROR', code: 'NOT_FOUND' },
  405: { category: 'INVALID_REQUEST_ERROR', code: 'METHOD_NOT_ALLOWED' },
  408: { category: 'INVALID_REQUEST_ERROR', code: 'REQUEST_TIMEOUT' },
  413: { category: 'INVALID_REQUEST_ERROR', code: 'REQUEST_ENTITY_TOO_LARGE' },
  415: { category: 'INVALID_REQUEST_ERROR', code: 'UNSUPPORTED_MEDIA_TYPE' },
  429: { category: 'RATE_LIMIT_ERROR', code: 'RATE_LIMITED' },
  500: { category: 'API_ERROR', code: 'INTERNAL_SERVER_ERROR' },
  503: { category: 'API_ERROR', code: 'SERVICE_UNAVAILABLE' },
};

export function unread(status: number, detail: string): Refusal {
  const known = UNREAD[status] ?? { category: 'INVALID_REQUEST_ERROR', code: 'BAD_REQUEST' };
  return new Refusal(status, { ...known, detail });
}
