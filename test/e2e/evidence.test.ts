import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { put, type Sale, sell } from './api.js';
import { inProcess } from './in-process.js';
import { Program } from './program.js';
import { emptyShop, openShop, type Shop } from './shop.js';
import { until } from './until.js';

/** A sale whose ticket jammed in its eighth line, and the shop that is closed afterwards unless `open`. */
async function jammed(shop: Shop): Promise<{ api: string; program: Program; sale: Sale }> {
  const program = shop.start();
  const api = await program.api();
  await put(api, { fault: 'printer.paper-jam', when: { line: 8 } });
  const sale = await sell(api);
  expect(sale).toMatchObject({ payment: 'paid', ticket: 'partial' });
  return { api, program, sale };
}

async function evidence(shop: Shop, saleId: string, name: string): Promise<Buffer> {
  const out = shop.file(name);
  const { code, stderr } = await shop.run('evidence', saleId, '--out', out);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return fs.readFileSync(out);
}

describe('paperjam evidence', () => {
  test('gives the same file while the terminal runs, over its API, and when it has been switched off', async () => {
    const shop = openShop();
    const { api, program, sale } = await jammed(shop);
    const running = await evidence(shop, sale.id, 'running.zip');
    const served = await fetch(`${api}/v1/sales/${sale.id}/evidence`);
    expect(Buffer.from(await served.arrayBuffer()).equals(running)).toBe(true);
    await program.signal('SIGTERM');
    const after = await evidence(shop, 'last', 'after.zip');
    expect(after.equals(running)).toBe(true);
    const text = running.toString('latin1');
    expect(text).toContain(`line/${sale.id}-1.pjr`);
    expect(text).toContain('paper/1.png');
    expect(text).not.toContain(shop.records('authorize-intent')[0]?.code);

    const checks = ['--key', shop.file('terminal', 'key.pub.pem'), '--journal', shop.journalFile];
    const checked = await shop.run('evidence', '--verify', shop.file('after.zip'), ...checks);
    expect(checked).toMatchObject({ code: 0, stderr: '' });
    expect(checked.stdout).toMatch(/after\.zip: unchanged, evidence of T01\d+, \d+ files/);
    expect(checked.stdout).toMatch(/signed by [0-9a-f]{64}, the key that was expected/);
    expect(checked.stdout).toMatch(/the chain holds: \d+ records whole/);

    const changed = Buffer.from(after);
    const at = changed.indexOf('"payment": "paid"');
    changed.write('"payment": "void"', at);
    fs.writeFileSync(shop.file('changed.zip'), changed);
    const refused = await shop.run('evidence', '--verify', shop.file('changed.zip'));
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(
      /changed\.zip was changed: verdict\.json is not what was packed.*\[PJ_EVIDENCE_CHANGED\]/,
    );
  });

  test.each([
    [['evidence'], 'the sale is missing', 'PJ_USAGE'],
    [['evidence', 'last'], '--out FILE.zip is missing', 'PJ_USAGE'],
    [['evidence', '--verify', 'no.zip'], 'no.zip', 'PJ_EVIDENCE'],
    [['evidence', '--verify', '/'], 'it is a folder', 'PJ_EVIDENCE'],
    [['evidence', 'last', '--verify', 'x.zip'], '--verify checks a file', 'PJ_USAGE'],
    [['evidence', 'last', '--out', 'x.zip', '--key', 'k.pem'], 'are for --verify', 'PJ_USAGE'],
    [['evidence', 'last', '--out', 'x.zip'], 'journal.jsonl', 'PJ_STORAGE_OPEN'],
    [['platform-log', 'last'], 'journal.jsonl', 'PJ_STORAGE_OPEN'],
    [['ticket', '--verify', 'https://x.example/t/1'], 'key.pem, is not there', 'PJ_TERMINAL_KEY'],
    [['ticket'], 'give a sale or --verify URL', 'PJ_USAGE'],
  ])('%j is refused', async ([command = '', ...args], words, code) => {
    const { code: exit, stdout, stderr } = await inProcess([command, '--data', emptyShop().data, ...args]);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).toContain(`[${code}]`);
  });
});

describe('paperjam platform-log', () => {
  test('tells of each exchange, the lost ones marked, and of the books, also after a restart', async () => {
    const shop = openShop({ timings: { authorizeTimeoutMs: 300, queryIntervalMs: 100 } });
    const program = shop.start();
    const api = await program.api();
    const mend = await put(api, { fault: 'platform.answer-lost' });
    const sale = await sell(api, { wait: false });
    await until(
      () => shop.records('platform-answer', sale.id)[0],
      () => 'no answer has been missed yet',
    );
    await mend();
    await until(
      () => shop.records('payment', sale.id)[0],
      () => 'the payment is not known yet',
    );
    const while_ = await shop.run('platform-log', sale.id, '--lang', 'en');
    await program.kill();
    const again = shop.start();
    await again.api();
    const english = await shop.run('platform-log', sale.id, '--lang', 'en');
    expect(english).toEqual(while_);
    expect(english.stdout).toMatch(/asked to pay ¥12\.80 → .*LOST: the terminal never got this answer/);
    expect(english.stdout).toMatch(/asked what became of it → 10000 Success paid/);
    expect(english.stdout).toMatch(/in the books of the platform: paid, trade \d{28}, kept ¥12\.80/);
    const chinese = await shop.run('platform-log', sale.id);
    expect(chinese.stdout).toContain('答复丢失');
    const { stdout } = await shop.run('platform-log', sale.id, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      saleId: sale.id,
      exchanges: [{ method: 'alipay.trade.pay', fate: 'lose' }, { method: 'alipay.trade.query' }],
      ledger: { state: 'TRADE_SUCCESS', paidFen: 1_280 },
    });
    expect(stdout).not.toContain(shop.records('authorize-intent')[0]?.code);
    await again.signal('SIGTERM');
    fs.appendFileSync(shop.file('platform', 'exchanges.jsonl'), 'not a line of it\n');
    const damaged = await shop.run('platform-log', sale.id, '--lang', 'en');
    expect(damaged.stdout).toBe(english.stdout);
    expect(damaged.stderr).toMatch(/exchanges\.jsonl, is damaged at line 3: .*\[PJ_PLATFORM_LOG\]/);
  });
});

describe('paperjam ticket', () => {
  test('says by the terminal’s key alone whether a digital ticket is genuine', async () => {
    const shop = openShop({ merchant: { name: '街角咖啡', digitalTicketUrl: 'https://corner.example/t/{orderNo}' } });
    const program = shop.start();
    const api = await program.api();
    const { id } = await sell(api);
    const made = await shop.run('ticket', 'last');
    expect(made.stdout).toMatch(new RegExp(`^https://corner\\.example/t/${id}\\.[\\w-]+\\.[\\w-]{86}\n$`));
    const url = made.stdout.trim();
    const page = await fetch(url.replace('https://corner.example', api));
    expect({ status: page.status, text: await page.text() }).toEqual({
      status: 200,
      text: expect.stringContaining('签名有效'),
    });
    await program.signal('SIGTERM');

    const genuine = await shop.run('ticket', '--verify', url, '--key', shop.file('terminal', 'key.pub.pem'));
    expect(genuine).toMatchObject({ code: 0, stderr: '' });
    expect(genuine.stdout).toMatch(/^genuine, signed by [0-9a-f]{64}\n {2}merchant {2}街角咖啡, terminal T01/);
    expect(genuine.stdout).toContain(`order     ${id}`);
    expect(genuine.stdout).toContain('amount    ¥12.80');

    const forged = await shop.run('ticket', '--verify', url.replace(id, id.replace('T01', 'T02')));
    expect(forged).toMatchObject({ code: 1, stdout: '' });
    expect(forged.stderr).toMatch(
      /not a genuine digital ticket: the key [0-9a-f]{16}… did not sign.*\[PJ_TICKET_NOT_GENUINE\]/,
    );
    const bare = await shop.run('ticket', '--verify', `${api}/t/${id}`);
    expect(bare.stderr).toContain('the URL holds no signed ticket');
  });
});

describe('paperjam guide', () => {
  test('writes the guide on standard output, and guide and chart in both languages into a folder', async () => {
    const shop = openShop();
    const { code, stdout } = await new Program(['guide', '--lang', 'en']).ended;
    expect(code).toBe(0);
    expect(stdout).toContain("# The operator's guide");
    expect(stdout).toContain('```mermaid\nflowchart TD');
    const { stdout: written } = await new Program(['guide', '--out', shop.file('guide')]).ended;
    const files = written.trimEnd().split('\n');
    expect(files.map((file) => fs.existsSync(file))).toEqual([true, true, true, true]);
    expect(fs.readdirSync(shop.file('guide')).sort()).toEqual([
      'guide.en.md',
      'guide.en.svg',
      'guide.zh.md',
      'guide.zh.svg',
    ]);
    expect(fs.readFileSync(shop.file('guide', 'guide.en.md'), 'utf8')).toBe(stdout);
  });
});
