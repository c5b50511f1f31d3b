import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FAULT_NAMES } from '../../../src/faults/catalogue.js';
import { type Answer, ApiBench, closeBenches, expectProblem } from './bench.js';

closeBenches();

const RUNS = { numRuns: 150 };

/** Anything that JSON can say, and what is nearly right. */
function nearly(fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> {
  const wild = Object.entries(fields).map(([name, good]) => [
    name,
    fc.oneof({ weight: 4, arbitrary: good }, fc.jsonValue()),
  ]);
  const record = fc.record(Object.fromEntries(wild), { requiredKeys: [] });
  const foreign = fc.tuple(record, fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 1 }));
  return fc.oneof(
    { weight: 5, arbitrary: fc.record(fields, { requiredKeys: [] }) },
    { weight: 5, arbitrary: record },
    foreign.map(([own, more]) => ({ ...more, ...own })),
    fc.jsonValue(),
  );
}

const AMOUNT = fc.oneof(
  fc.constantFrom('12.80', '0.01', '50000', '50000.01', '0', '-1', '12.805', '1e9', ''),
  fc.string(),
);
const CODE = fc.oneof(
  fc.stringMatching(/^2[5-9]\d{14,22}$/),
  fc.stringMatching(/^1[0-5]\d{16}$/),
  fc.stringMatching(/^\d{1,30}$/),
  fc.string(),
);
const NEARLY_A_SALE = nearly({
  amount: AMOUNT,
  amountFen: fc.oneof(fc.integer({ min: -10, max: 6_000_000 }), fc.double()),
  subject: fc.string(),
  code: CODE,
  customer: fc.record(
    { behaviour: fc.constantFrom('pays', 'never', 'refuses', 'runs'), afterMs: fc.integer({ min: -1, max: 1e7 }) },
    { requiredKeys: [] },
  ),
  waitMs: fc.constantFrom(0, -1, 1e9, 0.5, '0'),
});

const A_SALE = fc.record(
  {
    amount: fc.constantFrom('12.80', '0.01', '50000'),
    subject: fc.string({ minLength: 1 }),
    customer: fc.record({ behaviour: fc.constantFrom('pays', 'never') }),
  },
  { requiredKeys: ['amount'] },
);
const SALE = fc.oneof({ weight: 1, arbitrary: A_SALE }, { weight: 3, arbitrary: NEARLY_A_SALE });

/** What a sale has to be, said once more and in other words. */
function isSale(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  const { amount, amountFen, subject, code, customer, waitMs, ...others } = body as Record<string, unknown>;
  if (Object.keys(others).length > 0 || (amount === undefined) === (amountFen === undefined)) return false;
  if (amount !== undefined && !(typeof amount === 'string' && /^\s*\d{1,9}(\.\d\d?)?\s*$/.test(amount))) return false;
  const fen = amountFen ?? Math.round(Number(amount) * 100);
  if (!(Number.isInteger(fen) && Number(fen) > 0 && Number(fen) <= 5_000_000)) return false;
  if (subject !== undefined && !(typeof subject === 'string' && isLine(subject))) return false;
  if (code !== undefined && customer !== undefined) return false;
  if (code !== undefined && !(typeof code === 'string' && /^\s*(2[5-9]|30)\d{14,22}\s*$/.test(code))) return false;
  if (customer !== undefined && !isCustomer(customer)) return false;
  return waitMs === undefined || waitMs === 0;
}

function isLine(text: string): boolean {
  const letters = [...text];
  const control = letters.some((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029 || code >> 11 === 0x1b;
  });
  return text.length >= 1 && text.length <= 128 && !control;
}

function isCustomer(customer: unknown): boolean {
  if (typeof customer !== 'object' || customer === null || Array.isArray(customer)) return false;
  const { behaviour, afterMs, ...others } = customer as Record<string, unknown>;
  const known = ['pays', 'confirms', 'refuses', 'no-money', 'never'].some((one) => one === behaviour);
  const after =
    afterMs === undefined || (Number.isInteger(afterMs) && Number(afterMs) >= 0 && Number(afterMs) <= 600_000);
  return known && after && Object.keys(others).length === 0;
}

/** Nobody's body is the server's fault. */
function expectNoBug(bench: ApiBench, answer: Answer, body: unknown): void {
  expect(answer.status, JSON.stringify(body)).toBeLessThan(500);
  expect(bench.bugs).toEqual([]);
  if (answer.status >= 400) {
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.json.detail).toMatch(/\w/);
  }
}

describe('whatever the body', () => {
  test('POST /v1/sales opens a sale if it is one, else says why not; it is never the server’s fault', async () => {
    const bench = await ApiBench.open();
    let opened = 0;
    await fc.assert(
      fc.asyncProperty(SALE, async (body) => {
        const answer = await bench.call('POST', '/v1/sales', { body });
        expectNoBug(bench, answer, body);
        expect(answer.status, `${JSON.stringify(body)} ${answer.text}`).toBe(isSale(body) ? 201 : 400);
        const sales = bench.world.terminal.sales();
        if (answer.status === 201) opened++;
        expect(sales).toHaveLength(opened);
        if (answer.status !== 201) return;
        bench.world.terminal.cancel();
        bench.clock.runUntil(() => bench.world.terminal.free);
      }),
      { numRuns: 400 },
    );
    expect(opened).toBeGreaterThan(5);
  });

  test('POST /v1/scan gives the sale under way a code if it is one', async () => {
    const bench = await ApiBench.open();
    await fc.assert(
      fc.asyncProperty(nearly({ code: CODE }), async (body) => {
        await bench.sell({ customer: undefined });
        const answer = await bench.call('POST', '/v1/scan', { body });
        expectNoBug(bench, answer, body);
        expect(bench.world.terminal.state).toBe(answer.status === 202 ? 'settling.authorizing' : 'scanning');
        bench.world.terminal.cancel();
        bench.clock.runUntil(() => bench.world.terminal.free);
      }),
      RUNS,
    );
  });

  test('POST /v1/faults puts a fault in or says why not, and leaves nothing half done', async () => {
    const bench = await ApiBench.open();
    const record = nearly({
      fault: fc.constantFrom(...FAULT_NAMES, 'printer.paper-jma'),
      when: fc.oneof(
        fc.constant('now'),
        fc.record({ line: fc.integer({ min: -1, max: 9 }) }),
        fc.record({ byte: fc.integer({ min: -1, max: 9 }) }),
        fc.record({ afterMs: fc.double() }),
      ),
      for: fc.oneof(fc.constantFrom(-1, 0.5, 1e9, null), fc.integer({ min: -1, max: 100 })),
      times: fc.integer({ min: -1, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(record, async (body) => {
        const answer = await bench.call('POST', '/v1/faults', { body });
        expectNoBug(bench, answer, body);
        const active = bench.world.faults.active().length;
        if (answer.status !== 201) expect(active).toBe(0);
        else if (answer.json.for === undefined) expect(active).toBe(1);
        else expect(active).toBeLessThanOrEqual(1); // It may be over already.
        bench.world.faults.clearAll();
      }),
      RUNS,
    );
    const saleId = await bench.soldAndSettled();
    expect((await bench.call('GET', `/v1/sales/${saleId}`)).json.payment).toBe('paid');
  });

  test('cancel and reprint look at the address only', async () => {
    const bench = await ApiBench.open();
    const saleId = await bench.soldAndSettled();
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.constantFrom('cancel', 'reprint'), async (body, action) => {
        const answer = await bench.call('POST', `/v1/sales/${saleId}/${action}`, { body });
        expectNoBug(bench, answer, body);
        if (action === 'cancel') expectProblem(answer, 409, 'PJ_NOT_NOW');
        else expect(answer.status).toBe(202);
        bench.clock.runUntil(() => bench.world.terminal.free);
      }),
      { numRuns: 40 },
    );
  });

  test('no address and no query is the server’s fault', async () => {
    const bench = await ApiBench.open();
    const path = fc.oneof(
      fc.webPath(),
      fc
        .tuple(
          fc.constantFrom('/v1/sales', '/v1/sales/x', '/v1/sales/x/ticket.png', '/v1/faults'),
          fc.webQueryParameters(),
        )
        .map(([base, query]) => `${base}?${query}`),
      fc
        .string({ unit: 'binary', maxLength: 40 })
        .map((text) => `/v1/sales/${encodeURIComponent(text.replace(/\p{Cs}/gu, ''))}`),
    );
    await fc.assert(
      fc.asyncProperty(path, fc.constantFrom('GET', 'HEAD', 'DELETE', 'PUT'), async (address, method) => {
        const answer = await bench.call(method, address);
        expect(answer.status, `${method} ${address}`).toBeLessThan(500);
        expect(bench.bugs).toEqual([]);
      }),
      RUNS,
    );
  });
});
