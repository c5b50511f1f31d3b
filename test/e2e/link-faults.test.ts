import { afterEach, describe, expect, test } from 'vitest';
import { call, put, reprint, sell } from './api.js';
import { cleanUp, newFolder, PrinterFace } from './printer-face.js';
import { openShop } from './shop.js';

afterEach(cleanUp);

describe('a fault of the line between serialport and a real pseudo-terminal', () => {
  test.each([
    ['link.half-open', 'the answers are lost, and the printer prints what it gets'],
    ['link.stuck-xoff', 'nothing gets to the printer any more, and nothing is lost'],
  ])('%s in mid-ticket (%s): paid, partial; cleared and reprinted: one marked copy', async (fault) => {
    const shop = openShop();
    const api = await shop.start().api();
    const mend = await put(api, { fault });
    const sale = await sell(api);
    expect(sale).toMatchObject({ payment: 'paid', ticket: 'partial' });
    expect(await call(api, 'GET', `/v1/sales/${sale.id}/verdict`)).toMatchObject({
      cause: { id: 'printer.no-answer' },
    });
    await mend();
    expect(await reprint(api, sale.id)).toMatchObject({ payment: 'paid', ticket: 'printed' });
    expect(shop.papers(sale.id)).toEqual(['partial original', 'complete copy']);
    expect(shop.payments()).toEqual([[sale.id, 1_280]]);
  });

  test('link.chopped-writes, byte by byte, and link.delay together: a whole ticket, confirmed', async () => {
    const shop = openShop();
    const api = await shop.start().api();
    await put(api, { fault: 'link.chopped-writes', chunkBytes: 1, pauseMs: 0 });
    await put(api, { fault: 'link.delay', delayMs: 100, jitterMs: 50 });
    const sale = await sell(api);
    expect(sale).toMatchObject({ payment: 'paid', ticket: 'printed' });
    expect(shop.papers(sale.id)).toEqual(['complete original']);
  });

  test("at the terminal's end, where the printer is a real one: the same fault, and what it loses the printer never gets", async () => {
    const printer = new PrinterFace(newFolder(), ['--device', 'epson-tm-m30', '--no-pacing']);
    const shop = openShop();
    const api = await shop.start(['--printer', await printer.serial()]).api();
    const mend = await put(api, { fault: 'link.half-open', direction: 'to-printer' });
    const sale = await sell(api);
    expect(sale).toMatchObject({ payment: 'paid', ticket: 'partial' });
    await mend();
    expect(await reprint(api, sale.id)).toMatchObject({ payment: 'paid', ticket: 'printed' });
    const lines = (await printer.cut(2)).map((paper) => paper.lines.join('\n'));
    expect(lines.map((text) => [text.includes('补打'), text.includes('谢谢惠顾')])).toEqual([
      [false, false],
      [true, true],
    ]);
  });
});
