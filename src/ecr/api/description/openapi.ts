import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { ERRORS, type ErrorCode } from '../../../base/errors.js';
import { HOOK_TYPES } from '../../../till/api/notifier.js';
import { PROBLEM_TYPE, usualStatusOf } from '../../../till/api/problem.js';
import { type AnswerDoc, pathsOf, type RouteDoc, TAGS } from '../../../till/api/route.js';
import { SALE_VIEW } from '../../../till/api/views.js';
import { examples } from './examples.js';
import { fieldsOf, type JsonSchema, SchemaBook } from './schema.js';

export interface DescriptionOptions {
  readonly version: string;
  /** A token is asked for. */
  readonly guarded: boolean;
}

type Json = Readonly<Record<string, unknown>>;

const PROBLEM = z
  .strictObject({
    type: z.string().describe('urn:paperjam:error: and the code'),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('stable; what a program looks at'),
    detail: z.string().describe('what happened, and what to do'),
  })
  .meta({ id: 'Problem', description: 'An error, as RFC 9457 has it.' });

const HOOK_EVENT = z
  .strictObject({
    type: z.enum(HOOK_TYPES),
    timestamp: z.iso.datetime(),
    data: z.looseObject({ terminal: z.string(), sale: SALE_VIEW.optional() }),
  })
  .meta({ id: 'WebhookEvent' });

const PATH_PARAMS: Readonly<Record<string, string>> = {
  id: 'the order number of a sale, or the id of a fault',
  terminal: 'the number of a terminal',
  name: 'the name of a fault',
  webhook: 'the id of a webhook',
  ticket: 'the ticket itself, signed',
};

/** The API's description, made from the schemas by which requests are checked and answers are made. */
export function openApi(routes: readonly RouteDoc[], { version, guarded }: DescriptionOptions): Json {
  const book = new SchemaBook();
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    for (const [i, path] of pathsOf(route).entries()) {
      const at = path.replaceAll(/:(\w+)/g, '{$1}');
      const item = paths[at] ?? {};
      paths[at] = item;
      item[route.method.toLowerCase()] = operation(route, path, i > 0, book);
    }
  }
  const webhooks = Object.fromEntries(HOOK_TYPES.map((type) => [type, hook(type, book)]));
  book.of(PROBLEM, 'output');
  return {
    openapi: '3.1.0',
    info: {
      title: 'paperjam',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        'A payment terminal with a thermal printer that fails on purpose, and can always say whether the customer paid. Money is in fen, times are in UTC.',
    },
    servers: [{ url: '/' }],
    security: guarded ? [{ token: [] }] : [],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    webhooks,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Asked for as soon as other machines can reach it.' },
      },
      responses: sharedResponses(),
      schemas: Object.fromEntries(Object.entries(book.components).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

function operation(route: RouteDoc, path: string, ofTerminal: boolean, book: SchemaBook): Json {
  const { id, tag, title, about, open } = route;
  const body = bodyOf(route, book);
  return {
    operationId: ofTerminal ? `${id}AtTerminal` : id,
    tags: [tag],
    summary: title,
    ...(about === undefined ? {} : { description: about }),
    ...(open === true ? { security: [] } : {}),
    parameters: parametersOf(route, path, book),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: responsesOf(route, ofTerminal, book),
  };
}

function parametersOf(route: RouteDoc, path: string, book: SchemaBook): Json[] {
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    description: PATH_PARAMS[name] ?? '',
    schema: { type: 'string' },
  }));
  const query = (route.query === undefined ? [] : fieldsOf(route.query, book, 'output')).map((field) => ({
    name: field.name,
    in: 'query',
    required: field.required,
    description: field.about,
    schema: field.schema,
  }));
  const headers = Object.entries({ ...(takesKey(route) ? KEY_HEADER : {}), ...route.headers });
  return [
    ...named,
    ...query,
    ...headers.map(([name, description]) => ({ name, in: 'header', description, schema: { type: 'string' } })),
  ];
}

const KEY_HEADER = {
  'idempotency-key':
    '1 to 200 visible characters of ASCII, by which the request may be repeated: it has its effect once, and a repeated one gets idempotency-replayed: true',
};

function takesKey({ method, bodyType }: RouteDoc): boolean {
  return method === 'POST' && bodyType === undefined;
}

function bodyOf({ id, body, bodyType, bodyExample }: RouteDoc, book: SchemaBook): Json | undefined {
  if (bodyType !== undefined) return { required: true, content: { [bodyType]: { schema: { type: 'object' } } } };
  if (body === undefined) return undefined;
  const example = examples()[id]?.request ?? bodyExample;
  const content = { schema: book.of(body, 'input'), ...(example === undefined ? {} : { example }) };
  return { required: true, content: { 'application/json': content } };
}

function responsesOf(route: RouteDoc, ofTerminal: boolean, book: SchemaBook): Json {
  const responses: Record<string, Json & { readonly description?: string; readonly content?: Json }> = {};
  for (const [status, answer] of Object.entries(route.answers)) {
    const headers = {
      ...answer.headers,
      ...(takesKey(route) ? { 'idempotency-replayed': 'true for a repeated one' } : {}),
    };
    responses[status] = {
      description: answer.about,
      ...(Object.keys(headers).length === 0 ? {} : { headers: headersOf(headers) }),
      ...contentOf(route, Number(status), answer, book),
    };
  }
  for (const [status, codes] of problemsOf(route, ofTerminal)) {
    const known = responses[status];
    const [only] = codes;
    if (known === undefined && codes.length === 1 && only !== undefined && ANYBODYS.includes(only)) {
      responses[status] = { $ref: `#/components/responses/${status}` };
      continue;
    }
    const words = codes.map((code) => `${code}: ${ERRORS[code]}`).join('\n');
    responses[status] = {
      ...known,
      description: known === undefined ? words : `${known.description}\n${words}`,
      content: { ...known?.content, ...problemContent(codes) },
    };
  }
  return responses;
}

function contentOf(
  { id }: RouteDoc,
  status: number,
  answer: AnswerDoc,
  book: SchemaBook,
): { content?: Record<string, Json> } {
  const { type = 'application/json', schema } = answer;
  if (schema === undefined && answer.type === undefined) return {};
  const known = examples()[id];
  const example = known?.status === status ? { example: known.answer } : {};
  const binary: JsonSchema = { type: 'string' };
  return { content: { [type]: { schema: schema === undefined ? binary : book.of(schema, 'output'), ...example } } };
}

function headersOf(headers: Readonly<Record<string, string>>): Json {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );
}

/** Problems that have little to do with what is asked for. */
const ANYBODYS: readonly ErrorCode[] = ['PJ_REQUEST', 'PJ_TOKEN', 'PJ_FORBIDDEN', 'PJ_RATE', 'PJ_INTERNAL'];

/** By status, those that any request can get among them. */
function problemsOf(route: RouteDoc, ofTerminal: boolean): Map<number, ErrorCode[]> {
  const codes = new Set<ErrorCode>([...route.problems, ...ANYBODYS]);
  if (route.open === true) codes.delete('PJ_TOKEN');
  if (ofTerminal) codes.add('PJ_NOT_FOUND');
  if (takesKey(route)) codes.add('PJ_KEY_REUSED');
  const byStatus = new Map<number, ErrorCode[]>();
  const add = (status: number, code: ErrorCode) => byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  for (const code of codes) add(usualStatusOf(code), code);
  if (route.method === 'POST') for (const status of BODY_STATUS) add(status, 'PJ_REQUEST');
  return new Map([...byStatus].sort(([a], [b]) => a - b));
}

/** Too large, and of another type. */
const BODY_STATUS = [413, 415];

/** Answers that many routes have, by their status. */
function sharedResponses(): Json {
  const statuses = ANYBODYS.map((code) => [usualStatusOf(code), code] as const);
  return Object.fromEntries(
    [...statuses, ...BODY_STATUS.map((status) => [status, 'PJ_REQUEST'] as const)].map(([status, code]) => [
      status,
      { description: `${code}: ${ERRORS[code]}`, content: problemContent([code]) },
    ]),
  );
}

function problemContent(codes: readonly ErrorCode[]): Json {
  const code = { properties: { code: { enum: [...codes] } } };
  return { [PROBLEM_TYPE]: { schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, code] } } };
}

function hook(type: string, book: SchemaBook): Json {
  return {
    post: {
      operationId: `on-${type}`,
      tags: ['webhooks'],
      summary: type,
      parameters: ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
        name,
        in: 'header',
        required: true,
        schema: { type: 'string' },
      })),
      requestBody: { required: true, content: { 'application/json': { schema: book.of(HOOK_EVENT, 'output') } } },
      responses: { '2XX': { description: 'Taken; anything else, and it comes again' } },
    },
  };
}

export function statusWords(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}
