import { describe, expect, test } from 'vitest';
import { GENESIS, seal } from '../../../src/terminal/journal/chain.js';
import type { JournalEntry } from '../../../src/terminal/journal/record.js';
import { expectProblem, FaceBench } from './bench.js';

const SALES = 260; // More than the terminal keeps at hand.
const idOf = (n: number) => `T01OLD${String(n).padStart(4, '0')}`;

/** A busy shop: every sale is paid and printed, but each tenth, which is refused. */
function busyJournal(): Uint8Array {
  const lines: string[] = [];
  let prev = GENESIS;
  const write = (entry: JournalEntry) => {
    const { record, line } = seal(entry, lines.length + 1, Date.UTC(2025, 11, 1) + lines.length * 1_000, prev);
    prev = record.hash;
    lines.push(line);
  };
  for (let i = 0; i < SALES; i++) {
    const saleId = idOf(i);
    const jobId = `${saleId}/1`;
    write({ kind: 'sale-opened', saleId, amountFen: 1_280, subject: 'x' });
    write({ kind: 'authorize-intent', saleId, amountFen: 1_280, code: '281234567890123456', wallet: 'alipay' });
    write({ kind: 'payment', saleId, fact: i % 10 === 0 ? 'not-paid' : 'paid', by: 'authorize', tradeNo: '1' });
    if (i % 10 === 0) continue;
    write({ kind: 'print-intent', saleId, jobId, copy: 0 });
    write({ kind: 'print-result', saleId, jobId, result: { outcome: 'printed', blocks: 4, confirmedBy: 'GS ( H' } });
  }
  return Buffer.from(lines.join(''));
}

const flash = busyJournal();
const ids = Array.from({ length: SALES }, (_, i) => idOf(i));
const bench = new FaceBench({ flash });

function walk(first: string, along: 'next' | 'prev', items: 'sales' | 'records') {
  const pages: { items: Record<string, unknown>[]; json: Record<string, string | undefined> }[] = [];
  for (let path: string | undefined = first; path !== undefined; path = pages.at(-1)?.json[along]) {
    const { json, headers } = bench.get(path);
    pages.push({ items: json[items], json });
    const links = ['prev', 'next'].flatMap((rel) => (json[rel] === undefined ? [] : [`<${json[rel]}>; rel="${rel}"`]));
    expect(headers?.link).toBe(links.length === 0 ? undefined : links.join(', '));
  }
  return pages;
}

describe('sales, page by page', () => {
  test('from the first to the last, each once, in the order in which they were opened', () => {
    const pages = walk('/v1/sales?after=&limit=60', 'next', 'sales');
    expect(pages.map(({ items }) => items.length)).toEqual([60, 60, 60, 60, 20]);
    expect(pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(ids);
    expect(pages[0]?.items[1]).toMatchObject({ payment: 'paid', ticket: 'printed', amountFen: 1_280 });
  });

  test('from the newest back to the first', () => {
    const pages = walk('/v1/sales?limit=100', 'prev', 'sales');
    expect(pages.map(({ items }) => items.length)).toEqual([100, 100, 60]);
    expect(pages.reverse().flatMap(({ items }) => items.map(({ id }) => id))).toEqual(ids);
  });

  test('behind the cursor of the last page comes what was sold since, and nothing else', () => {
    const { json } = bench.get('/v1/sales?limit=5');
    expect(json.next).toBeUndefined();
    const later = () => bench.get(`/v1/sales?after=${json.cursor}`).json;
    expect(later()).toEqual({ sales: [], cursor: json.cursor });
    const { id } = bench.post('/v1/sales', { amount: '1' }).json;
    expect(later().sales).toMatchObject([{ id }]);
    bench.post(`/v1/sales/${id}/cancel`);
    bench.clock.advance(10_000);
    ids.push(id);
  });

  test('of one outcome, of one state of the ticket, since a time', () => {
    const unpaid = walk('/v1/sales?payment=not-paid&after=&limit=10', 'next', 'sales');
    const found = unpaid.flatMap(({ items }) => items);
    expect(found.map(({ id }) => id)).toEqual(ids.filter((_, i) => i % 10 === 0));
    expect(new Set(found.map(({ payment }) => payment))).toEqual(new Set(['not-paid']));
    expect(unpaid.slice(0, -1).map(({ items }) => items.length)).toEqual([10, 10]);
    const newest = bench.get('/v1/sales?payment=not-paid&limit=2').json;
    expect(newest.sales.map(({ id }: { id: string }) => id)).toEqual([idOf(250), ids.at(-1)]);
    expect(newest.prev).toContain('payment=not-paid');
    expect(bench.get('/v1/sales?ticket=none&payment=paid').json).toEqual({ sales: [] });
    const since = bench.get('/v1/sales?since=2025-12-31T08:00:00%2B08:00').json;
    expect(since.sales.map(({ id }: { id: string }) => id)).toEqual(ids.slice(SALES));
  });

  test.each([
    ['after=nonsense', /query, after, .*it is no cursor of a page of sales of this terminal \(given: "nonsense"\)/],
    [`after=${Buffer.from('sale T01NOBODY').toString('base64url')}`, /it is no cursor/],
    [`before=${Buffer.from('record 7').toString('base64url')}`, /query, before, .*no cursor/],
    ['limit=0', /query, limit, .*>=1/],
    ['limit=201', /query, limit, .*<=200/],
    ['payment=perhaps', /query, payment, .*"paid"/],
    ['since=yesterday', /must be a time such as 2026-01-01T08:00:00Z/],
    ['after=&before=', /give after or before, not both/],
    ['afer=', /no key afer; did you mean after\?/],
    ['limit=5&limit=6', /query, limit/],
  ])('?%s is refused', (query, words) => {
    expectProblem(bench.get(`/v1/sales?${query}`), 400, 'PJ_REQUEST', words);
  });
});

describe('the journal, page by page', () => {
  const whole = () => bench.records();

  test('is the journal, from its first record on, with the payment codes masked', () => {
    const pages = walk('/v1/records?after=&limit=200', 'next', 'records');
    const read = pages.flatMap(({ items }) => items);
    expect(read.map(({ seq }) => seq)).toEqual(whole().map(({ seq }) => seq));
    expect(read.map(({ hash }) => hash)).toEqual(whole().map(({ hash }) => hash));
    expect(read[1]).toMatchObject({ kind: 'authorize-intent', code: '2812…3456' });
    expect(JSON.stringify(read)).not.toContain('281234567890123456');
  });

  test('without a cursor the newest; of one sale only its own', () => {
    expect(bench.get('/v1/records?limit=2').json.records).toMatchObject(
      whole()
        .slice(-2)
        .map(({ seq }) => ({ seq })),
    );
    const { records } = bench.get(`/v1/records?sale=${idOf(11)}`).json;
    expect(records.map(({ kind }: { kind: string }) => kind)).toEqual([
      'sale-opened',
      'authorize-intent',
      'payment',
      'print-intent',
      'print-result',
    ]);
    const first = bench.get(`/v1/records?sale=${idOf(11)}&after=&limit=2`).json;
    expect(bench.get(first.next).json.records[0]).toMatchObject({ kind: 'payment', saleId: idOf(11) });
  });

  test('tells of no record that a power cut could still take', () => {
    const before = bench.get('/v1/records?limit=1').json.cursor;
    const sent = bench.till.send({ path: '/v1/sales', json: { amount: '1' } });
    expect(bench.world.readJournal().length).toBeGreaterThan(0);
    const page = bench.till.send({ method: 'GET', path: '/v1/records', query: `after=${before}` });
    bench.clock.runUntil(() => page.heard !== undefined);
    if (page.heard === undefined || !('answer' in page.heard)) throw new Error('no answer');
    expect(JSON.parse(page.heard.answer.body).records).toEqual([]);
    bench.clock.runUntil(() => sent.heard !== undefined);
    expect(bench.get(`/v1/records?after=${before}`).json.records).toMatchObject([{ kind: 'sale-opened' }]);
    expect(bench.bugs).toEqual([]);
  });
});

test('a rotten bit is put right in what is read, and damage is told', () => {
  const clean = new FaceBench({ flash });
  clean.simulation.flash().rot(50, 1);
  const { records } = clean.get('/v1/records?after=&limit=1').json;
  expect(records).toMatchObject([{ seq: 1, saleId: idOf(0), amountFen: 1_280 }]);
  for (const bit of [2, 3]) clean.simulation.flash().rot(52, bit);
  expectProblem(clean.get('/v1/records?after=&limit=1'), 503, 'PJ_JOURNAL_CHANGED');
  expectProblem(clean.get('/v1/sales?after=&limit=1'), 503, 'PJ_JOURNAL_CHANGED');
  expect(clean.get('/v1/sales?limit=3').status).toBe(200);
});
