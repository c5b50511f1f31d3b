import { expect, test } from 'vitest';
import { FaceBench, PAYS } from './bench.js';

test('a sale that is paid', () => {
  const bench = new FaceBench();
  const answer = bench.post('/v1/sales', { ...PAYS, waitMs: 60_000 }, 'k1');
  console.log(answer.status, answer.headers, answer.body);
  console.log(bench.trades(), bench.till.notes);
  const again = bench.post('/v1/sales', { ...PAYS, waitMs: 60_000 }, 'k1');
  console.log(again.status, again.headers, again.body, bench.world.terminal.state);
  bench.untilFree();
  console.log(bench.post(`/v1/sales/${again.json.id}/reverse`).body);
  bench.untilFree();
  console.log(bench.get(`/v1/sales/${again.json.id}`).body);
  console.log(bench.get(`/v1/sales`).body);
  console.log(bench.get(`/v1/records?limit=3`).body);
  console.log(bench.get(`/v1/terminals`).body);
  console.log(bench.trades(), bench.told);
  expect(bench.bugs).toEqual([]);
});
