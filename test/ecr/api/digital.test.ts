import { describe, expect, test } from 'vitest';
import { ApiBench, closeBenches, expectProblem } from './bench.js';

closeBenches();

/** A paid sale, and the path of its digital ticket. */
async function paid(): Promise<{ bench: ApiBench; path: string; saleId: string; tradeNo: string }> {
  const bench = await ApiBench.open();
  const saleId = await bench.soldAndSettled();
  const { tradeNo = '', amountFen, subject, paidAtMs = 0 } = bench.world.terminal.page(saleId).facts;
  bench.world.digital.servedAt(`${bench.api.url}/t/{orderNo}`);
  const url = bench.world.digital.urlOf({
    orderNo: saleId,
    amountFen,
    subject,
    merchant: '街角咖啡 <b>',
    terminalId: 'T01',
    tradeNo,
    paidAtMs,
  });
  return { bench, path: new URL(url).pathname, saleId, tradeNo };
}

async function open(bench: ApiBench, path: string) {
  const response = await fetch(`${bench.api.url}${path}`);
  return { status: response.status, type: response.headers.get('content-type'), page: await response.text() };
}

describe('GET /t/…, the page of a digital ticket', () => {
  test('shows what was paid, and that the signature holds, in both languages and without anything from elsewhere', async () => {
    const { bench, path, saleId, tradeNo } = await paid();
    const { status, type, page } = await open(bench, path);
    expect({ status, type }).toEqual({ status: 200, type: 'text/html; charset=utf-8' });
    for (const words of ['¥12.80', saleId, tradeNo, '支付成功', 'Paid', '签名有效', 'The signature holds', 'UTC+8'])
      expect(page).toContain(words);
    expect(page).toContain('街角咖啡 &lt;b');
    expect(page).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
    expect(page).not.toMatch(/(src|href)=|<script|url\(/);
  });

  test('says so when the money has gone back since', async () => {
    const { bench, path, saleId } = await paid();
    const { terminal } = bench.world;
    const page = terminal.page(saleId);
    const find = (id: string) =>
      id === saleId ? { ...page, facts: { ...page.facts, payment: 'reversed' as const } } : undefined;
    Object.defineProperty(terminal, 'find', { value: find });
    expect((await open(bench, path)).page).toContain('已撤销');
  });

  test('with any character changed says that it is not genuine', async () => {
    const { bench, path } = await paid();
    for (let at = '/t/'.length; at < path.length; at++) {
      const other = path[at] === 'A' ? 'B' : 'A';
      const { status, page } = await open(bench, path.slice(0, at) + other + path.slice(at + 1));
      expect([400, 404]).toContain(status);
      expect(page).toContain('不是真实凭证 · Not genuine');
      expect(page).not.toContain('¥');
    }
  });

  test.each(['', 'T0120260101080000976204', 'a.b.c', 'a/b/c', '%3Cb%3E', '..%2f..', `${'a'.repeat(5_000)}`])(
    '%j is not genuine',
    async (token) => {
      const bench = await ApiBench.open();
      const { status, page } = await open(bench, `/t/${token}`);
      expect(status).toBe(400);
      expect(page).toContain('Not genuine');
    },
  );

  test('is there to be read, and for nothing else', async () => {
    const { bench, path } = await paid();
    expectProblem(await bench.call('POST', path), 405, 'PJ_METHOD');
  });
});
