import { expect, test } from 'vitest';
import type { TillRef } from '../../src/terminal/journal/record.js';
import { Bench, CODE, PAID, PRINTED } from './bench.js';

const TILL: TillRef = { face: 'nexo', key: 'POS-1/77/0001', of: 'e3b0c442' };

test('the reference of the till is durable before anybody is asked for money', () => {
  const bench = new Bench();
  const saleId = bench.terminal.sell(1_280, { code: CODE, till: TILL });
  bench.clock.runUntil(() => bench.done.length > 0);
  bench.powerCut('nothing');
  expect(bench.done).toEqual(['authorize']);
  expect(bench.terminal.saleOf('nexo', TILL.key)).toBe(saleId);
  expect(bench.terminal.page(saleId).facts.till).toEqual(TILL);
  expect(bench.terminal.page(saleId).records[0]).toMatchObject({ kind: 'sale-opened', till: TILL });
});

test('a sale that no till asked for has no such field in the journal', () => {
  const bench = new Bench();
  const saleId = bench.terminal.sell(1_280);
  bench.clock.advance(10);
  const [opened] = bench.terminal.page(saleId).records;
  expect(Object.keys(opened ?? {})).toEqual(['seq', 'at', 'kind', 'saleId', 'amountFen', 'subject', 'prev', 'hash']);
  expect(bench.terminal.page(saleId).facts.till).toBeUndefined();
});

test('a key has one sale for ever, from the moment in which it is pressed', () => {
  const bench = new Bench();
  bench.authorizations.push(PAID);
  bench.jobs.push(PRINTED);
  const saleId = bench.terminal.sell(1_280, { code: CODE, till: TILL });
  expect(bench.terminal.saleOf('nexo', TILL.key)).toBe(saleId);
  expect(bench.terminal.find(saleId)).toBeUndefined();
  bench.clock.advance(60_000);
  expect(bench.terminal.free).toBe(true);
  expect(() => bench.terminal.sell(1_280, { till: { ...TILL, of: 'another' } })).toThrow(
    expect.objectContaining({ code: 'PJ_TILL_KEY', data: { face: 'nexo', key: TILL.key, saleId } }),
  );
  expect(bench.terminal.sales()).toHaveLength(1);
});

test('the same key of another protocol is another key', () => {
  const bench = new Bench();
  bench.terminal.sell(1_280, { till: { face: 'api', key: 'a' } });
  expect(bench.terminal.saleOf('square', 'a')).toBeUndefined();
  expect(bench.terminal.saleOf('api', 'b')).toBeUndefined();
});

test.each([
  [{ face: '', key: 'a' }, 'till.face'],
  [{ face: 'api', key: '' }, 'till.key'],
  [{ face: 'api', key: 'k'.repeat(201) }, 'till.key'],
  [{ face: 'api', key: 'a', of: 'f'.repeat(201) }, 'till.of'],
])('%j is no reference, and opens no sale', (till, what) => {
  const bench = new Bench();
  const thrown = expect.objectContaining({ code: 'PJ_REQUEST', data: expect.objectContaining({ what }) });
  expect(() => bench.terminal.sell(1_280, { till })).toThrow(thrown);
  expect(bench.terminal.state).toBe('idle');
});

test('a key that was lost with the power, before it was durable, is free again', () => {
  const bench = new Bench();
  bench.terminal.sell(1_280, { till: TILL });
  bench.powerCut('nothing');
  expect(bench.terminal.saleOf('nexo', TILL.key)).toBeUndefined();
  expect(bench.terminal.sell(1_280, { till: TILL })).not.toBe('');
});

test('an old sale, of which only the journal tells, is found by its key, behind a boot too', () => {
  const bench = new Bench();
  const saleIds: string[] = [];
  for (let i = 0; i < 230; i++) {
    saleIds.push(bench.terminal.sell(100 + i, { till: { face: 'api', key: `order-${i}` } }));
    bench.clock.advance(1);
    bench.terminal.cancel();
    bench.clock.advance(10);
  }
  const found = () => saleIds.map((_, i) => bench.terminal.saleOf('api', `order-${i}`));
  expect(bench.terminal.sales().length).toBeLessThan(saleIds.length);
  expect(found()).toEqual(saleIds);
  bench.powerCut('nothing');
  expect(bench.terminal.sales()[0]?.saleId).not.toBe(saleIds[0]);
  expect(found()).toEqual(saleIds);
  expect(bench.terminal.page(saleIds[0] ?? '').facts).toMatchObject({ amountFen: 100, payment: 'not-paid' });
});
