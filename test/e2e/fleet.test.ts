import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { call } from './api.js';
import { emptyShop, openShop } from './shop.js';
import { until } from './until.js';

const LIGHT = { printer: 'in-process', emulatedPlatform: 'in-process', delays: 'none', lang: 'en' };

/** What a ready file says. */
interface Ready {
  readonly pid: number;
  readonly urls: Readonly<Record<string, string>>;
  readonly caFile?: string;
  readonly terminals: readonly { readonly id: string; readonly data: string }[];
}

const read = (file: string): Ready => JSON.parse(fs.readFileSync(file, 'utf8'));

describe('several terminals in one program', () => {
  test('are ready when the file says so; each sells by itself, and at the end the file is gone', async () => {
    const shop = openShop(LIGHT);
    const file = shop.file('ready.json');
    fs.writeFileSync(file, 'of a run that was killed');
    const program = shop.start(['--terminals', '3', '--ready-file', file], { stdin: 'open' });
    await until(() => fs.existsSync(file) && fs.readFileSync(file, 'utf8').startsWith('{'), 'the file');
    const { pid, urls, terminals } = read(file);
    expect(pid).toBe(program.pid);
    expect(terminals.map(({ id }) => id)).toEqual(['T01', 'T02', 'T03']);
    expect(terminals[1]?.data).toBe(shop.file('terminals', 'T02'));
    expect(await call(urls.api ?? '', 'GET', '/readyz')).toMatchObject({ ready: true });

    const second = await shop.start(['--ready-file', file]).ended;
    expect(second.stderr).toContain('[PJ_STORAGE_LOCKED]');
    expect(read(file).pid).toBe(program.pid);

    const sale = { amount: '12.80', customer: { behaviour: 'pays' }, waitMs: 30_000 };
    const sold = await call(urls.api ?? '', 'POST', '/v1/terminals/T02/sales', sale);
    expect(sold).toMatchObject({ id: expect.stringMatching(/^T02/), payment: 'paid', ticket: 'printed' });
    await program.says(/^T02 \[done\] ¥12\.80 Paid, take the ticket$/m);

    await program.ask('use', /^ {2}T01 T02 T03$/m);
    await program.ask('use T09', /"T09" is not one of T01, T02, T03/);
    program.type('use T02');
    await program.ask('sales', /^ {2}T02\d+ ¥12\.80 paid, ticket printed$/m);
    program.type('use T03');
    await program.ask('sales', /^ {2}none$/m);

    const asked = await shop.run('verdict', 'last', '--data', shop.file('terminals', 'T02'), '--ask', '--json');
    expect(JSON.parse(asked.stdout)).toMatchObject({ payment: 'paid', platform: { agreement: 'agrees' } });

    expect(await program.signal('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
    expect(fs.existsSync(file)).toBe(false);
    const evidence = await shop.run('platform-log', 'last', '--data', shop.file('terminals', 'T02'));
    expect(evidence.stdout).toContain('已收 ¥12.80');
  });

  test('of a list are as it says; what is wrong with it is said with the place', async () => {
    const shop = openShop(LIGHT);
    const list = shop.file('terminals.yaml');
    fs.writeFileSync(list, '- id: BAR1\n  merchant: {name: Bar}\n- id: DOOR\n');
    const program = shop.start(['--terminals', list]);
    const api = await program.api();
    const { terminals } = await call<{ terminals: { id: string; merchant: string }[] }>(api, 'GET', '/v1/terminals');
    expect(terminals.map(({ id, merchant }) => [id, merchant])).toEqual([
      ['BAR1', 'Bar'],
      ['DOOR', '街角咖啡 Corner Cafe'],
    ]);
    await program.signal('SIGTERM');
    fs.writeFileSync(list, '- id: BAR1\n- id: BAR1\n');
    const { code, stderr } = await shop.run('start', '--terminals', list);
    expect([code, stderr]).toEqual([
      2,
      `paperjam: The configuration ${list} is not accepted at 2.id: BAR1 is the number of terminal 1 already. [PJ_CONFIG]\n`,
    ]);
  });

  test('are not for other machines without a token, nor in a protocol that there is not', async () => {
    const shop = openShop(LIGHT);
    expect(await shop.run('start', '--host', '0.0.0.0')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('[PJ_TOKEN_WANTED]'),
    });
    expect(await shop.run('start', '--tills', 'api,sqare')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"sqare" is not one of api, nexo, square, stripe, or none'),
    });
  });
});

describe('what a newcomer gets', () => {
  test('every protocol, with its address, and an authority for the HTTPS of nexo', async () => {
    const shop = emptyShop();
    const file = shop.file('ready.json');
    const program = shop.start(['--ready-file', file]);
    await until(() => fs.existsSync(file), 'the file');
    const { urls, caFile = '' } = read(file);
    for (const [line, url] of [
      ['control  ', urls.api],
      ['nexo     ', urls.nexo],
      ['nexo cloud', urls.nexoCloud],
      ['Square   ', urls.square],
      ['Stripe   ', urls.stripe],
    ]) {
      expect(program.stdout).toContain(`  ${line} ${url}\n`);
    }
    expect(fs.readFileSync(caFile, 'utf8')).toContain('BEGIN CERTIFICATE');
    expect(await program.signal('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
  });
});
