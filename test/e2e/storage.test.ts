import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FileStorage } from '../../src/ground/file-storage.js';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { Journal } from '../../src/terminal/journal/journal.js';
import { call, sell } from './api.js';
import { openShop, type Shop } from './shop.js';

/** A shop that has sold once. */
async function soldOnce(): Promise<Shop> {
  const shop = openShop();
  expect((await shop.run('sale', '--amount', '12.80')).code).toBe(0);
  return shop;
}

describe('a journal whose last record was torn by a power cut', () => {
  test('is recovered: the start says so, keeps the torn bytes as evidence, and the chain goes on', async () => {
    const shop = await soldOnce();
    const whole = shop.journal();
    fs.appendFileSync(shop.journalFile, '{"seq":7,"at":"2026-01-01T00:00');
    const verified = await shop.run('journal', '--verify');
    expect(verified.stdout).toContain('and 31 bytes of a record under way, or torn by a power cut');

    const { code, stdout } = await shop.run('start', '--once', '--port', '0', '--lang', 'en');
    expect(code).toBe(0);
    expect(stdout).toContain('found a record torn off at the end of the journal (31 bytes, never acknowledged)');
    expect(stdout).toContain('[boot] Recovered, no sale was left open');
    expect(shop.journal().slice(0, whole.length)).toEqual(whole);
    expect(shop.records('boot').at(-1)).toMatchObject({
      seq: whole.length + 1,
      torn: '{"seq":7,"at":"2026-01-01T00:00',
    });
  });
});

describe('a journal in which a record was changed', () => {
  test('is refused, named by its sequence number, by every command; put back, all is well', async () => {
    const shop = await soldOnce();
    const evidence = fs.readFileSync(shop.journalFile, 'utf8');
    fs.writeFileSync(shop.journalFile, evidence.replace('"amountFen":1280', '"amountFen":1180'));
    for (const command of [
      ['start', '--once'],
      ['verdict', 'last'],
      ['journal', '--verify'],
    ] as const) {
      const [name, ...args] = command;
      const { code, stdout, stderr } = await shop.run(name, ...args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/journal\.jsonl was changed at record 2: .*\[PJ_JOURNAL_CHANGED\]\n$/);
    }
    fs.writeFileSync(shop.journalFile, evidence);
    expect((await shop.run('verdict', 'last')).code).toBe(0);
  });
});

describe('a journal in which a bit has rotted', () => {
  test('is read all the same: each command names the record, and the file is left as it is', async () => {
    const shop = await soldOnce();
    const rotten = fs.readFileSync(shop.journalFile);
    const at = rotten.indexOf('"amountFen":1280') + 12;
    rotten[at] = (rotten[at] ?? 0) ^ 2;
    fs.writeFileSync(shop.journalFile, rotten);
    const verified = await shop.run('journal', '--verify');
    expect(verified.code).toBe(0);
    expect(verified.stdout).toContain(`record 2 of the journal has rotted (byte ${at}, bit 1): put right by its hash`);
    expect((await shop.run('verdict', 'last')).stdout).toContain('¥12.80');
    const { code, stdout } = await shop.run('start', '--once', '--port', '0', '--lang', 'en');
    expect(code).toBe(0);
    expect(stdout).toContain(`found record 2 of the journal has rotted (byte ${at}, bit 1)`);
    expect(stdout).toContain('[boot] Records mended in 1 place(s)');
    expect(fs.readFileSync(shop.journalFile).subarray(0, rotten.length)).toEqual(rotten);
    expect(fs.readFileSync(shop.journalFile, 'latin1')).toContain(`"mended":[{"seq":2,"byte":${at},"bit":1}]`);
  });
});

describe('a disk that is full', () => {
  /** No file may grow beyond this: so the system says to a program whose disk is full, and no real disk has to be. */
  const LIMIT_BYTES = 64 * 1_024;
  const LIMITED = `ulimit -f ${LIMIT_BYTES / 512} && exec "$@"`;

  /** A journal with a long past, up to which only so many bytes are left. */
  async function leaveRoom(shop: Shop, bytes: number): Promise<void> {
    const storage = new FileStorage(shop.journalFile);
    const journal = new Journal(storage, new VirtualClock());
    const past = (version: string) => journal.append({ kind: 'boot', version, terminalId: 'T01', found: [] });
    while (storage.length < LIMIT_BYTES - 1_024 - bytes) past('');
    const { length } = storage;
    past('');
    past('x'.repeat(LIMIT_BYTES - bytes - length - 2 * (storage.length - length)));
    await new Promise<void>((synced, failed) => journal.sync((error) => (error ? failed(error) : synced())));
    expect(storage.length).toBe(LIMIT_BYTES - bytes);
    storage.close();
  }

  test('before anything was sent: out of service; display, prompt and API say why; with room again it sells', async () => {
    const shop = openShop();
    await leaveRoom(shop, 700);
    const program = shop.start(['--lang', 'en'], { shell: LIMITED });
    const api = await program.api();
    await expect(sell(api)).rejects.toThrow('PJ_STORAGE_FULL');
    expect((await program.says(/^\[outOfService\].*$/m))[0]).toContain('out of service');
    expect((await program.says(/^There is no room in .*$/m))[0]).toMatch(/journal\.jsonl .* \[PJ_STORAGE_FULL\]$/);
    await expect(call(api, 'GET', '/healthz')).rejects.toThrow(/503 .*outOfService.*There is no room in/);
    await expect(sell(api)).rejects.toThrow('507');
    expect(shop.trades()).toEqual([]);
    expect((await program.signal('SIGTERM')).code).toBe(0);

    expect((await shop.run('journal', '--verify')).stdout).toContain('the chain holds');
    expect((await shop.run('sale', '--amount', '12.80')).code).toBe(0);
    expect(shop.payments()).toHaveLength(1);
  });

  test('between approval and its record: unknown; with room again the restart asks, and the ticket is printed', async () => {
    const shop = openShop();
    await leaveRoom(shop, 1_300);
    const full = await shop.runIn(LIMITED, 'sale', '--amount', '12.80');
    expect(full).toMatchObject({ code: 30, stdout: '' });
    expect(full.stderr).toMatch(/^paperjam: There is no room in .*journal\.jsonl .* \[PJ_STORAGE_FULL\]\n$/);
    expect(shop.payments()).toHaveLength(1);
    expect(shop.records('payment')).toEqual([]);

    const again = await shop.run('start', '--once', '--no-first-sale', '--lang', 'en', '--port', '0');
    expect(again.stdout).toContain('the payment is not known: asking the platform');
    expect(shop.records('payment')).toMatchObject([{ fact: 'paid', by: 'query' }]);
    expect(shop.payments()).toHaveLength(1);
    expect(shop.papers('')).toEqual(['complete original']);
  });
});
