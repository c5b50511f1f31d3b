import fs from 'node:fs';
import { expect, test } from 'vitest';
import { call, put, sell } from './api.js';
import { openShop } from './shop.js';

test('while no terminal runs the books in the data folder are asked; nothing in journal and books changes', async () => {
  const shop = openShop();
  await shop.run('sale', '--amount', '12.80');
  const before = [shop.journal().length, shop.trades()];
  const { code, stdout } = await shop.run('verdict', 'last', '--ask');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}平台 {2}平台说:已支付。与本机记录一致。 \[paid \d{28}, 20\S+Z, \d+ ms\]$/m);
  expect([shop.journal().length, shop.trades()]).toEqual(before);
  const json = JSON.parse((await shop.run('verdict', 'last', '--ask', '--json')).stdout);
  expect(json).toMatchObject({ payment: 'paid', platform: { outcome: 'paid', agreement: 'agrees' } });
});

test('a terminal that runs is asked to ask, since it has the books; one that was killed has left an address that nobody answers at', async () => {
  const shop = openShop();
  const program = shop.start();
  const api = await program.api();
  const { id } = await sell(api);
  expect(fs.readFileSync(shop.file('terminal', 'control.url'), 'utf8')).toBe(`${api}\n`);
  const asked = await shop.run('verdict', id, '--ask', '--lang', 'en');
  expect(asked.stdout).toContain('  platform  The platform says: paid. This terminal’s record agrees. [paid ');
  await program.kill();
  expect(fs.existsSync(shop.file('terminal', 'control.url'))).toBe(true);
  const alone = await shop.run('verdict', id, '--ask', '--lang', 'en');
  expect(alone).toMatchObject({ code: 0, stderr: '' });
  expect(alone.stdout).toContain('This terminal’s record agrees.');
});

test('a terminal that ends in order takes its address back', async () => {
  const shop = openShop();
  const program = shop.start();
  await program.api();
  await program.signal('SIGTERM');
  expect(fs.existsSync(shop.file('terminal', 'control.url'))).toBe(false);
});

test('a sale of which nothing was sent is none of the platform’s', async () => {
  const shop = openShop();
  const program = shop.start();
  const api = await program.api();
  const { id } = await call<{ id: string }>(api, 'POST', '/v1/sales', { amount: '1.00' });
  await call(api, 'POST', `/v1/sales/${id}/cancel`);
  const { stdout } = await shop.run('verdict', id, '--ask');
  expect(stdout).toContain('没有发送过支付请求,平台没有这笔交易,无需查询。 [not-asked, ');
});

test('where there is no platform to ask, it says so', async () => {
  const shop = openShop();
  await shop.run('sale', '--amount', '12.80');
  fs.rmSync(shop.file('platform', 'ledger.jsonl'));
  const { code, stdout, stderr } = await shop.run('verdict', 'last', '--ask');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/there is no platform to ask: \S+ledger\.jsonl does not exist.+\[PJ_NOT_NOW\]/);
});

test('at the prompt: what a person sees, who wants no ticket, what the platform says, and what is out of place', async () => {
  const shop = openShop({ policy: { print: 'prompt' } });
  const program = shop.start(['--lang', 'en'], { stdin: 'open' });
  const api = await program.api();
  program.type('sale 12.80');
  await program.says(/\[askPrint\] ¥12\.80 Paid\. Print a ticket\?/);
  await program.ask('print', /\[done\] ¥12\.80 Paid, take the ticket/);
  await program.ask('seen blank', /\[printFault\] Paid, the ticket is blank: reprint/);
  await program.ask('verdict --ask', /cause {5}the paper lies the wrong way round \[printer\.upside-down, likely: /);
  await program.says(/The platform says: paid\. This terminal’s record agrees\./);
  await program.ask('seen nice', /"nice" is not one of complete, blank, unreadable/);
  await program.ask('seen', /"" is not one of complete, blank, unreadable/);
  await program.ask('print', /the display asks about no ticket, the terminal is at printFault/);
  await program.ask('leave', /it needs a reason/);
  await program.ask('leave no paper left', /\[idle\]/);
  program.type('sale 1.00');
  await program.says(/\[askPrint\] ¥1\.00/);
  await program.ask('decline', /\[noTicket\] ¥1\.00 Paid, no ticket wanted/);
  await program.ask('digital', /There is no digital ticket to offer|\[digital\]/);
  await program.ask('self-test', /\[selfTest\] Printing a test page/);
  await call(api, 'GET', '/healthz');
  expect(shop.records('ticket-left')).toMatchObject([{ why: 'skipped', reason: 'no paper left' }]);
});

test('the money goes back over real wires too', async () => {
  const shop = openShop({ policy: { unprinted: 'void-if-unprinted', voidAfterMs: 300 } });
  const program = shop.start();
  const api = await program.api();
  await put(api, { fault: 'printer.paper-jam' });
  const sale = await sell(api);
  expect(sale).toMatchObject({ payment: 'reversed' });
  expect(shop.payments()).toEqual([]);
});
