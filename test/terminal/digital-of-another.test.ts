import { expect, test } from 'vitest';
import { Bench, PAID, PRINTED } from './bench.js';

test('the code of one digital ticket makes room for that of another: nobody is shown a ticket of someone else', () => {
  const bench = new Bench();
  bench.authorizations.push(PAID, PAID);
  bench.jobs.push(PRINTED, PRINTED);
  const first = bench.sell(10_000);
  const second = bench.sell(10_000);
  bench.terminal.offerDigital(first);
  bench.clock.advance(1_000);
  bench.terminal.offerDigital(second);
  bench.clock.advance(1_000);
  expect(bench.terminal.screen).toMatchObject({ state: 'digital', saleId: second });
});
