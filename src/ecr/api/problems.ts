import type { FastifyError, FastifyReply } from 'fastify';
import { z } from 'zod';
import { type ErrorCode, PaperjamError } from '../../base/errors.js';

/** What an error is over HTTP; the rest is 500. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  PJ_AMOUNT: 400,
  PJ_CODE: 400,
  PJ_REQUEST: 400,
  PJ_FAULT_FIELD: 400,
  PJ_FAULT_UNKNOWN: 400,
  PJ_FAULT_IMPOSSIBLE: 409,
  PJ_NO_CUSTOMER: 409,
  PJ_BUSY: 409,
  PJ_NO_TICKET: 409,
  PJ_UNKNOWN_SALE: 404,
  PJ_NO_PAPER: 404,
  PJ_NOT_FOUND: 404,
};

/** Answers an error as `application/problem+json` (RFC 9457) with the stable `code`. */
export function sendProblem(reply: FastifyReply, error: FastifyError | Error): FastifyReply {
  const known = error instanceof PaperjamError ? error : fromFastify(error);
  const status = STATUS[known.code] ?? ('statusCode' in error && error.statusCode ? error.statusCode : 500);
  return reply
    .code(status)
    .type('application/problem+json')
    .send({
      type: `urn:paperjam:error:${known.code}`,
      title: known.code,
      status,
      code: known.code,
      detail: known.message,
    });
}

/** Fails with `PJ_REQUEST`, naming the place and what is allowed, unless the value fits. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.infer<Schema> {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  throw new PaperjamError('PJ_REQUEST', { what, problem: z.prettifyError(parsed.error).replaceAll('\n', ' ') });
}

function fromFastify(error: FastifyError | Error): PaperjamError {
  const what = 'as it came';
  return new PaperjamError('PJ_REQUEST', { what, problem: error.message }, { cause: error });
}
