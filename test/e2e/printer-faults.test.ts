import { describe, expect, test } from 'vitest';
import { call, listen, put, reprint, sell } from './api.js';
import { openShop, type Shop } from './shop.js';
import { until } from './until.js';

/** A paid sale whose printing the fault interrupts. */
async function interrupted(shop: Shop, fault: string) {
  const api = await shop.start().api();
  const mend = await put(api, { fault });
  const sale = await sell(api);
  return { api, sale, mend };
}

describe('a fault in the middle of the ticket', () => {
  test.each([
    ['link.printer-lost', '已支付,检查打印机连接后补打', 'link.printer-lost'],
    ['printer.paper-jam', '已支付,卡纸,清除卡纸后补打', 'printer.paper-jam'],
    ['printer.paper-out', '已支付,缺纸,装纸后补打', 'printer.paper-out'],
  ])(
    '%s: paid, partial; mended and reprinted: one partial original, one complete copy marked 补打',
    async (fault, zh, cause) => {
      const shop = openShop();
      const { api, sale, mend } = await interrupted(shop, fault);
      expect(sale).toMatchObject({ payment: 'paid', ticket: 'partial' });
      expect(await call(api, 'GET', '/healthz')).toMatchObject({ screen: { state: 'printFault', zh } });
      expect(await call(api, 'GET', `/v1/sales/${sale.id}/verdict`)).toMatchObject({
        payment: 'paid',
        ticket: 'partial',
        final: true,
        cause: { id: cause },
      });
      await until(() => shop.papers(sale.id)[0] === 'partial original', 'the printer to print what it had received');

      await mend();
      expect(await reprint(api, sale.id)).toMatchObject({ payment: 'paid', ticket: 'printed' });
      expect(shop.papers(sale.id)).toEqual(['partial original', 'complete copy']);
      expect(shop.payments()).toEqual([[sale.id, 1_280]]);
    },
  );
});

describe('a driver that is told to wait for the paper and to go on after a jam', () => {
  test.each(['printer.paper-out', 'printer.paper-jam'])(
    '%s, mended within its time: one complete original, and no copy',
    async (fault) => {
      const recovery = { 'paper-out': 'wait', 'mechanical-error': 'resume' };
      const shop = openShop({ driver: { recovery, recoveryWaitMs: 60_000 } });
      const api = await shop.start().api();
      await put(api, { fault, for: 1_500 });
      const sale = await sell(api);
      expect(sale).toMatchObject({ payment: 'paid', ticket: 'printed' });
      expect(shop.papers(sale.id)).toEqual(['complete original']);
    },
  );
});

describe('a printer that stops answering', () => {
  test.each([
    ['printer.mute', 'it prints, and answers nothing'],
    ['printer.hang', 'it takes nothing more'],
  ])('%s (%s): the sale settles, the display says what to check, and the next customer can pay', async (fault) => {
    const shop = openShop();
    const api = await shop.start().api();
    const events = await listen(api);
    await put(api, { fault, when: { line: 3 } });
    const sale = await sell(api);
    expect(sale.payment).toBe('paid');
    expect(['partial', 'unknown']).toContain(sale.ticket);
    const { zh, en } = await events.screen(({ state }) => state === 'printFault');
    expect({ zh, en }).toEqual({ zh: '已支付,打印机无应答,检查后补打', en: 'Paid; check the printer, then reprint' });
    expect(await call(api, 'GET', `/v1/sales/${sale.id}/verdict`)).toMatchObject({
      cause: { id: 'printer.no-answer' },
    });
    await events.close();

    const next = await sell(api, { wait: false });
    await until(() => shop.records('payment', next.id)[0]?.fact === 'paid', 'the next customer to pay');
    expect(shop.payments().map(([orderNo]) => orderNo)).toEqual([sale.id, next.id]);
  });
});

describe('a cable that is out before the ticket begins', () => {
  test('paid, not printed; back in: the reprint is still the one original', async () => {
    const shop = openShop();
    const api = await shop.start().api();
    const plugIn = await put(api, { fault: 'link.printer-lost', when: 'now' });
    const sale = await sell(api);
    expect(sale).toMatchObject({ payment: 'paid', ticket: 'not-printed' });
    expect(shop.papers(sale.id)).toEqual([]);
    await plugIn();
    await reprint(api, sale.id);
    expect(shop.papers(sale.id)).toEqual(['complete original']);
  });
});

describe('a printer on the network', () => {
  test('prints for another terminal than its own, whose folder has no paper and no picture then', async () => {
    const [printers, terminals] = [openShop(), openShop()];
    const [, where = ''] = await printers.start().says(/also (tcp:\/\/\S+)/);
    const { code, stdout } = await terminals.run('sale', '--amount', '12.80', '--json', '--printer', where);
    expect(code).toBe(0);
    const { saleId, files } = JSON.parse(stdout);
    expect(files.tickets).toEqual([]);
    expect(printers.papers(saleId)).toEqual(['complete original']);
  });
});

describe('a merchant whose policy is to reprint by itself', () => {
  test('the marked copy comes when the jam is cleared, without anybody asking', async () => {
    const shop = openShop({ policy: { reprint: 'when-ready' } });
    const { sale, mend } = await interrupted(shop, 'printer.paper-jam');
    await mend();
    await until(() => shop.papers(sale.id)[1] === 'complete copy', 'the marked copy');
    expect(shop.papers(sale.id)).toEqual(['partial original', 'complete copy']);
  });
});
