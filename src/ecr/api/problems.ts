import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type ErrorCode, PaperjamError } from '../../base/errors.js';
import { firstProblem } from '../../base/problem.js';
import type { TillAnswer } from '../../till/wire.js';

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
  PJ_JOURNAL_CHANGED: 503,
  PJ_NO_DIGITAL: 409,
  PJ_PAPER_REQUIRED: 409,
  PJ_PAGE_KNOWN: 409,
  PJ_TICKET_HELD: 409,
  PJ_TILL_KEY: 409,
  PJ_RATE: 429,
  PJ_STORAGE_FAILED: 503,
  PJ_POWER_CUT: 503,
  PJ_STORAGE_FULL: 507,
};

export function statusOf(code: ErrorCode): number {
  return STATUS[code] ?? 500;
}

export const PROBLEM_TYPE = 'application/problem+json';

/** An error as RFC 9457 wants it, with the stable `code`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
}

/**
 * Answers an error as `application/problem+json`. What is not raised on purpose is a bug: the client learns only that,
 * and `bug` is told the rest.
 */
export function sendProblem(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
  bug: (error: Error) => void,
): FastifyReply {
  const status = 'statusCode' in error ? error.statusCode : undefined;
  if (error instanceof PaperjamError) return send(reply, problemOf(error, statusOf(error.code)));
  if (status !== undefined && status >= 400 && status < 500) {
    return send(reply, problemOf(refused(request, problemWords(status, request, error.message)), status));
  }
  bug(error);
  return send(reply, problemOf(new PaperjamError('PJ_INTERNAL'), 500));
}

/** What is said to bytes that are no request. */
export function bytesProblem(status: number, problem: string): TillAnswer {
  const body = JSON.stringify(problemOf(new PaperjamError('PJ_REQUEST', { what: 'as it came', problem }), status));
  return { status, headers: { 'content-type': PROBLEM_TYPE }, body };
}

/** Fails with `PJ_REQUEST`, naming the place, the value and what is allowed, unless the value fits. */
export function parse<Schema extends z.ZodObject>(schema: Schema, value: unknown, what: string): z.infer<Schema> {
  const parsed = schema.safeParse(value ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) =>
    issue.path.includes('code') ? { ...issue, input: undefined } : issue,
  );
  const { path, problem } = firstProblem({ issues }, schema);
  throw new PaperjamError('PJ_REQUEST', { what: `${what}, ${path},`, problem });
}

function problemOf({ code, message }: PaperjamError, status: number): Problem {
  return { type: `urn:paperjam:error:${code}`, title: code, status, code, detail: message };
}

function send(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type(PROBLEM_TYPE).send(problem);
}

function refused({ method, url }: FastifyRequest, problem: string): PaperjamError {
  return new PaperjamError('PJ_REQUEST', { what: `${method} ${url.slice(0, 200)}`, problem });
}

function problemWords(status: number, { headers, routeOptions }: FastifyRequest, words: string): string {
  if (status === 413) return `its body is larger than ${routeOptions.bodyLimit} bytes`;
  if (status !== 415) return words;
  return `its content type is ${headers['content-type'] ?? 'not given'}, allowed is application/json`;
}
