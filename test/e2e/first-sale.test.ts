import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readCodes } from '../emulator/printer/symbols/read-codes.js';
import { emptyShop, openShop } from './shop.js';

const ONCE = ['--once', '--port', '0'];

describe('the first start', () => {
  test('sells for ¥12.80 over HTTP, prints through a pseudo-terminal, and leaves a picture whose QR code is the order number', async () => {
    const shop = emptyShop();
    const { code, stdout, stderr } = await shop.run('start', ...ONCE);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^ {2}printer {3}epson-tm-m30 at \/dev\/pts\/\d+, always .*\/printer\/tty$/m);
    expect(stdout).toMatch(/^ {2}platform {2}http:\/\/127\.0\.0\.1:\d+\/gateway\.do \(emulated\)$/m);
    expect(stdout).toMatch(/^ready in \d+\.\d\d s$/m);
    expect(stdout).toMatch(/^│ 消费凭证 SALES SLIP +顾客联 CUSTOMER COPY$/m);

    const [sale] = shop.records('sale-opened');
    const saleId = sale?.saleId ?? '';
    expect(shop.records('payment')).toMatchObject([{ saleId, fact: 'paid', by: 'authorize' }]);
    expect(shop.records('print-result')).toMatchObject([{ saleId, result: { outcome: 'printed' } }]);
    expect(shop.payments()).toEqual([[saleId, 1_280]]);
    expect(shop.papers(saleId)).toEqual(['complete original']);

    const picture = /^ {2}picture (\S+)$/m.exec(stdout)?.[1] ?? '';
    const codes = await readCodes(fs.readFileSync(picture));
    expect(codes).toMatchObject([{ format: 'QRCode', text: saleId }]);
  });
});

describe('the second start on the same data', () => {
  test('goes on with the journal, the books and the paper of the first', async () => {
    const shop = openShop();
    await shop.run('start', ...ONCE);
    const before = shop.journal();
    const { code, stdout } = await shop.run('start', ...ONCE, '--lang', 'en');
    expect(code).toBe(0);
    expect(stdout).toContain('Paid, and the ticket is printed.');
    const after = shop.journal();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.length).toBe(2 * before.length);
    expect(shop.records('boot')).toMatchObject([{ found: [] }, { found: [] }]);
    expect(shop.payments()).toHaveLength(2);
    expect(shop.pieces()).toHaveLength(2);

    const verified = await shop.run('journal', '--verify');
    expect(verified.stdout).toContain(`${after.length} records, the chain holds; the last is #${after.length}`);
    const [first, second] = shop.records('sale-opened').map((sale) => sale.saleId);
    const verdict = await shop.run('verdict', 'last', '--json');
    expect(JSON.parse(verdict.stdout)).toMatchObject({ saleId: second, payment: 'paid', ticket: 'printed' });
    const earlier = await shop.run('verdict', first?.slice(-6) ?? '', '--lang', 'en');
    expect(earlier.stdout).toMatch(new RegExp(`^sale ${first} {2}¥12\\.80\n {2}payment {3}paid`));
  });

  test('with --once and no first sale, settles what it finds and ends', async () => {
    const shop = openShop();
    const { code, stdout } = await shop.run('start', ...ONCE, '--no-first-sale');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ready in /m);
    expect(shop.journal().map(({ kind }) => kind)).toEqual(['boot']);
  });
});
