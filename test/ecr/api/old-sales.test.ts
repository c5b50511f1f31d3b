import { describe, expect, test } from 'vitest';
import { GENESIS, seal } from '../../../src/terminal/journal/chain.js';
import type { JournalEntry } from '../../../src/terminal/journal/record.js';
import { ApiBench, closeBenches, expectProblem } from './bench.js';

closeBenches();

/** More sales than the terminal keeps at hand. */
const SALES = 320;
const OLDEST = 'T01OLD0000';

/** The journal of a busy shop: every sale paid and printed. */
function busyJournal(): Uint8Array {
  const lines: string[] = [];
  let prev = GENESIS;
  const write = (entry: JournalEntry) => {
    const { record, line } = seal(entry, lines.length + 1, Date.UTC(2025, 11, 1) + lines.length, prev);
    prev = record.hash;
    lines.push(line);
  };
  for (let i = 0; i < SALES; i++) {
    const saleId = `T01OLD${String(i).padStart(4, '0')}`;
    const jobId = `${saleId}/1`;
    write({ kind: 'sale-opened', saleId, amountFen: 1_280, subject: 'x' });
    write({ kind: 'authorize-intent', saleId, amountFen: 1_280, code: '281234567890123456', wallet: 'alipay' });
    write({ kind: 'payment', saleId, fact: 'paid', by: 'authorize', tradeNo: '1' });
    write({ kind: 'print-intent', saleId, jobId, copy: 0 });
    write({ kind: 'print-result', saleId, jobId, result: { outcome: 'printed', blocks: 4, confirmedBy: 'GS ( H' } });
  }
  return Buffer.from(lines.join(''));
}

const flash = busyJournal();

/** The sales that the terminal has at hand. */
async function listed(bench: ApiBench): Promise<string[]> {
  const { json } = await bench.call('GET', '/v1/sales?limit=200');
  return (json.sales as { id: string }[]).map(({ id }) => id);
}

describe('a sale of so long ago that only the journal has it', () => {
  test('is answered, noted as delivered, and the terminal boots again after that', async () => {
    const bench = await ApiBench.open({ flash });
    expect(await listed(bench)).not.toContain(OLDEST);
    expect((await bench.call('GET', `/v1/sales/${OLDEST}`)).json).toMatchObject({ payment: 'paid', delivery: 'none' });
    await bench.until(() => bench.deliveries(OLDEST).length > 0);
    expect((await bench.call('GET', `/v1/sales/${OLDEST}`)).json).toMatchObject({ delivery: 'delivered' });
    bench.world.powerCut();
    bench.clock.advance(5_000);
    expect(bench.world.terminal.free).toBe(true);
    expect((await bench.call('GET', `/v1/sales/${OLDEST}`)).json).toMatchObject({ delivery: 'delivered' });
    expect(bench.deliveries(OLDEST)).toEqual(['delivered to api']);
    expectProblem(await bench.call('GET', '/v1/sales/nobody'), 404, 'PJ_UNKNOWN_SALE');
  });

  test('can be printed again, also over a power cut', async () => {
    const bench = await ApiBench.open({ flash });
    bench.clock.advance(5_000);
    expect((await bench.call('POST', `/v1/sales/${OLDEST}/reprint`)).status).toBe(202);
    bench.clock.advance(20);
    expect(bench.records().at(-1)).toMatchObject({ kind: 'print-intent', saleId: OLDEST, copy: 1 });
    bench.world.powerCut();
    bench.clock.runUntil(() => bench.world.terminal.free);
    bench.clock.advance(20_000);
    expect((await bench.call('GET', `/v1/sales/${OLDEST}/verdict`)).json).toMatchObject({
      payment: 'paid',
      ticket: 'printed',
      tickets: { originals: 1 },
    });
    expect(bench.records().at(-1)).toMatchObject({
      kind: expect.stringMatching(/print-result|delivery/),
      saleId: OLDEST,
    });
  });

  test('does not move in the list, nor push a newer one out', async () => {
    const bench = await ApiBench.open({ flash });
    const before = await listed(bench);
    await bench.call('GET', `/v1/sales/${OLDEST}`);
    await bench.until(() => bench.deliveries(OLDEST).length > 0);
    expect(await listed(bench)).toEqual(before);
    const saleId = await bench.soldAndSettled();
    expect(await listed(bench)).toEqual([...before.slice(1), saleId]);
  });
});
