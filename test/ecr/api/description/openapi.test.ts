import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ERRORS } from '../../../../src/base/errors.js';
import { examples } from '../../../../src/ecr/api/description/examples.js';
import { type Answer, ApiBench } from '../bench.js';

// biome-ignore lint/suspicious/noExplicitAny: a description as any reader of it sees it.
type Json = any;

let bench: ApiBench;
let description: Json;
let ajv: Ajv2020;

beforeAll(async () => {
  bench = await ApiBench.open({ networkMs: 0 });
  description = (await bench.call('GET', '/openapi.json')).json;
  ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(referring({ $id: 'components', $defs: description.components.schemas }));
});
afterAll(() => bench.close());

/** What is wrong with this by a schema of the description. */
function wrong(schema: Json, value: unknown): string | undefined {
  const check = ajv.compile(referring(schema));
  return check(value) ? undefined : ajv.errorsText(check.errors);
}

/** The components as they stand in a schema of their own. */
function referring(schema: Json): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', '"components#/$defs/'));
}

/** Many answers are described in one place. */
function response(described: Json): Json {
  const ref: string | undefined = described?.$ref;
  return ref === undefined ? described : description.components.responses[ref.slice(ref.lastIndexOf('/') + 1)];
}

function operations(): { path: string; method: string; operation: Json }[] {
  return Object.entries<Json>(description.paths).flatMap(([path, item]) =>
    Object.entries<Json>(item).map(([method, operation]) => ({ path, method, operation })),
  );
}

/** What is wrong with an answer, by the description of the route that gave it. */
function wrongWith(
  path: string,
  method: string,
  { status, headers, json }: Pick<Answer, 'status' | 'headers' | 'json'>,
) {
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  const { content } = response(description.paths[path][method].responses[status]) ?? {};
  if (content?.[type] === undefined) return `${status} ${type} is not described`;
  return wrong(content[type].schema, json);
}

describe('the description of the API', () => {
  test('is OpenAPI 3.1, refers to nothing that is not in it, and names each operation once', () => {
    expect(description.openapi).toBe('3.1.0');
    const text = JSON.stringify(description);
    for (const [, ref = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      expect(
        ref.split('/').reduce((at: Json, step) => at?.[step], description),
        ref,
      ).toBeDefined();
    }
    expect(text).not.toContain('$defs');
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const named = operation.parameters.filter((one: Json) => one.in === 'path').map(({ name }: Json) => name);
      expect(named, path).toEqual(inPath);
      expect(operation.summary, path).toMatch(/\w/);
      expect(Object.keys(description.tags.map(({ name }: Json) => name)).length).toBeGreaterThan(0);
      expect(description.tags.map(({ name }: Json) => name)).toEqual(expect.arrayContaining(operation.tags));
    }
  });

  test('has every address that the server has, with its methods, and no other', async () => {
    const served = new Map<string, string[]>();
    for (const path of Object.keys(description.paths)) {
      // Whatever is not possible there is answered with what is.
      const answer = await bench.call('PATCH', path.replaceAll(/\{\w+\}/g, 'T01'));
      expect(answer.status, path).toBe(405);
      const allowed =
        answer.headers
          .get('allow')
          ?.split(', ')
          .filter((method) => method !== 'HEAD') ?? [];
      served.set(path, allowed.map((method) => method.toLowerCase()).sort());
    }
    const described = Object.entries<Json>(description.paths).map(([path, item]) => [path, Object.keys(item).sort()]);
    expect([...served]).toEqual(described);

    const addresses = new Set(bench.api.addresses.map((address) => address.replaceAll(/:(\w+)/g, '{$1}')));
    expect(new Set(Object.keys(description.paths))).toEqual(addresses);
  });

  test('names the problems with codes that there are, each under its status', () => {
    const codes = new Set<string>();
    for (const { operation } of operations()) {
      for (const [status, answer] of Object.entries<Json>(operation.responses)) {
        const schema = response(answer).content?.['application/problem+json']?.schema;
        if (schema === undefined) continue;
        expect(Number(status)).toBeGreaterThanOrEqual(400);
        for (const code of schema.allOf[1].properties.code.enum) codes.add(code);
      }
    }
    expect(Object.keys(ERRORS)).toEqual(expect.arrayContaining([...codes]));
    expect([...codes]).toEqual(
      expect.arrayContaining(['PJ_BUSY', 'PJ_KEY_REUSED', 'PJ_TOKEN', 'PJ_RATE', 'PJ_AMOUNT']),
    );
  });

  test('is true of its own examples', () => {
    const seen = new Set<string>();
    for (const { path, method, operation } of operations()) {
      const example = examples()[operation.operationId];
      if (example === undefined) continue;
      seen.add(operation.operationId);
      const { request } = example;
      if (request !== undefined) {
        const { schema } = operation.requestBody.content['application/json'];
        expect(wrong(schema, request), operation.operationId).toBeUndefined();
      }
      if (example.answer === undefined) continue;
      const headers = new Headers({ 'content-type': 'application/json' });
      const answer = { status: example.status, headers, json: example.answer as Answer['json'] };
      expect(wrongWith(path, method, answer), operation.operationId).toBeUndefined();
      expect(operation.responses[example.status].content['application/json'].example).toEqual(example.answer);
    }
    expect(seen).toEqual(new Set(Object.keys(examples())));
  });

  test('is true of real answers, good ones and bad ones', async () => {
    const id = await bench.soldAndSettled({ subject: '拿铁' });
    bench.clock.advance(5_000);
    await bench.call('POST', '/v1/faults', { body: { fault: 'printer.paper-jam', when: { line: 4 } } });
    const jammed = await bench.soldAndSettled();
    const asked: readonly [template: string, method: string, path: string, body?: object][] = [
      ['/v1/sales', 'GET', '/v1/sales'],
      ['/v1/sales', 'GET', '/v1/sales?limit=0'],
      ['/v1/sales', 'POST', '/v1/sales', { amount: 'much' }],
      ['/v1/sales', 'POST', '/v1/sales', { amount: '1' }],
      ['/v1/sales', 'POST', '/v1/sales', []],
      ['/v1/sales/{id}', 'GET', `/v1/sales/${id}`],
      ['/v1/sales/{id}', 'GET', '/v1/sales/nobody'],
      ['/v1/terminals/{terminal}/sales/{id}', 'GET', `/v1/terminals/T01/sales/${id}`],
      ['/v1/terminals/{terminal}/sales/{id}', 'GET', `/v1/terminals/T99/sales/${id}`],
      ['/v1/sales/{id}/verdict', 'GET', `/v1/sales/${id}/verdict?ask=true`],
      ['/v1/sales/{id}/verdict', 'GET', `/v1/sales/${jammed}/verdict`],
      ['/v1/sales/{id}/ticket.png', 'GET', '/v1/sales/nobody/ticket.png'],
      ['/v1/sales/{id}/cancel', 'POST', `/v1/sales/${id}/cancel`],
      ['/v1/sales/{id}/reverse', 'POST', `/v1/sales/${id}/reverse`, { waitMs: -1 }],
      ['/v1/records', 'GET', '/v1/records'],
      ['/v1/events', 'GET', '/v1/events?after=nothing'],
      ['/v1/terminals', 'GET', '/v1/terminals'],
      ['/v1/faults', 'GET', '/v1/faults'],
      ['/v1/faults', 'POST', '/v1/faults', { fault: 'printer.paper-jma' }],
      ['/v1/faults/catalogue', 'GET', '/v1/faults/catalogue'],
      ['/v1/faults/{id}', 'DELETE', '/v1/faults/f99'],
      ['/v1/webhooks', 'POST', '/v1/webhooks', { url: 'http://127.0.0.1:1/' }],
      ['/v1/webhooks', 'GET', '/v1/webhooks'],
      ['/v1/notify/alipay', 'POST', '/v1/notify/alipay', {}],
      ['/healthz', 'GET', '/healthz'],
      ['/readyz', 'GET', '/readyz'],
    ];
    for (const [template, method, path, body] of asked) {
      const answer = await bench.call(method, path, { body });
      expect(wrongWith(template, method.toLowerCase(), answer), `${method} ${path} ${answer.text}`).toBeUndefined();
    }
  });

  test('bites: an answer with a field that is not described, or without one that is, is none', () => {
    const answer = examples().getSale?.answer as Json;
    const headers = new Headers({ 'content-type': 'application/json' });
    const judged = (json: Json) => wrongWith('/v1/sales/{id}', 'get', { status: 200, headers, json });
    expect(judged(answer)).toBeUndefined();
    expect(judged({ ...answer, more: 1 })).toMatch(/must NOT have (additional|unevaluated) properties/);
    expect(judged({ ...answer, payment: undefined })).toMatch(/payment/);
    expect(judged({ ...answer, payment: 'perhaps' })).toMatch(/must be equal to one of the allowed values/);
  });

  test('says that a token is asked for only where one is', async () => {
    expect(description.security).toEqual([]);
    const guarded = await ApiBench.open({}, { token: 'secret' });
    const headers = { authorization: 'Bearer secret' };
    const { json } = await guarded.call('GET', '/openapi.json', { headers });
    expect(json.security).toEqual([{ token: [] }]);
    expect((json.paths as Json)['/healthz'].get.security).toEqual([]);
    await guarded.close();
  });

  test('describes the webhooks', () => {
    expect(Object.keys(description.webhooks)).toContain('sale.settled');
  });
});
