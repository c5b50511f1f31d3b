import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { call } from './api.js';
import { Program } from './program.js';
import { openShop, type Shop } from './shop.js';
import { until } from './until.js';

/** `paperjam start` as a newcomer types it, with the first sale. */
const startWithFirstSale = (shop: Shop, ...args: string[]) =>
  new Program(['start', '--data', shop.data, '--port', '0', ...args]);

describe('told to stop', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s: exit code 0, and nothing is left behind', async (signal) => {
    const shop = openShop();
    const program = shop.start();
    const api = await program.api();
    const tcp = (await program.says(/also tcp:\/\/(\S+)/))[1] ?? '';
    expect(fs.readlinkSync(shop.file('printer', 'tty'))).toMatch(/^\/dev\/pts\/\d+$/);

    expect(await program.signal(signal)).toMatchObject({ code: 0, stderr: '' });
    expect(fs.readdirSync(shop.file('printer'))).toEqual(['paper.jsonl']);
    await expect(fetch(api)).rejects.toThrow();
    await expect(fetch(`http://${tcp}`)).rejects.toThrow();
    expect((await shop.run('start', '--once', '--no-first-sale', '--port', '0')).code).toBe(0);
  });

  test('in the middle of the first sale: at once, and the next start settles it', async () => {
    const shop = openShop();
    const program = startWithFirstSale(shop, '--fault', 'printer.hang:line=5');
    await shop.record('print-intent');
    expect(await program.signal('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
    const again = await shop.run('start', '--once', '--no-first-sale', '--port', '0', '--lang', 'en');
    expect(again.stdout).toContain('it was being printed: printing a marked copy');
    expect(shop.papers(shop.records('payment')[0]?.saleId ?? '').at(-1)).toBe('complete copy');
  });
});

describe('nobody at the terminal (</dev/null)', () => {
  test('it stays up after the first sale until it is told to stop', async () => {
    const shop = openShop();
    const program = startWithFirstSale(shop);
    await program.says(/^ {2}picture \S+\.png$/m);
    expect(await call(await program.api(), 'GET', '/healthz')).toMatchObject({ screen: { state: 'done' } });
    expect((await program.signal('SIGTERM')).code).toBe(0);
  });
});

describe('an output that goes nowhere', () => {
  test('journal | head -1: one record, no complaint', async () => {
    const shop = openShop();
    await shop.run('start', '--once', '--no-first-sale', '--port', '0');
    await shop.run('start', '--once', '--no-first-sale', '--port', '0');
    const code = 'echo "exit code $?" >&2';
    const head = await shop.runIn(`{ "$@"; ${code}; } | head -1`, 'journal');
    expect(head.stdout).toMatch(/^\{"seq":1,.*\}\n$/);
    expect(head.stderr).toBe('exit code 0\n');
    expect((await shop.runIn(`{ "$@"; ${code}; } | true`, 'journal')).stderr).toBe('exit code 0\n');
  });

  test('sale | true: the exit code still says that it was paid and printed', async () => {
    const shop = openShop();
    const { stderr } = await shop.runIn('{ "$@"; echo "exit code $?" >&2; } | true', 'sale', '--amount', '12.80');
    expect(stderr).toBe('exit code 0\n');
    expect(shop.records('print-result')).toMatchObject([{ result: { outcome: 'printed' } }]);
  });

  test('sale > /dev/full: the same, with one complaint', async () => {
    const { code, stderr } = await openShop().runIn('exec "$@" > /dev/full', 'sale', '--amount', '12.80');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^paperjam: standard output cannot be written: ENOSPC.*\n$/);
  });

  test('start, once nobody reads any more: it shuts down as if told to', async () => {
    const shop = openShop();
    const program = shop.start();
    const api = await program.api();
    program.stopReading();
    await call(api, 'POST', '/v1/sales', { amount: '1' }).catch(() => {}); // It may be gone before it has answered.
    expect(await program.ended).toMatchObject({ code: 0, stderr: '' });
    expect(fs.existsSync(shop.file('printer', 'tty'))).toBe(false);
  });
});

describe('a session over standard input, in English', () => {
  test('sells, jams, reprints, unplugs, loses power, and ends with quit', { timeout: 60_000 }, async () => {
    const shop = openShop();
    const program = shop.start(['--lang', 'en'], { stdin: 'open' });
    await program.says(/^ready in /m);

    await program.ask('sale 12.80', /^\[done\] ¥12\.80 Paid, take the ticket$/m);
    await program.ask('verdict', /payment {3}paid .*\n {2}ticket {4}printed\n/);
    await program.ask('sale 1 -', /^\[scanning\] ¥1\.00 Show your payment code$/m);
    await program.ask('28123', /has 5 digits.*\[PJ_CODE\]$/m);
    await program.ask('281234567890123456', /^\[done\]/m);
    await program.ask('281234567890123456', /^no code is asked for now/m);

    await program.ask('jam', /^ {2}f1 printer\.paper-jam/m);
    await program.ask('sale 2', /^\[printFault\] Paid; clear the paper jam, then reprint$/m);
    await program.ask(
      'verdict',
      /partly printed\n {2}cause {5}paper jam \[printer\.paper-jam, (certain|确定), #\d+\]$/m,
    );
    await program.ask('clear', /Printer is back: reprint$/m);
    await program.ask('reprint', /^\[done\]/m);
    const [paper] = await program.ask('paper last', /^│.*-2\.png$/ms);
    expect(paper).toMatch(/补打 COPY 1.*￥2\.00.*谢谢惠顾 THANK YOU\n✂/s);

    await program.ask('unplug', /^ {2}f2 link\.printer-lost, now$/m);
    await program.ask('sale 3', /^\[printFault\] Paid; check printer cable, then reprint$/m);
    await program.ask('plug', /Printer is back: reprint$/m);
    await program.ask('reprint', /^\[done\]/m);

    await program.ask('sale 4 -', /^\[scanning\]/m);
    await program.ask('power-cut', /^ {2}found T01\d+ ¥4\.00: nothing had been sent: not paid$/m);
    await program.says(/^\[boot\] Recovered, see the result: 1 sale\(s\)\n\[idle\] Ready for a sale$/m);

    await program.ask('sale 0', /\[PJ_AMOUNT\]$/m);
    await program.ask('sale 1 rich', /"rich" is not one of pays, confirms, refuses, no-money, never/m);
    await program.ask('reprint nobody', /^There is no sale nobody .*\[PJ_UNKNOWN_SALE\]$/m);
    await program.ask('fault printer.jam', /\[PJ_FAULT_UNKNOWN\]$/m);
    await program.ask('dance', /^there is no command dance; help lists them$/m);
    await program.ask('faults', /^ {2}none$/m);
    const [sales] = await program.ask('sales', /( {2}T01\d+ ¥.*\n){5}/);
    expect(sales.match(/¥.*$/gm)).toEqual([
      '¥12.80 paid, ticket printed',
      '¥1.00 paid, ticket printed',
      '¥2.00 paid, ticket printed',
      '¥3.00 paid, ticket printed',
      '¥4.00 not-paid, ticket none',
    ]);
    program.type('quit');
    expect(await program.ended).toMatchObject({ code: 0, stderr: '' });
    expect(shop.payments().map(([, fen]) => fen)).toEqual([1_280, 100, 200, 300]);
  });
});

describe('中文会话', () => {
  test('收款、卡纸、补打、断电,用中文说明', async () => {
    const shop = openShop();
    const program = shop.start(['--lang', 'zh'], { stdin: 'open' });
    await program.says(/^ready in /m);
    await program.ask('jam', /printer\.paper-jam/);
    await program.ask('sale 12.80', /^\[printFault\] 已支付,卡纸,清除卡纸后补打$/m);
    await program.ask(
      'verdict',
      /支付 {2}已支付 .*\n {2}小票 {2}只打印了一部分\n {2}原因 {2}卡纸 \[printer\.paper-jam, (certain|确定), #\d+\]/,
    );
    await program.ask('clear', /^\[printFault\] 已支付,打印机已恢复,请补打$/m);
    await program.ask('reprint', /^\[done\] ¥12\.80 支付成功,请取小票$/m);
    await program.ask('fault printer.hang:when=now', /printer\.hang, now/);
    await program.ask('sale 1', /^\[printing\]/m);
    await program.ask('power-cut', /found T01\d+ ¥1\.00: 已支付,打印时中断:补打$/m);
    await program.says(/^\[boot\] 已恢复,见结果:核对 1 笔交易$/m);
    await program.ask('clear', /cleared printer\.hang/);
    await until(() => shop.records('print-result').length === 4, 'the ticket after the power cut');
    program.type('quit');
    expect((await program.ended).code).toBe(0);
  });
});
