import type { z } from 'zod';
import { PaperjamError } from '../../base/errors.js';
import { firstProblem } from '../../base/problem.js';
import type { TillRequest } from '../wire.js';
import { RefusedRequest } from './problem.js';

/** Fails with `PJ_REQUEST`, naming the place, the value and what is allowed, unless the value fits. */
export function parse<Schema extends z.ZodObject>(schema: Schema, value: unknown, what: string): z.infer<Schema> {
  const parsed = schema.safeParse(value ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  const secret = (path: readonly PropertyKey[]) => path.includes('code') || path.includes('secret');
  const issues = parsed.error.issues.map((issue) => (secret(issue.path) ? { ...issue, input: undefined } : issue));
  const { path, problem } = firstProblem({ issues }, schema);
  throw new PaperjamError('PJ_REQUEST', { what: `${what}, ${path},`, problem });
}

const JSON_TYPE = /^application\/json\s*(;|$)/i;

/** The body of a request as JSON; `undefined` without one. Throws `PJ_REQUEST`. */
export function jsonBody(request: TillRequest): unknown {
  const { body, headers } = request;
  const type = headers['content-type'];
  const refuse = (problem: string, status = 400) => {
    const { method, path } = request;
    return new RefusedRequest(status, `${method} ${path.slice(0, 200)}`, problem);
  };
  if (body === '' && type === undefined) return undefined;
  if (type === undefined || !JSON_TYPE.test(type)) {
    throw refuse(`its content type is ${type ?? 'not given'}, allowed is application/json`, 415);
  }
  if (body === '') throw refuse('its body cannot be empty when the content type is application/json');
  try {
    return JSON.parse(body, refuseForeignPrototypes);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw refuse(`its body is not valid JSON (${problem.slice(0, 100)})`);
  }
}

/** Nothing here copies objects by their keys; should that ever change, no till's prototype comes along. */
function refuseForeignPrototypes(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new Error('it has a key __proto__');
  return value;
}

/** A name that is given twice comes as a list, so that it is told and not half ignored. */
export function queryOf({ query }: TillRequest): Record<string, unknown> {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(fields);
}

/** Visible characters of ASCII, as draft-ietf-httpapi-idempotency-key-header has them, with or without its quotes. */
const KEY = /^(?:"([!#-[\]-~]{1,200})"|([!#-~][!-~]{0,199}))$/;

/** By which a till repeats a request. Throws `PJ_REQUEST`. */
export function keyOf({ headers }: TillRequest): string | undefined {
  const given = headers['idempotency-key'];
  if (given === undefined) return undefined;
  const [, quoted, bare] = KEY.exec(given) ?? [];
  const key = quoted ?? bare;
  if (key !== undefined) return key;
  const problem = `it has to be 1 to 200 visible characters of ASCII (given: ${JSON.stringify(given.slice(0, 80))})`;
  throw new PaperjamError('PJ_REQUEST', { what: 'header, idempotency-key,', problem });
}
